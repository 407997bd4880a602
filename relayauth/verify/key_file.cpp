#include "relayauth/verify/key_file.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <algorithm>

namespace relayauth::verify {
namespace {

constexpr std::string_view notice =
    "# Whoever holds this file can also mint credentials: guard it like the private key.\n";
constexpr std::string_view magic = "relayauth-verify-key ";
constexpr std::string_view version = "1";
constexpr std::string_view checksum_word = "checksum ";
constexpr std::size_t checksum_digits = 16;
constexpr std::size_t checksum_line = checksum_word.size() + checksum_digits + 1;

constexpr std::size_t realm_secret_size = 64;
// HMAC-SHA1 hashes what is longer than its block down to 20 octets; ours have 32, OfficeSIP's 20.
constexpr std::size_t shortest_key = 16, longest_key = 64;
constexpr std::size_t longest_key_id = 64;
// The last moment that utc_text can write, and so the end of a key that serves forever.
constexpr wall_time end_of_time_text = wall_time::from_unix(std::chrono::seconds(253'402'300'799));

std::string checksum_of(std::string_view text) {
    return to_hex(bytes_view(crypto::sha256(as_bytes(text))).first(checksum_digits / 2));
}

bool is_lower_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_key_id(std::string_view id) {
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_';
    };
    return !id.empty() && id.size() <= longest_key_id && std::all_of(id.begin(), id.end(), fits);
}

bool names_twice(const std::vector<keyring::realm_secret>& secrets, std::string_view realm) {
    return std::count_if(secrets.begin(), secrets.end(),
                         [realm](const auto& each) { return each.realm == realm; }) > 1;
}

// take_word gives what stands before the first space and leaves what follows it.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

// secret_text grows without leaving a copy behind.
class secret_text {
public:
    void add(bytes_view octets) {
        if (buffer_.size() - size_ < octets.size()) {
            secret larger(2 * (size_ + octets.size()));
            std::copy_n(buffer_.reveal().begin(), size_, larger.reveal_for_writing().begin());
            buffer_ = std::move(larger);
        }
        std::copy(octets.begin(), octets.end(),
                  buffer_.reveal_for_writing().subspan(size_).begin());
        size_ += octets.size();
    }
    void add(std::string_view text) { add(as_bytes(text)); }
    void add_hex(const secret& key) {
        for (const auto octet : key.reveal()) {
            const auto digit = [](int value) { return "0123456789abcdef"[value]; };
            const char both[] = {digit(octet >> 4), digit(octet & 15)};
            add(std::string_view(both, 2));
        }
    }
    bytes_view octets() const { return buffer_.reveal().first(size_); }

private:
    secret buffer_;
    std::size_t size_ = 0;
};

bool fits_a_key(const secret& key) {
    return key.size() >= shortest_key && key.size() <= longest_key;
}

std::optional<errc> problem_of(const file_key& key) {
    if (!is_key_id(key.id)) return errc::key_id;
    for (const auto* each :
         {&key.secrets.username_tag, &key.secrets.password, &key.secrets.client_id}) {
        if (!fits_a_key(*each)) return errc::key_octets;
    }
    for (const auto& each : key.secrets.turn_rest) {
        const auto text = as_text(each.text.reveal());
        if (text.size() != realm_secret_size || !is_lower_hex(text)) return errc::realm_secret;
        if (const auto wrong = realm_problem(each.realm)) return wrong;
        if (names_twice(key.secrets.turn_rest, each.realm)) return errc::realm_twice;
    }
    return std::nullopt;
}

void add_key(secret_text& out, const file_key& key) {
    out.add("key " + key.id + " ");
    out.add(key.mints
                ? "mints"
                : "verifies-until " + utc_text(std::min(key.verifies_until, end_of_time_text)));
    out.add("\nusername-tag ");
    out.add_hex(key.secrets.username_tag);
    out.add("\npassword ");
    out.add_hex(key.secrets.password);
    out.add("\nclient-id ");
    out.add_hex(key.secrets.client_id);
    for (const auto& each : key.secrets.turn_rest) {
        out.add("\nturn-rest ");
        out.add(each.text.reveal());
        out.add(" " + each.realm);
    }
    out.add("\n");
}

// body_of checks what holds the file together and gives the lines between its second and its last.
result<std::string_view, failure> body_of(std::string_view file) {
    if (file.empty()) return failure{errc::empty};
    if (file.size() > max_key_file_bytes) return failure{errc::too_large};
    const auto start = std::string(notice) + std::string(magic);
    if (start.starts_with(file)) return failure{errc::cut};
    const auto second = file.find('\n') + 1;
    if (!file.starts_with('#') || second == 0) return failure{errc::not_a_key_file, 1};
    if (!file.substr(second).starts_with(magic)) return failure{errc::not_a_key_file, 2};
    const auto number = file.substr(second + magic.size());
    const auto end = number.find('\n');
    if (end == std::string_view::npos) return failure{errc::cut};
    // Before the checksum: a later version may have another.
    if (number.substr(0, end) != version) return failure{errc::another_version, 2};

    const auto body = number.substr(end + 1);
    if (body.size() < checksum_line) return failure{errc::cut};
    const auto last = body.substr(body.size() - checksum_line);
    // The line before it, here or above, has its end.
    const bool whole_line = file[file.size() - checksum_line - 1] == '\n';
    if (!whole_line || !last.starts_with(checksum_word) || !last.ends_with('\n')) {
        return failure{errc::cut};
    }
    const auto said = last.substr(checksum_word.size(), checksum_digits);
    if (said != checksum_of(file.substr(0, file.size() - checksum_line))) {
        return failure{errc::damaged};
    }
    return body.substr(0, body.size() - checksum_line);
}

// body_reader takes the body line by line; line() is the one that a failure is about.
class body_reader {
public:
    explicit body_reader(std::string_view body) : rest_(body) {}

    bool at_end() const { return rest_.empty(); }
    std::size_t line() const { return line_; }

    // The rest of the next line if it begins with `word` and a space; else nothing is taken.
    std::optional<std::string_view> take(std::string_view word) {
        const auto text = rest_.substr(0, rest_.find('\n'));
        if (!text.starts_with(word) || text.substr(word.size()).substr(0, 1) != " ") {
            return std::nullopt;
        }
        rest_.remove_prefix(text.size() + 1);  // body_of saw to its last line's end
        ++line_;
        return text.substr(word.size() + 1);
    }

    failure fail(errc why) const { return {why, line_}; }
    failure unexpected() const { return {errc::unexpected_line, line_ + 1}; }

private:
    std::string_view rest_;
    std::size_t line_ = 2;
};

std::optional<errc> read_stage(std::string_view text, file_key& into) {
    if (text == "mints") return std::nullopt;
    into.mints = false;
    const auto word = take_word(text);
    const auto until = parse_utc(text);
    // One moment has one spelling, as the checksum has.
    if (word != "verifies-until" || !until || utc_text(*until) != text) return errc::key_stage;
    into.verifies_until = *until;
    return std::nullopt;
}

std::optional<errc> read_octets(std::string_view digits, secret& into) {
    if (!is_lower_hex(digits)) return errc::key_octets;
    auto octets = from_hex(digits);
    if (!octets) return errc::key_octets;
    into = secret(bytes_view(*octets));
    wipe(*octets);
    if (!fits_a_key(into)) return errc::key_octets;
    return std::nullopt;
}

std::optional<errc> read_realm(std::string_view text, std::vector<keyring::realm_secret>& into) {
    const auto digits = take_word(text);
    if (digits.size() != realm_secret_size || !is_lower_hex(digits)) return errc::realm_secret;
    if (const auto wrong = realm_problem(text)) return wrong;
    into.push_back({std::string(text), secret(as_bytes(digits))});
    if (names_twice(into, text)) return errc::realm_twice;
    return std::nullopt;
}

std::optional<failure> read_key(body_reader& lines, file_key& into) {
    auto head = lines.take("key");
    if (!head) return lines.unexpected();
    into.id = take_word(*head);
    if (!is_key_id(into.id)) return lines.fail(errc::key_id);
    if (const auto wrong = read_stage(*head, into)) return lines.fail(*wrong);

    const std::pair<std::string_view, secret*> keys[] = {
        {"username-tag", &into.secrets.username_tag},
        {"password", &into.secrets.password},
        {"client-id", &into.secrets.client_id}};
    for (const auto& each : keys) {
        const auto digits = lines.take(each.first);
        if (!digits) return lines.unexpected();
        if (const auto wrong = read_octets(*digits, *each.second)) return lines.fail(*wrong);
    }
    while (const auto realm = lines.take("turn-rest")) {
        if (const auto wrong = read_realm(*realm, into.secrets.turn_rest)) {
            return lines.fail(*wrong);
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<errc> realm_problem(std::string_view realm) {
    if (!is_utf8(realm)) return errc::realm_not_utf8;
    if (realm.empty() || has_control_character(realm)) return errc::realm;
    return std::nullopt;
}

result<secret, failure> write_key_file(std::span<const file_key> newest_first) {
    if (newest_first.empty()) return failure{errc::no_key};
    secret_text out;
    out.add(std::string(notice) + std::string(magic) + std::string(version) + "\n");
    for (const auto& each : newest_first) {
        if (const auto wrong = problem_of(each)) return failure{*wrong};
        add_key(out, each);
    }
    out.add(std::string(checksum_word) + checksum_of(as_text(out.octets())) + "\n");
    if (out.octets().size() > max_key_file_bytes) return failure{errc::too_large};
    return secret(out.octets());
}

result<std::vector<keyring::entry>, failure> read_key_file(bytes_view file) {
    const auto body = body_of(as_text(file));
    if (!body) return body.error();
    if (body->empty()) return failure{errc::no_key};
    std::vector<keyring::entry> entries;
    for (body_reader lines(*body); !lines.at_end();) {
        file_key key;
        if (const auto wrong = read_key(lines, key)) return *wrong;
        entries.push_back(
            {keyring::signing_key(key.id, key.secrets), key.mints, key.verifies_until});
    }
    return entries;
}

}  // namespace relayauth::verify
