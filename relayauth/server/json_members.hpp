#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::server {

// json_members reads the members of a JSON object that nobody has checked yet: what is missing, of
// another kind or out of bounds is nothing. Nothing throws but for want of memory.
class json_members {
public:
    // Nothing if `text` is no JSON object, or is nested deeper than eight levels.
    static std::optional<json_members> parse(std::string_view text);

    bool has(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    std::optional<std::int64_t> whole(std::string_view key, std::int64_t least,
                                      std::int64_t most) const;
    std::optional<bool> flag(std::string_view key) const;
    // The objects in an array; nothing if it is none, or holds anything else, or over `most`.
    std::optional<std::vector<json_members>> objects(std::string_view key, std::size_t most) const;

private:
    explicit json_members(boost::json::object members) : members_(std::move(members)) {}
    boost::json::object members_;
};

}  // namespace relayauth::server
