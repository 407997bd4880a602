#include "relayauth/load/html_text.hpp"

#include "relayauth/load/figures.hpp"

namespace relayauth::load {

std::string html(std::string_view text) {
    std::string out;
    for (const char each : safe_text(text)) {
        switch (each) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += each;
        }
    }
    return out;
}

std::string html_duration(std::chrono::nanoseconds value) {
    auto text = duration_figure(value);
    const auto space = text.rfind(' ');
    if (text.ends_with(" us")) text.replace(space + 1, 1, "\xC2\xB5");
    return text.replace(space, 1, "&nbsp;");
}

}  // namespace relayauth::load
