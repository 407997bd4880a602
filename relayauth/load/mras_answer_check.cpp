#include "relayauth/load/mras_answer_check.hpp"

#include "relayauth/load/ids.hpp"
#include "relayauth/mras/response.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace relayauth::load {
namespace {

body_check not_good(outcome how, std::string_view what) {
    body_check found;
    found.what = how;
    found.why = what;
    return found;
}

body_check wrong(std::string_view what) {
    return not_good(outcome::wrong, what);
}

body_check good(std::string_view username, std::string_view password, std::uint32_t minutes) {
    body_check found;
    found.username = username;
    found.password = password;
    found.duration_minutes = minutes;
    return found;
}

// between gives what stands after `before` up to `end`, from `from` on, and moves `from` behind it.
std::optional<std::string_view> between(std::string_view text, std::size_t& from,
                                        std::string_view before, char end) {
    const auto found = text.find(before, from);
    if (found == std::string_view::npos) return std::nullopt;
    const auto begin = found + before.size();
    const auto stop = text.find(end, begin);
    if (stop == std::string_view::npos) return std::nullopt;
    from = stop;
    return text.substr(begin, stop - begin);
}

bool is_plain(std::string_view text) {
    return !text.empty() && text.find('&') == std::string_view::npos;
}

// quick_check takes the answer that nearly all are, in the order in which servers write it; nothing
// for any other, which is then read by the parser. It keeps the generator's cost below the
// server's.
std::optional<body_check> quick_check(std::string_view body, std::string_view id) {
    std::size_t at = 0;
    if (between(body, at, " requestID=\"", '"') != id) return std::nullopt;
    if (between(body, at, " reasonPhrase=\"", '"') != "OK") return std::nullopt;
    if (between(body, at, "<credentialsResponse credentialsRequestID=\"", '"') != id)
        return std::nullopt;
    const auto username = between(body, at, "<credentials><username>", '<');
    const auto password = between(body, at, "</username><password>", '<');
    if (!username || !password || !is_plain(*username) || !is_plain(*password)) return std::nullopt;
    const auto duration = between(body, at, "</password><duration>", '<');
    if (!duration || body.find("<credentialsResponse", at) != std::string_view::npos)
        return std::nullopt;
    if (!body.ends_with("</credentialsResponse></response>")) return std::nullopt;
    std::uint32_t minutes = 0;
    std::from_chars(duration->data(), duration->data() + duration->size(), minutes);
    return good(*username, *password, minutes);
}

// Whether another request of ours has this id: then two answers were mixed up.
body_check wrong_id(std::string_view id, std::string_view what, std::uint64_t sent) {
    const auto other = read_decimal(id, index_decimal_digits);
    if (other && *other < sent) return not_good(outcome::swapped, what);
    return wrong(what);
}

body_check thorough_check(std::string_view body, std::string_view id, std::uint64_t sent) {
    const auto read = mras::parse_response(body);
    if (!read) return wrong("body");
    const auto reason = mras::parse_reason_phrase(read->reason);
    if (!reason) return wrong("reasonPhrase");
    const bool ok = *reason == mras::reason_phrase::ok;
    // A malformed question's answer has none (MS-AVEDGEA 2.2.2.2).
    if (read->request_id != id && (ok || !read->request_id.empty()))
        return wrong_id(read->request_id, "requestID", sent);
    if (!ok) return not_good(outcome::refused, mras::to_text(*reason));
    if (read->credentials.size() != 1) return wrong("credentialsResponse");
    const auto& only = read->credentials.front();
    if (only.id != id) return wrong_id(only.id, "credentialsRequestID", sent);
    if (only.username.empty()) return wrong("username");
    if (only.password.empty()) return wrong("password");
    // Where they stand in the body: base64 text is written as it is. What is escaped cannot be
    // shown as a view; no credential is.
    const auto username = body.find(only.username), password = body.find(only.password);
    if (username == std::string_view::npos) return wrong("username");
    if (password == std::string_view::npos) return wrong("password");
    return good(body.substr(username, only.username.size()),
                body.substr(password, only.password.size()), only.duration_minutes);
}

}  // namespace

body_check check_mras_body(std::string_view body, std::uint64_t index, std::uint64_t sent) {
    std::array<char, index_decimal_digits> digits;
    put_decimal(digits.data(), index, digits.size());
    const std::string_view id(digits.data(), digits.size());
    if (const auto quick = quick_check(body, id)) return *quick;
    return thorough_check(body, id, sent);
}

}  // namespace relayauth::load
