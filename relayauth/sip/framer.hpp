#pragma once

#include "relayauth/sip/errc.hpp"
#include "relayauth/sip/header.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace relayauth::sip {

// No stream is worth more headers than this, whatever the settings say.
inline constexpr std::size_t most_headers = 256;

// limits bound one message; chosen far above what Front Ends send (about 2 KiB, 20 headers).
struct limits {
    std::size_t max_message_bytes = 512 * 1024;
    std::size_t max_header_bytes = 16 * 1024;
    std::size_t max_headers = 100;  // at most most_headers
};

// header_table is where the headers of the message at hand are laid out: one per worker is enough,
// and an idle connection then costs next to nothing.
struct header_table {
    std::string_view start_line;
    std::array<header, most_headers> entries;
    std::size_t count = 0;

    std::span<const header> headers() const { return std::span(entries).first(count); }
};

// step is what the stream's front turned out to be. Drop `consumed` octets before the next call.
// start_line, headers and body live until the octets move or change, or the table is used again.
struct step {
    enum class kind {
        need_more,   // keep the octets, come back with more behind them
        keep_alive,  // a double CRLF between messages (RFC 5626 3.5.1)
        message,
        broken,  // framing is lost: `why`; the table holds the headers read so far
    };
    step::kind kind = kind::need_more;
    std::size_t consumed = 0;
    std::span<char> body;
    errc why = errc::not_sip;
};

// framer finds message boundaries in a SIP byte stream (RFC 3261 18.3); of the headers it believes
// only Content-Length. It keeps no octets, just how far it looked, so a message that arrives byte
// by byte is not scanned from its start each time. A line may end in CRLF or LF. One per
// connection; not for two threads at once.
class framer {
public:
    explicit framer(const limits& bounds) : limits_(&bounds) {}  // `bounds` must outlive it

    // next looks at `input`, which begins where the last step's consumed octets ended, and lays the
    // message out in `table`. Errors, as step::kind::broken: not_sip, the content_length ones,
    // message_too_long, headers_too_long, too_many_headers, control_character. After one of them
    // only closing the connection is left.
    step next(std::span<char> input, header_table& table);

    // Whether a message has begun and not ended: then a deadline runs.
    bool inside_message() const { return inside_message_; }

private:
    step between_messages(std::span<char> input);
    step read_head(std::span<char> input, header_table& table);
    step read_body(std::span<char> input, header_table& table);
    step need_more(std::span<char> input);
    bool head_may_be_complete(std::string_view text);

    const limits* limits_;
    bool inside_message_ = false;
    bool after_line_break_ = false;  // one CRLF of a possible double one was skipped
    std::size_t scanned_ = 0;        // octets of an unfinished head that need no second look
    std::size_t head_size_ = 0;      // with its empty line; 0 until complete
    std::size_t body_size_ = 0;
};

}  // namespace relayauth::sip
