#include "rpc_talk.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

std::string varint(std::uint64_t value) {
    std::string octets;
    for (; value > 0x7F; value >>= 7) octets += static_cast<char>((value & 0x7F) | 0x80);
    return octets + static_cast<char>(value);
}

template <class Result>
Result result_in(std::string_view octets, std::uint64_t id) {
    const auto got = only_rpc_reply(octets);
    EXPECT_EQ(got.id, id);
    const auto* result = std::get_if<Result>(&got.result);
    EXPECT_NE(result, nullptr) << "another kind of reply: " << got.result.index();
    return result == nullptr ? Result() : *result;
}

}  // namespace

std::string frame(std::string_view payload) {
    std::string octets;
    for (const unsigned shift : {24u, 16u, 8u, 0u}) {
        octets += static_cast<char>(payload.size() >> shift & 0xFF);
    }
    return octets.append(payload);
}

std::string number_field(unsigned number, std::uint64_t value) {
    return varint(number << 3) + varint(value);
}

std::string text_field(unsigned number, std::string_view value) {
    return (varint(number << 3 | 2) + varint(value.size())).append(value);
}

std::string issue(std::uint64_t id, std::string_view more_fields) {
    const auto call = text_field(1, "sip:alice@example.test").append(more_fields);
    return frame(number_field(1, id) + text_field(4, call));
}

std::string validate(std::uint64_t id, std::string_view items) {
    return frame(number_field(1, id) + text_field(5, items));
}

std::string item(std::string_view username, std::string_view more_fields) {
    return text_field(1, text_field(1, username).append(more_fields));
}

std::string server_info(std::uint64_t id) {
    return frame(number_field(1, id) + text_field(6, ""));
}

std::vector<rpc::reply> rpc_replies(std::string_view octets) {
    std::vector<rpc::reply> all;
    while (octets.size() >= 4) {
        const auto size = load_be32(as_bytes(octets).data());
        EXPECT_LE(size + 4u, octets.size()) << "a frame is cut short";
        if (size + 4u > octets.size()) return all;
        auto read = rpc::parse_reply(as_bytes(octets.substr(4, size)));
        EXPECT_TRUE(read.has_value()) << "not a reply";
        if (read) all.push_back(std::move(*read));
        octets.remove_prefix(size + 4u);
    }
    EXPECT_TRUE(octets.empty());
    return all;
}

rpc::reply only_rpc_reply(std::string_view octets) {
    auto all = rpc_replies(octets);
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? rpc::reply() : std::move(all.front());
}

rpc::received_refusal refusal_in(std::string_view octets, std::uint64_t id) {
    return result_in<rpc::received_refusal>(octets, id);
}

rpc::received_credential credential_in(std::string_view octets, std::uint64_t id) {
    return result_in<rpc::received_credential>(octets, id);
}

rpc::received_verdicts verdicts_in(std::string_view octets, std::uint64_t id) {
    return result_in<rpc::received_verdicts>(octets, id);
}

}  // namespace relayauth::session
