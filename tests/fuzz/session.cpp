// A stream of octets becomes a connection's reads, cut by a rule that the first two octets choose;
// with the top bit of the second one the connection is to the redis listener.
// What must hold:
// * pieces and whole are answered alike, tags and all: both worlds draw them from the same seed;
// * what is sent on the SIP door is a run of whole responses and keep-alives, on the rpc door a run
//   of whole frames that a client can read, on the redis door a run of whole RESP2 replies;
// * what a connection keeps is bounded by its limits and one read.
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/session/connection.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/sip/response.hpp"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::session {
namespace {

// Small, so that short inputs reach them.
constexpr std::size_t narrow = 2048;
// An answer may be longer than the message it answers.
const sip::limits wide = {1 << 22, 1 << 20, sip::most_headers};

void require(bool holds) {
    if (!holds) std::abort();
}

struct silent final : observer {
    void on_event(const peer&, const event& happened) override {
        require(!to_text(happened.what).empty());
    }
};

secret filled(std::uint8_t octet) {
    std::array<std::uint8_t, 20> octets;
    octets.fill(octet);
    return secret(bytes_view(octets));
}

std::vector<keyring::realm_secret> turn_rest() {
    std::vector<keyring::realm_secret> all;
    all.push_back({"example.test", filled(4)});
    return all;
}

std::shared_ptr<const settings> make_settings() {
    const std::vector<mras::media_relay> relays = {
        {mras::location::internet, "turn.example.test", 3478, 443}};
    auto made = std::make_shared<settings>(relays, std::vector<std::string>{"example.test"});
    std::vector<keyring::entry> entries;
    entries.push_back(
        {keyring::signing_key("0a1b2c3d", {filled(1), filled(2), filled(3), turn_rest()}),
         true,
         {}});
    made->keys = keyring::ring(std::move(entries));
    made->not_after = {wall_time::max()};
    made->redis.max_bps = 64'000;
    made->product = "relayauth/0.0.0";
    made->sip_limits = {narrow, 1024, 24};
    made->max_frame_bytes = narrow;
    made->max_pending_output = 4096;
    return made;
}

// in_2026 is 2026-11-22T09:30:54Z.
constexpr wall_time in_2026(134'398'134'540'000'000);

struct outcome {
    std::string sent;
    bool closed = false;
    bool rpc = false;
};

// feed gives the octets to one connection; `piece` says how many arrive next.
template <class Piece>
outcome feed(std::string_view bytes, listener at, Piece piece) {
    static const auto in_force = make_settings();
    static silent events;
    context ctx(in_force, events, 7);
    peer who;
    who.address = "192.0.2.1";
    connection line(who, standing::may_mint, at);
    outcome seen;
    seen.rpc = at == listener::mras && !bytes.empty() && bytes.front() == '\0';
    output out;
    while (!bytes.empty() && !seen.closed) {
        const auto size = std::min(bytes.size(), piece());
        std::vector<char> read(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        bytes.remove_prefix(size);
        for (bool more = true; more && !seen.closed; more = line.has_backlog()) {
            out.clear();
            seen.closed = line.on_bytes(ctx, read, in_2026, out);
            out.stamp(in_2026);
            seen.sent += out.bytes;
            read.clear();
        }
        const auto longest = at == listener::redis ? resp::max_command_bytes : narrow;
        require(line.buffered_bytes() <= 2 * (longest + size) + 64);
    }
    return seen;
}

void check_responses(std::string_view sent) {
    static sip::header_table table;
    std::vector<char> octets(sent.begin(), sent.end());
    std::span<char> rest(octets);
    sip::framer framer(wide);
    while (!rest.empty()) {
        const auto step = framer.next(rest, table);
        rest = rest.subspan(step.consumed);
        if (step.kind == sip::step::kind::keep_alive) continue;
        if (step.kind == sip::step::kind::need_more) break;  // a single CRLF at the end
        require(step.kind == sip::step::kind::message);
        const auto answer = sip::parse_response(table);
        require(answer && answer->status >= 200 && !answer->date.empty());
    }
    require(rest.empty() && !framer.inside_message());
}

void check_frames(std::string_view sent) {
    auto rest = as_bytes(sent);
    const rpc::framer framer(rpc::max_reply_bytes);
    while (!rest.empty()) {
        const auto found = framer.next(rest);
        require(found && *found);
        const auto reply = rpc::parse_reply((*found)->payload);
        require(reply && reply->read_at == in_2026 && reply->written_at == in_2026);
        rest = rest.subspan((*found)->consumed);
    }
}

// Simple strings, errors, bulk strings, nil and the empty array: nothing else is sent.
void check_resp(std::string_view sent) {
    while (!sent.empty()) {
        const auto end = sent.find("\r\n");
        require(end != std::string_view::npos && end > 0);
        const auto line = sent.substr(0, end);
        sent.remove_prefix(end + 2);
        if (line == "*0" || line == "$-1") continue;
        if (line.front() == '$') {
            std::size_t size = 0;
            std::from_chars(line.data() + 1, line.data() + line.size(), size);
            require(sent.size() >= size + 2 && sent.substr(size, 2) == "\r\n");
            sent.remove_prefix(size + 2);
            continue;
        }
        require(line.front() == '+' || line.front() == '-');
        require(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    }
}

void compare(std::string_view bytes, std::uint32_t seed) {
    const auto at = seed >> 15 != 0 ? listener::redis : listener::mras;
    const auto whole = feed(bytes, at, [&bytes] { return bytes.size(); });
    if (at == listener::redis)
        check_resp(whole.sent);
    else if (whole.rpc)
        check_frames(whole.sent);
    else
        check_responses(whole.sent);

    const std::uint32_t longest = 1u << (seed % 11);
    const auto pieces = feed(bytes, at, [&seed, longest] {
        seed = seed * 1664525 + 1013904223;
        return std::size_t{1} + (seed >> 16) % longest;
    });
    // A fault inside a head that never ends may go unseen when it comes in pieces, never the
    // reverse.
    if (pieces.closed == whole.closed) return require(pieces.sent == whole.sent);
    require(whole.closed && whole.sent.starts_with(pieces.sent));
}

}  // namespace
}  // namespace relayauth::session

// Protobuf writes to stderr about text in replies that is not UTF-8.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    google::protobuf::SetLogHandler(nullptr);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto seed = static_cast<std::uint32_t>(data[0] | data[1] << 8);
    relayauth::session::compare({reinterpret_cast<const char*>(data + 2), size - 2}, seed);
    return 0;
}
