#include "rpc_peer.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

// Credentials that are none, or were one before somebody touched them: never good, and each for a
// reason of its own.
namespace relayauth::lab {
namespace {

// As relay_auth.proto numbers them.
enum reason : std::uint64_t {
    good = 0,
    malformed = 1,
    unknown_key = 2,
    expired = 3,
    minted_ahead = 5,
    unsupported_version = 12
};

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string decoded(std::string_view base64) {
    std::string octets;
    unsigned bits = 0;
    int count = 0;
    for (const char c : base64) {
        if (c == '=') break;
        bits = bits << 6 | static_cast<unsigned>(alphabet.find(c));
        count += 6;
        if (count < 8) continue;
        count -= 8;
        octets += static_cast<char>(bits >> count & 0xFF);
    }
    return octets;
}

std::string encoded(std::string_view octets) {
    std::string text;
    for (std::size_t at = 0; at < octets.size(); at += 3) {
        const auto part = octets.substr(at, 3);
        unsigned bits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            bits = bits << 8 | (i < part.size() ? static_cast<unsigned char>(part[i]) : 0u);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= part.size() ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
        }
    }
    return text;
}

// Which octets tell the form: version and size in front, in v2 the top octet of the flags too (its
// last bit chooses between two forms that both are known). Of all others only the signature tells.
bool tells_the_form(std::size_t bit) {
    return bit < 32 || (bit >= 256 && bit < 263);
}

class BadCredential : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(peer_.send(rpc_preface));
        for (const auto* version : {"1.0", "2.0"}) {
            auto sip = server_.tcp();
            const auto answer = sip.ask(service(replaced(good_body, "2.0", version)));
            ASSERT_TRUE(answer);
            minted_.push_back(answer->text("username"));
        }
    }

    // The reasons of the verdicts on all of them, in order.
    std::vector<std::uint64_t> reasons(const std::vector<std::string>& usernames) {
        std::vector<std::uint64_t> all;
        EXPECT_TRUE(peer_.send(framed(validate_call(++last_id_, usernames))));
        const auto reply = peer_.reply();
        if (!reply || reply->result != reply_validate) {
            ADD_FAILURE() << "no verdicts";
            return all;
        }
        for (const auto& each : fields_of(reply->content)) {
            const bool is_good = text_in(each.text, 1) != "";
            all.push_back(is_good ? good : value_in(text_in(each.text, 2), 1));
        }
        EXPECT_EQ(all.size(), usernames.size());
        return all;
    }

    running_server server_;
    rpc_peer peer_ = rpc_peer::over_tcp(server_.port());
    std::vector<std::string> minted_;  // one of each token version
    std::uint64_t last_id_ = 0;
};

TEST_F(BadCredential, WhatIsNoCredential) {
    const std::vector<std::string> usernames = {"",
                                                "!",
                                                "not base64",
                                                "AAAA",
                                                "AgAAJA==",
                                                " " + minted_[1],
                                                minted_[1] + " ",
                                                minted_[1] + "AAAA",
                                                minted_[1].substr(0, 75),
                                                "1790000000000:alice",
                                                std::string(10'000, 'A')};
    EXPECT_EQ(reasons(usernames), std::vector<std::uint64_t>(usernames.size(), malformed));
}

// Nothing signs them, so all that can be wrong with the name alone is its time.
TEST_F(BadCredential, TurnRestNamesOfAnotherTime) {
    EXPECT_EQ(reasons({"1", "0:alice", "1600000000:alice", "999999999999:alice"}),
              (std::vector<std::uint64_t>{expired, expired, expired, minted_ahead}));
}

TEST_F(BadCredential, OtherVersions) {
    std::vector<std::string> usernames;
    for (const char major : {'\x00', '\x03', '\x7F', '\xFF'}) {
        auto octets = decoded(minted_[1]);
        octets[0] = major;
        usernames.push_back(encoded(octets));
    }
    EXPECT_EQ(reasons(usernames),
              std::vector<std::uint64_t>(usernames.size(), unsupported_version));
}

TEST_F(BadCredential, EveryFlippedBit) {
    for (const auto& username : minted_) {
        const auto octets = decoded(username);
        ASSERT_EQ(encoded(octets), username);
        std::vector<std::string> flipped;
        for (std::size_t bit = 0; bit < octets.size() * 8; ++bit) {
            auto altered = octets;
            altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (0x80 >> bit % 8));
            flipped.push_back(encoded(altered));
        }
        const auto found = reasons(flipped);
        for (std::size_t bit = 0; bit < found.size(); ++bit) {
            if (octets[0] == 2 ? tells_the_form(bit) : bit < 32) {
                EXPECT_TRUE(found[bit] == malformed || found[bit] == unsupported_version) << bit;
            } else {
                EXPECT_EQ(found[bit], unknown_key) << "bit " << bit;
            }
        }
    }
}

TEST_F(BadCredential, EveryTruncation) {
    for (const auto& username : minted_) {
        const auto octets = decoded(username);
        std::vector<std::string> cut;
        for (std::size_t size = 0; size < octets.size(); ++size) {
            cut.push_back(encoded(std::string_view(octets).substr(0, size)));
        }
        for (std::size_t size = 0; size < username.size(); ++size) {
            cut.push_back(username.substr(0, size));
        }
        EXPECT_EQ(reasons(cut), std::vector<std::uint64_t>(cut.size(), malformed));
    }
}

TEST_F(BadCredential, AfterAllThatTheGoodOnesAreGood) {
    EXPECT_EQ(reasons({"", minted_[0], "x", minted_[1]}),
              (std::vector<std::uint64_t>{malformed, good, malformed, good}));
    const auto last = server_.stop();
    EXPECT_NE((last + " ").find(" validated=2 "), std::string::npos) << last;
    EXPECT_NE((last + " ").find(" validate_refused_malformed=2 "), std::string::npos) << last;
}

}  // namespace
}  // namespace relayauth::lab
