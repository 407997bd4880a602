#include "listening.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {

std::vector<heard> listening::receive(std::string_view octets) {
    std::vector<heard> all;
    waiting_.append(octets);
    while (!waiting_.empty()) {
        // Memory of just that size, so that ASan sees a look past its end.
        std::vector<char> input(waiting_.begin(), waiting_.end());
        const auto got = wire_.read(input, state_, sent_);
        if (got.kind != answer::kind::need_more) {
            all.push_back({got.kind, got.index, got.what, std::string(got.why), got.to,
                           std::string(got.username), std::string(got.password),
                           got.duration_minutes});
        }
        EXPECT_LE(got.consumed, input.size());
        waiting_.assign(input.begin() + static_cast<std::ptrdiff_t>(got.consumed), input.end());
        if (got.kind == answer::kind::need_more || got.kind == answer::kind::broken) break;
        EXPECT_GT(got.consumed, 0u);
    }
    return all;
}

heard hear_whole(wire& protocol, std::string_view octets, std::uint64_t sent) {
    listening one(protocol, sent);
    const auto all = one.receive(octets);
    EXPECT_EQ(all.size(), 1u) << octets;
    if (all.size() != 1) return {};
    EXPECT_EQ(all[0].kind, answer::kind::whole) << all[0].why << "\n" << octets;
    EXPECT_EQ(one.waiting(), 0u);
    return all[0];
}

std::vector<heard> hear_cut(wire& protocol, std::string_view octets, std::size_t size) {
    return listening(protocol).receive(octets.substr(0, size));
}

}  // namespace relayauth::load
