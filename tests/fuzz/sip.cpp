// A stream of octets, cut into pieces by a rule that its first two octets choose, goes through the
// framer and both parsers, and every request is answered. What must hold:
// * pieces and whole give the same messages;
// * whatever was read, its answer is exactly one message with the headers that belong into it.
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"
#include "relayauth/sip/response.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::sip {
namespace {

// Small, so that short inputs reach them.
constexpr limits narrow = {2048, 1024, 24};
// An answer may have more headers than the message it answers, and longer ones.
constexpr limits wide = {1 << 20, 1 << 20, most_headers};
constexpr std::string_view answer_body = "<answer/>";

void require(bool holds) {
    if (!holds) std::abort();
}

std::size_t count_of(std::span<const header> headers, header_id id) {
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(),
                      [id](const header& each) { return each.id == id && !each.value.empty(); }));
}

std::string write_answer(const request& asked) {
    response_head head;
    head.status = 400;
    head.reason = "Bad Request";
    head.to_tag = "t";
    head.server = "fuzz";
    head.content_type = "text/xml";
    head.body_size = answer_body.size();
    static text_buffer out;
    out.clear();
    write_response_head(out, asked, {"192.0.2.1", 5062}, head);
    return std::string(out.text()).append(answer_body);
}

void check_answer(const request& asked) {
    static header_table answered;
    auto out = write_answer(asked);
    std::vector<char> octets(out.begin(), out.end());
    framer f(wide);
    const auto got = f.next(octets, answered);
    require(got.kind == step::kind::message && got.consumed == out.size());
    require(std::string_view(got.body.data(), got.body.size()) == answer_body);
    const auto answer = parse_response(answered);
    require(answer && answer->status == 400 && answer->call_id == asked.call_id);
    require(answer->cseq == asked.cseq && answer->content_type == "text/xml");

    const auto vias = count_of(asked.headers, header_id::via);
    const auto routes = count_of(asked.headers, header_id::record_route);
    require(count_of(answered.headers(), header_id::via) == vias);
    require(count_of(answered.headers(), header_id::record_route) == routes);
    const std::size_t once =
        !asked.from.empty() + !asked.to.empty() + !asked.call_id.empty() + !asked.cseq.empty();
    require(answered.count == vias + routes + once + 3);  // Server, Content-Type, Content-Length
}

// read_table does what a session does with a message, and writes down all it learned.
std::string read_table(const header_table& table) {
    std::string seen(table.start_line);
    for (const auto& each : table.headers()) {
        seen.append("\n").append(each.name).append("=").append(each.value);
        require(each.id == identify(each.name));
    }
    if (is_response(table.start_line)) {
        const auto got = parse_response(table);
        return seen + (got ? " response " + std::to_string(got->status) : " no response");
    }
    const auto got = parse_request(table);
    const auto& value = got.value;
    require(got.why ||
            (value.top_via && is_token(value.method) && !value.from.empty() && !value.to.empty() &&
             !value.call_id.empty() && value.cseq_number <= 0x7FFF'FFFF));
    require(!got.why || !to_text(*got.why).empty());
    seen += media_type_is(value.content_type, "text/xml") ? " xml" : " other";
    if (value.top_via) check_answer(value);
    return seen.append(got.why ? to_text(*got.why) : " request");
}

struct outcome {
    std::vector<std::string> messages;  // and keep-alives
    bool broken = false;
    std::string why;
};

// feed gives the octets to one framer; `piece` says how many arrive next.
template <class Piece>
outcome feed(std::string_view bytes, Piece piece) {
    static header_table table;
    framer f(narrow);
    outcome seen;
    std::string pending;
    while (!bytes.empty() && !seen.broken) {
        const auto size = std::min(bytes.size(), piece());
        pending.append(bytes.substr(0, size));
        bytes.remove_prefix(size);
        for (;;) {
            std::vector<char> octets(pending.begin(), pending.end());
            const auto got = f.next(octets, table);
            require(got.consumed <= octets.size());
            if (got.kind == step::kind::message) {
                require(got.consumed <= octets.size() && got.consumed >= got.body.size());
                seen.messages.push_back(read_table(table) + "\n\n" +
                                        std::string(got.body.begin(), got.body.end()));
            } else if (got.kind == step::kind::keep_alive) {
                seen.messages.emplace_back();
            } else if (got.kind == step::kind::broken) {
                seen.broken = true;
                seen.why = std::string(to_text(got.why)) + read_table(table);
                break;
            }
            pending.erase(0, got.consumed);
            if (got.kind == step::kind::need_more) break;
        }
    }
    return seen;
}

void compare(std::string_view bytes, std::uint32_t seed) {
    const auto whole = feed(bytes, [&bytes] { return bytes.size(); });
    const std::uint32_t longest = 1u << (seed & 7);
    const auto pieces = feed(bytes, [&seed, longest] {
        seed = seed * 1664525 + 1013904223;
        return std::size_t{1} + (seed >> 16) % longest;
    });
    require(pieces.messages == whole.messages);
    // A fault inside a head that never ends may go unseen when it comes in pieces, never the
    // reverse.
    require(!pieces.broken || (whole.broken && pieces.why == whole.why));
}

}  // namespace
}  // namespace relayauth::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto seed = static_cast<std::uint32_t>(data[0] | data[1] << 8);
    relayauth::sip::compare({reinterpret_cast<const char*>(data + 2), size - 2}, seed);
    return 0;
}
