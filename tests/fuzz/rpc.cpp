// Octets as a connection would bring them: preface, frames, envelopes. The first octet chooses:
// even, a stream with its preface; odd, one bare envelope, which is also tried as a Reply.

#include "relayauth/base/utf8.hpp"
#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/wire.hpp"

#include <google/protobuf/stubs/logging.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace relayauth;
using namespace relayauth::rpc;

void require(bool condition) {
    if (!condition) std::abort();
}

bool same(const validate_item& a, const validate_item& b) {
    return a.username == b.username && a.password == b.password && a.realm == b.realm &&
           a.identity == b.identity && a.key_digest == b.key_digest &&
           a.key_spelling == b.key_spelling;
}

bool same(const check_message_item& a, const check_message_item& b) {
    return as_text(a.message) == as_text(b.message) && a.realm == b.realm;
}

bool same(const explain_call& a, const explain_call& b) {
    return a.username == b.username && a.password == b.password && a.identity == b.identity &&
           a.at == b.at;
}

void require_same(const call& a, const call& b) {
    require(a.id == b.id && a.client_time == b.client_time);
    require(a.body.index() == b.body.index());
    if (const auto* issue = std::get_if<issue_call>(&a.body)) {
        const auto& other = std::get<issue_call>(b.body);
        require(issue->identity == other.identity);
        require(issue->duration_minutes == other.duration_minutes);
        require(issue->token_version == other.token_version);
        require(issue->dialect == other.dialect && issue->realm == other.realm);
        require(is_utf8(issue->identity));
    }
    if (const auto* validate = std::get_if<validate_call>(&a.body)) {
        const auto other = std::get<validate_call>(b.body).items;
        require(validate->items.size() == other.size() && other.size() <= max_batch);
        for (std::size_t i = 0; i < other.size(); ++i) require(same(validate->items[i], other[i]));
    }
    if (const auto* explain = std::get_if<explain_call>(&a.body)) {
        require(same(*explain, std::get<explain_call>(b.body)));
    }
    if (const auto* check = std::get_if<check_message_call>(&a.body)) {
        const auto other = std::get<check_message_call>(b.body).items;
        require(check->items.size() == other.size() && other.size() <= max_batch);
        for (std::size_t i = 0; i < other.size(); ++i) require(same(check->items[i], other[i]));
    }
}

// What was read, written again by protobuf, must be read as the same.
void try_envelope(bytes_view payload) {
    call_parser parser;
    const auto found = parser.parse(payload);
    if (!found) {
        require(!to_text(found.error().why).empty());
        return;
    }
    std::string again;
    write_call(again, *found);
    const auto framed = framer(again.size()).next(as_bytes(again));
    require(framed.has_value() && framed->has_value() && (*framed)->consumed == again.size());
    call_parser second_parser;
    const auto second = second_parser.parse((*framed)->payload);
    require(second.has_value());
    require_same(*found, *second);
}

void try_stream(bytes_view input) {
    if (check_preface(input) != preface_match::matches) return;
    input = input.subspan(preface.size());
    while (true) {
        const auto found = framer().next(input);
        if (!found || !*found) return;
        try_envelope((*found)->payload);
        input = input.subspan((*found)->consumed);
    }
}

}  // namespace

// Protobuf writes to stderr about text in replies that is not UTF-8; a fuzzer makes little else.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    google::protobuf::SetLogHandler(nullptr);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::vector<std::uint8_t> input(data + 1, data + size);  // exactly sized
    if (data[0] % 2 == 0) {
        try_stream(input);
        return 0;
    }
    try_envelope(input);
    parse_reply(input);
    return 0;
}
