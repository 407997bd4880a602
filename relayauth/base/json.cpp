#include "relayauth/base/json.hpp"

#include "relayauth/base/printable.hpp"

#include <cstdio>

namespace relayauth {

std::string json_text(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const auto each = first_character(text);
        if (!each.well_formed) {
            out += "\xEF\xBF\xBD";
        } else if (is_unsafe(each.value)) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(each.value));
            out += escape;
        } else {
            if (each.value == U'"' || each.value == U'\\') out += '\\';
            out += text.substr(0, each.size);
        }
        text.remove_prefix(each.size);
    }
    return out + '"';
}

std::string json_array(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const auto& value : values) {
        if (out.size() > 1) out += ',';
        out += value;
    }
    return out + "]";
}

json_object& json_object::add_raw(std::string_view key, std::string_view json) {
    if (!members_.empty()) members_ += separator_;
    members_.append(json_text(key)).append(":").append(json);
    return *this;
}

json_object& json_object::add(std::string_view key, std::string_view text) {
    return add_raw(key, json_text(text));
}

json_object& json_object::add(std::string_view key, const char* text) {
    return add_raw(key, json_text(text));
}

json_object& json_object::add(std::string_view key, std::int64_t number) {
    return add_raw(key, std::to_string(number));
}

json_object& json_object::add(std::string_view key, std::uint64_t number) {
    return add_raw(key, std::to_string(number));
}

json_object& json_object::add(std::string_view key, bool value) {
    return add_raw(key, value ? "true" : "false");
}

}  // namespace relayauth
