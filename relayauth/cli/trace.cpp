#include "relayauth/cli/trace.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"

namespace relayauth::cli {
namespace {

constexpr std::string_view asterisks = "********";
constexpr std::string_view name_end = " \t\r\n/>";

// is_password_tag looks at what follows a `<` or `</`.
bool is_password_tag(std::string_view rest) {
    auto name = rest.substr(0, rest.find_first_of(name_end));
    if (const auto colon = name.rfind(':'); colon != std::string_view::npos) {
        name.remove_prefix(colon + 1);
    }
    return name == "password";
}

// after_tag is where the content behind the tag that begins at `at` starts, npos if the tag has
// no end; a `>` inside quotes does not end it.
std::size_t after_tag(std::string_view text, std::size_t at) {
    char quote = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

std::size_t end_tag(std::string_view text, std::size_t from) {
    for (auto at = text.find("</", from); at != std::string_view::npos;
         at = text.find("</", at + 1)) {
        if (is_password_tag(text.substr(at + 2))) return at;
    }
    return text.size();
}

// A NUL is in no XML of ours, but in every second octet of UTF-16, which mask_passwords cannot see
// through.
std::string message_text(std::string_view message) {
    const auto head = message.substr(0, message.find('\0'));
    auto text = printable_lines(mask_passwords(head));
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    if (head.size() < message.size()) {
        text +=
            "(and " + std::to_string(message.size() - head.size()) + " octets that are no text)\n";
    }
    return text;
}

}  // namespace

std::string mask_passwords(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        if (!is_password_tag(text.substr(at + 1))) continue;
        const auto begin = after_tag(text, at);
        if (begin == std::string_view::npos) {
            return out.append(text.substr(done, at - done)).append(asterisks);
        }
        if (begin >= 2 && text[begin - 2] == '/') continue;  // an empty element
        const auto end = end_tag(text, begin);
        out.append(text.substr(done, begin - done)).append(asterisks);
        done = end;
        if (end == text.size()) break;
        at = end;
    }
    return out.append(text.substr(done));
}

std::string trace_text(const client::exchange& happened, std::string_view server) {
    std::string out = "---- sent to " + std::string(server);
    out += " at " + utc_text(happened.sent_at) + " by this machine's clock\n";
    out += message_text(happened.sent);
    if (happened.received.empty()) return out + "---- nothing was received\n";
    out += "---- received at " + utc_text(happened.received_at) + " by this machine's clock\n";
    out += message_text(happened.received);
    return out + "---- (passwords are shown as " + std::string(asterisks) +
           " here; Content-Length counts the real message)\n";
}

}  // namespace relayauth::cli
