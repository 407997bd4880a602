#include "relayauth/sip/framer.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/find_octet.hpp"
#include "relayauth/base/result.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace relayauth::sip {
namespace {

// More digits than any limit needs; so the number cannot overflow.
constexpr std::size_t max_content_length_digits = 10;

// line_at finds the line that starts at `begin`; nothing if its LF has not arrived.
struct line {
    std::string_view text;         // without its end
    std::size_t next;              // where the following one starts
    std::size_t before_colon = 0;  // no colon stands in the text before it
};
std::optional<line> line_at(std::string_view text, std::size_t begin) {
    const void* found = std::memchr(text.data() + begin, '\n', text.size() - begin);
    if (found == nullptr) return std::nullopt;
    const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    const auto without_cr = end > begin && text[end - 1] == '\r' ? end - 1 : end;
    return line{text.substr(begin, without_cr - begin), end + 1};
}

// next_control gives the place of the first octet below 0x0E at or after `at`, which every line's
// end is, or text.size().
std::size_t next_control(std::string_view text, std::size_t at) {
    return find_octet(text, at, [](auto octet) { return octet < 0x0E; });
}

// checked_line_at is line_at that looks for lone CRs and NULs too, which no line may hold. On its
// way it meets the colon of a header.
enum class line_state { whole, incomplete, bad_character };
line_state checked_line_at(std::string_view text, std::size_t begin, line& found) {
    auto end = find_octet(text, begin, [](auto octet) { return (octet < 0x0E) | (octet == ':'); });
    found.before_colon = end - begin;
    while (end < text.size() && text[end] != '\n' && text[end] != '\r' && text[end] != '\0') {
        end = next_control(text, end + 1);  // behind the colon, TAB and its neighbours
    }
    const auto ending = text.substr(end, 2);
    if (ending.starts_with('\n') || ending == "\r\n") {
        found.text = text.substr(begin, end - begin);
        found.next = end + (ending[0] == '\n' ? 1 : 2);
        return line_state::whole;
    }
    return line_at(text, begin) ? line_state::bad_character : line_state::incomplete;
}

// begin_header reads the name of the header that begins with `from`; its value may go on. RFC 3261
// 25.1, HCOLON: white space may stand behind the name. Before it, it would be a fold that
// continues nothing, and makes no name.
void begin_header(const line& from, header& entry) {
    const auto whole = from.text;
    auto colon = from.before_colon;
    if (colon < whole.size() && whole[colon] != ':') colon = whole.find(':', colon);
    auto name = whole.substr(0, colon);
    while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
    entry.id = identify(name);
    if (colon >= whole.size() || (entry.id == header_id::other && !is_token(name))) {
        entry = {header_id::other, {}, whole};  // request parsing names the fault
        return;
    }
    entry.name = name;
    entry.value = whole.substr(colon + 1);
}

enum class head_state { incomplete, complete, too_many, bad_character };
struct cut_head {
    head_state state;
    std::size_t size;
};

// cut splits the head at the front of `text` into start line and logical headers. RFC 3261 7.3.1:
// a line that begins with white space continues the header before it.
cut_head cut(std::string_view text, std::size_t max_headers, header_table& table) {
    table.start_line = {};
    table.count = 0;
    const auto finish_last = [&table] {
        if (table.count == 0) return;
        auto& value = table.entries[table.count - 1].value;
        value = ascii::trim(value);
    };
    std::size_t at = 0;
    line each{};
    for (bool first = true;; first = false) {
        const auto state = checked_line_at(text, at, each);
        if (state != line_state::whole) {
            finish_last();
            const bool is_bad = state == line_state::bad_character;
            return {is_bad ? head_state::bad_character : head_state::incomplete, at};
        }
        at = each.next;
        if (first) {
            table.start_line = each.text;
            continue;
        }
        if (each.text.empty()) {
            finish_last();
            return {head_state::complete, at};
        }
        if ((each.text[0] == ' ' || each.text[0] == '\t') && table.count > 0) {
            auto& folded = table.entries[table.count - 1].value;
            const auto* end = each.text.data() + each.text.size();
            folded = {folded.data(), static_cast<std::size_t>(end - folded.data())};
            continue;
        }
        finish_last();
        if (table.count == std::min(max_headers, most_headers)) return {head_state::too_many, at};
        begin_header(each, table.entries[table.count++]);
    }
}

// RFC 3261 18.3 requires it on a stream; two equal ones do no harm, two others smuggle.
result<std::size_t, errc> content_length(const header_table& table) {
    std::optional<std::size_t> length;
    for (const auto& each : table.headers()) {
        if (each.id != header_id::content_length) continue;
        std::size_t value = 0;
        const auto* end = each.value.data() + each.value.size();
        const auto read = std::from_chars(each.value.data(), end, value);
        if (each.value.empty() || each.value.size() > max_content_length_digits ||
            read.ec != std::errc() || read.ptr != end) {
            return errc::content_length_malformed;
        }
        if (length && *length != value) return errc::content_lengths_differ;
        length = value;
    }
    if (!length) return errc::content_length_missing;
    return *length;
}

step broken(errc why) {
    step lost;
    lost.kind = step::kind::broken;
    lost.why = why;
    return lost;
}

std::string_view text_of(std::span<char> input) {
    return {input.data(), input.size()};
}

}  // namespace

step framer::next(std::span<char> input, header_table& table) {
    if (!inside_message_) {
        const auto between = between_messages(input);
        if (between.kind == step::kind::broken) table = {};  // no header of this stream is in it
        if (!inside_message_) return between;
        auto found = next(input.subspan(between.consumed), table);
        found.consumed += between.consumed;
        return found;
    }
    return head_size_ == 0 ? read_head(input, table) : read_body(input, table);
}

step framer::between_messages(std::span<char> input) {
    step skipped;
    while (skipped.consumed < input.size()) {
        const char c = input[skipped.consumed];
        const auto left = input.size() - skipped.consumed;
        if (c == '\r' && left == 1) return skipped;  // its LF is still on the way
        if (c == '\r' && input[skipped.consumed + 1] != '\n') return broken(errc::not_sip);
        if (c != '\r' && c != '\n') {
            if (!is_token_character(c)) return broken(errc::not_sip);
            inside_message_ = true;
            after_line_break_ = false;
            return skipped;
        }
        skipped.consumed += c == '\r' ? 2 : 1;
        after_line_break_ = !after_line_break_;
        if (!after_line_break_) {
            skipped.kind = step::kind::keep_alive;
            return skipped;
        }
    }
    return skipped;
}

// A head cannot be complete before a line break that follows another one.
bool framer::head_may_be_complete(std::string_view text) {
    std::size_t from = scanned_ > 3 ? scanned_ - 3 : 0;
    while (const auto each = line_at(text, from)) {
        from = each->next;
        if (from < text.size() && text[from] == '\n') return true;
        if (from + 1 < text.size() && text[from] == '\r' && text[from + 1] == '\n') return true;
    }
    return false;
}

step framer::need_more(std::span<char> input) {
    scanned_ = input.size();
    return {};
}

step framer::read_head(std::span<char> input, header_table& table) {
    const auto text = text_of(input);
    const bool over = text.size() > limits_->max_header_bytes;
    if (scanned_ > 0 && !over && !head_may_be_complete(text)) return need_more(input);

    const auto head = cut(text.substr(0, limits_->max_header_bytes), limits_->max_headers, table);
    switch (head.state) {
        case head_state::too_many:
            return broken(errc::too_many_headers);
        case head_state::bad_character:
            return broken(errc::control_character);
        case head_state::incomplete:
            return over ? broken(errc::headers_too_long) : need_more(input);
        case head_state::complete:
            break;
    }
    const auto length = content_length(table);
    if (!length) return broken(length.error());
    if (head.size + *length > limits_->max_message_bytes) return broken(errc::message_too_long);
    head_size_ = head.size;
    body_size_ = *length;
    if (input.size() < head_size_ + body_size_) return need_more(input);

    step found;
    found.kind = step::kind::message;
    found.body = input.subspan(head_size_, body_size_);
    found.consumed = head_size_ + body_size_;
    inside_message_ = false;
    scanned_ = head_size_ = body_size_ = 0;
    return found;
}

// The table may have served other connections since the head was complete: it is laid out again.
step framer::read_body(std::span<char> input, header_table& table) {
    if (input.size() < head_size_ + body_size_) return need_more(input);
    scanned_ = head_size_ = 0;
    return read_head(input, table);
}

}  // namespace relayauth::sip
