#include "relayauth/resp/framer.hpp"

#include "relayauth/resp/inline_words.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace relayauth::resp {
namespace {

// The longest number that 64 bits hold, its sign, and CRLF.
constexpr std::size_t max_number_line = 20 + 2;

// found is what one look at the front of a command saw.
struct found {
    bool complete;
    std::size_t size;  // octets of it; incomplete: how many are needed before another look
};
using outcome = result<found, fault>;

found incomplete(std::size_t needed) {
    return {false, needed};
}

struct number {
    bool complete;
    std::int64_t value;
    std::size_t next;  // what follows its CRLF
};

// string2ll of redis: no sign but '-', no leading zero, no -0, nothing before or behind.
std::optional<std::int64_t> parse_number(std::string_view digits) {
    const auto after_sign = digits.substr(!digits.empty() && digits[0] == '-' ? 1 : 0);
    if (after_sign.empty() || (after_sign[0] == '0' && digits.size() > 1)) return std::nullopt;
    std::int64_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return value;
}

// number_at reads the number that a header announces, up to its CRLF; nothing if it is none.
std::optional<number> number_at(std::string_view text, std::size_t at) {
    const auto line = text.substr(at, max_number_line);
    const void* lf = std::memchr(line.data(), '\n', line.size());
    if (lf == nullptr) {
        if (line.size() == max_number_line) return std::nullopt;
        return number{false, 0, 0};
    }
    const auto end = static_cast<std::size_t>(static_cast<const char*>(lf) - line.data());
    if (end == 0 || line[end - 1] != '\r') return std::nullopt;
    const auto value = parse_number(line.substr(0, end - 1));
    if (!value) return std::nullopt;
    return number{true, *value, at + end + 1};
}

// read_bulk lays out the bulk string whose header begins at `at`; `size` is then where it ends.
outcome read_bulk(std::string_view text, std::size_t at, bytes_view& argument) {
    if (at == text.size()) return incomplete(at + 1);
    if (text[at] == '*') return fault{errc::nested_array};
    if (text[at] != '$') {
        return fault{errc::bulk_string_missing, static_cast<std::uint8_t>(text[at])};
    }
    const auto length = number_at(text, at + 1);
    if (!length || length->value < 0) return fault{errc::bulk_length_malformed};
    if (!length->complete) return incomplete(text.size() + 1);
    const auto begin = length->next;
    // Signed, for nothing may be left; the argument's CRLF counts too.
    const auto room = static_cast<std::int64_t>(max_command_bytes) -
                      static_cast<std::int64_t>(begin) - std::int64_t{2};
    if (length->value > room) return fault{errc::command_too_long};
    const auto end = begin + static_cast<std::size_t>(length->value);
    if (text.size() < end + 2) return incomplete(end + 2);
    if (text[end] != '\r' || text[end + 1] != '\n') return fault{errc::bulk_end_missing};
    argument = as_bytes(text.substr(begin, end - begin));
    return found{true, end + 2};
}

// read_array reads the array at the front of `text`; one without elements leaves the table empty.
outcome read_array(std::string_view text, command_table& table) {
    const auto elements = number_at(text, 1);
    if (!elements || elements->value < -1) return fault{errc::element_count_malformed};
    if (elements->value > static_cast<std::int64_t>(max_elements)) {
        return fault{errc::too_many_elements};
    }
    if (!elements->complete) return incomplete(text.size() + 1);
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(elements->value, 0));
    auto at = elements->next;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bulk = read_bulk(text, at, table.entries[i]);
        if (!bulk || !bulk->complete) return bulk;
        at = bulk->size;
    }
    table.count = count;
    return found{true, at};
}

outcome read_line(std::string_view text, command_table& table) {
    const void* lf = std::memchr(text.data(), '\n', text.size());
    if (lf == nullptr) return incomplete(text.size() + 1);
    const auto end = static_cast<std::size_t>(static_cast<const char*>(lf) - text.data());
    if (const auto why = split_words(text.substr(0, end), table)) return fault{*why};
    return found{true, end + 1};
}

// read_front reads what `text` begins with; it is not empty.
outcome read_front(std::string_view text, command_table& table) {
    table.count = 0;
    const auto seen = text.substr(0, max_command_bytes);
    const bool is_array = seen[0] == '*';
    const auto read = is_array ? read_array(seen, table) : read_line(seen, table);
    if (read && !read->complete && seen.size() == max_command_bytes) {
        return fault{is_array ? errc::command_too_long : errc::inline_too_long};
    }
    return read;
}

}  // namespace

result<step, fault> framer::next(bytes_view input, command_table& table) {
    const auto text = as_text(input);
    step taken;
    if (text.size() < needed_) return taken;
    while (taken.consumed < text.size()) {
        const auto read = read_front(text.substr(taken.consumed), table);
        if (!read) return read.error();
        inside_command_ = !read->complete;
        needed_ = inside_command_ ? read->size : 0;
        if (inside_command_) return taken;
        taken.consumed += read->size;
        taken.is_command = table.count > 0;
        if (taken.is_command) return taken;
    }
    return taken;
}

}  // namespace relayauth::resp
