// Any octets as a username, and what follows the last line feed as its password: explain never
// crashes, and what it says is what validate() says; a good credential that was disguised is mended
// to what it was, and no whole token is called a part of one.

#include "relayauth/credential/explain.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/validate.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace relayauth;
using namespace relayauth::credential;

constexpr std::size_t longest_input = 2 * max_explained_octets;
constexpr wall_time in_2030{135'380'270'450'000'000};

void require(bool condition) {
    if (!condition) std::abort();
}

secret typed(std::string_view text) {
    return secret(as_bytes(text));
}

// Fixed and not drawn, so that a finding can be replayed.
const keyring::ring& own_ring() {
    static const keyring::ring ring = [] {
        keyring::key_secrets secrets{typed("a tag key of no meaning"), typed("a password key"),
                                     typed("an id")};
        secrets.turn_rest.push_back({"r", typed("a secret")});
        std::vector<keyring::entry> entries;
        entries.push_back({keyring::signing_key("fuzz", secrets)});
        return keyring::ring(std::move(entries));
    }();
    return ring;
}

// No statement about a text may say otherwise than validate().
void require_true(const explain_request& asked, const reading& read) {
    require(read.said.is_credential() == (read.said.claimed || read.said.rest_name));
    require(read.said.is_credential() == read.said.window.has_value());
    require(!read.verdict.words.empty());
    const auto refused = [&](wall_time at) {
        return validate({asked.username, asked.password, {}, {}}, *asked.keys, {}, at).refused;
    };
    if (!read.said.is_credential()) {
        require(read.verdict.refused == refusal::malformed ||
                read.verdict.refused == refusal::unsupported_version);
        require(!read.has_acceptance() && !read.signer);
        return require(refused(read.verdict.at).has_value());
    }
    if (read.checked) require(read.verdict.refused == refused(read.verdict.at));
    if (!read.checked || !read.has_acceptance()) return;
    require(read.signer.has_value());
    require(!refused(*read.opens_at) && !refused(*read.closes_at - ticks{1}));
    require(refused(*read.closes_at) == refusal::expired || *read.closes_at == wall_time::max());
}

explanation explain_truly(std::string_view username, std::optional<std::string_view> password,
                          wall_time at) {
    explain_request asked{username, password};
    asked.keys = &own_ring();
    auto told = explain(asked, at, in_2030);
    require_true(asked, told.as_given);
    for (const auto& each : told.mistakes) require(!each.name.empty() && !each.words.empty());
    // What is said of a password is that another text is the username's own.
    const bool of_password =
        std::any_of(told.mistakes.begin(), told.mistakes.end(),
                    [](const mistake& each) { return each.name.starts_with("password_"); });
    const auto& last = told.mended ? told.mended->read : told.as_given;
    require(!of_password || (password && last.password_fits == false));
    if (!told.mended) return told;
    require(!told.mistakes.empty() && told.mended->read.said.is_credential());
    if (asked.password == told.mended->username) asked.password = username;  // they were exchanged
    asked.username = told.mended->username;
    require_true(asked, told.mended->read);
    return told;
}

bool is_part(const mistake& each) {
    return each.name == "cut_short" || each.name == "lost_beginning" || each.name == "lost_inside";
}

// All of its octets are here, whatever flags those are.
void try_whole(std::vector<std::uint8_t> octets, bytes_view flags, wall_time at) {
    std::copy(flags.begin(), flags.end(), octets.begin() + token::flags_offset);
    const auto whole = encode_base64(octets);
    for (const auto& text : {whole, whole.substr(0, whole.size() - 1), to_hex(octets)}) {
        const auto told = explain_truly(text, std::nullopt, at);
        require(std::none_of(told.mistakes.begin(), told.mistakes.end(), is_part));
    }
}

// A blob of the input's octets, signed by our own key, whatever it says.
void try_disguised(bytes_view input, wall_time at) {
    if (input.size() < token::max_blob_size) return;
    std::vector<std::uint8_t> octets(input.begin(), input.begin() + token::max_blob_size);
    octets[0] = 2;
    octets[1] = 0;
    store_be16(&octets[token::size_offset], token::v2_blob_size);
    octets[token::flags_offset] = 0;
    const auto tag = own_ring().entries().front().key.username_tag.sign(octets);
    octets.insert(octets.end(), tag.begin(), tag.end());
    const auto whole = encode_base64(octets);
    const auto good = explain_truly(whole, std::nullopt, at);
    require(good.as_given.signer && !good.mended);
    const auto place = input.back() % whole.size();
    for (const auto& text : {to_hex(octets), whole + "\r\n", "'" + whole + "'",
                             whole.substr(0, place) + " " + whole.substr(place)}) {
        const auto told = explain_truly(text, std::nullopt, at);
        require(told.mended && told.mended->username == whole);
        require(told.mended->read == good.as_given);
    }
    auto as_form = whole;
    std::replace(as_form.begin(), as_form.end(), '+', ' ');
    const auto told = explain_truly(as_form, std::nullopt, at);
    require(as_form == whole || (told.mended && told.mended->username == whole));
    try_whole(octets, input.first(4), at);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = bytes_view(data, size).first(std::min(size, longest_input));
    wall_time at = in_2030;
    if (input.size() >= 8 && input.size() % 2 == 1) {
        at = wall_time(std::uint64_t{load_be32(input.data())} << 32 | load_be32(&input[4]));
    }
    const auto text = as_text(input);
    explain_truly(text, std::nullopt, at);
    if (const auto end = text.rfind('\n'); end != std::string_view::npos) {
        explain_truly(text.substr(0, end), text.substr(end + 1), at);
    }
    try_disguised(input, at);
    return 0;
}
