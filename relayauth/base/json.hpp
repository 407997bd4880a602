#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth {

// A writer of JSON (RFC 8259) for the --json of all subcommands and for result files; what it
// writes is ASCII where text could disturb a terminal. Pure; safe from any thread.

// json_text is `text` as a JSON string. What is no UTF-8 becomes U+FFFD; what a terminal might obey
// is written as \u escapes.
std::string json_text(std::string_view text);

// json_array puts finished JSON values into an array.
std::string json_array(const std::vector<std::string>& values);

// json_object collects members and keeps their order. A key that is given twice is written twice.
class json_object {
public:
    json_object() = default;
    // `separator` is what stands between two members: a comma, and white space to one's liking.
    explicit json_object(std::string_view separator) : separator_(separator) {}

    json_object& add(std::string_view key, std::string_view text);
    json_object& add(std::string_view key, const char* text);  // else it would become a bool
    json_object& add(std::string_view key, std::int64_t number);
    json_object& add(std::string_view key, std::uint64_t number);
    json_object& add(std::string_view key, bool value);
    // `json` is a finished JSON value.
    json_object& add_raw(std::string_view key, std::string_view json);

    std::string text() const { return "{" + members_ + "}"; }

private:
    std::string separator_ = ",";
    std::string members_;
};

}  // namespace relayauth
