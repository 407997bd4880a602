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

// skip moves `rest` behind `piece`; false if it does not begin with that.
bool skip(std::string_view& rest, std::string_view piece) {
    if (!rest.starts_with(piece)) return false;
    rest.remove_prefix(piece.size());
    return true;
}

// take_text gives what stands up to the next tag and moves `rest` there; nothing if that needs a
// parser's eyes.
std::string_view take_text(std::string_view& rest) {
    const auto text = rest.substr(0, rest.find('<'));
    rest.remove_prefix(text.size());
    return text.find('&') == std::string_view::npos ? text : std::string_view();
}

constexpr std::string_view before_id = "<?xml version=\"1.0\"?><response requestID=\"";
constexpr std::string_view before_second_id =
    " reasonPhrase=\"OK\" xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\">"
    "<credentialsResponse credentialsRequestID=\"";

// quick_check takes the answer that nearly all are, octet for octet as our server writes it up to
// the duration; nothing for any other, which is then read by the parser. It keeps the generator's
// cost below the server's.
std::optional<body_check> quick_check(std::string_view body, std::string_view id) {
    auto rest = body;
    if (!skip(rest, before_id) || !skip(rest, id)) return std::nullopt;
    const auto more = rest.find('<');  // in no attribute, so this is the end of the root's
    if (more == std::string_view::npos) return std::nullopt;
    const auto attributes = rest.substr(0, more);
    const auto last = before_second_id.substr(0, before_second_id.find('<'));
    if (!attributes.starts_with('"') || !attributes.ends_with(last)) return std::nullopt;
    rest.remove_prefix(more - last.size());
    if (!skip(rest, before_second_id) || !skip(rest, id)) return std::nullopt;
    if (!skip(rest, "\"><credentials><username>")) return std::nullopt;
    const auto username = take_text(rest);
    if (username.empty() || !skip(rest, "</username><password>")) return std::nullopt;
    const auto password = take_text(rest);
    if (password.empty() || !skip(rest, "</password><duration>")) return std::nullopt;
    const auto duration = take_text(rest);
    std::uint32_t minutes = 0;
    const auto end = duration.data() + duration.size();
    const auto read = std::from_chars(duration.data(), end, minutes);
    if (read.ec != std::errc() || read.ptr != end || !skip(rest, "</duration>"))
        return std::nullopt;
    if (rest.find("<credentialsResponse") != std::string_view::npos) return std::nullopt;
    if (!rest.ends_with("</credentialsResponse></response>")) return std::nullopt;
    return good(username, password, minutes);
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
    // Views of where they stand in the body. What is escaped there cannot be shown.
    const auto username = body.find(only.username), password = body.find(only.password);
    const bool plain = username != std::string_view::npos && password != std::string_view::npos;
    if (!plain) return good({}, {}, only.duration_minutes);
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
