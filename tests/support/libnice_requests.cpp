#include "libnice_requests.hpp"

#include <gtest/gtest.h>

#include <stun/stunagent.h>
#include <stun/usages/turn.h>

#include <algorithm>
#include <string_view>

namespace relayauth::lab {
namespace {

using octets = std::vector<std::uint8_t>;

constexpr std::size_t header_size = 20;
constexpr std::size_t largest_request = 1500;
constexpr int any_bandwidth = -1;
constexpr int lifetime_seconds = 600;

void append_be16(octets& to, std::size_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8));
    to.push_back(static_cast<std::uint8_t>(value));
}

void append_attribute(nice_form form, octets& to, unsigned type, std::string_view value) {
    append_be16(to, type);
    append_be16(to, value.size());
    to.insert(to.end(), value.begin(), value.end());
    while (form == nice_form::rfc5389 && to.size() % 4 != 0) to.push_back(0);
}

// conversation is libnice's side: a request, the 401 to it, and the signed request after that.
class conversation {
public:
    conversation(nice_form form, const nice_login& login) : form_(form), login_(login) {
        const bool rfc = form == nice_form::rfc5389;
        const auto flags =
            static_cast<StunAgentUsageFlags>(STUN_AGENT_USAGE_LONG_TERM_CREDENTIALS |
                                             (rfc ? 0 : STUN_AGENT_USAGE_NO_ALIGNED_ATTRIBUTES));
        stun_agent_init(&agent_, rfc ? STUN_ALL_KNOWN_ATTRIBUTES : STUN_MSOC_KNOWN_ATTRIBUTES,
                        rfc ? STUN_COMPATIBILITY_RFC5389 : STUN_COMPATIBILITY_OC2007, flags);
        refused_ = unauthorized(form, allocate(nullptr), login.realm, login.nonce);
        const auto read = stun_agent_validate(&agent_, &refusal_, refused_.data(), refused_.size(),
                                              nullptr, nullptr);
        EXPECT_EQ(read, STUN_VALIDATION_SUCCESS) << "libnice does not understand the 401";
    }

    octets signed_allocate() { return allocate(&refusal_); }

    octets signed_refresh() {
        octets out(largest_request);
        StunMessage message;
        out.resize(stun_usage_turn_create_refresh(
            &agent_, &message, out.data(), out.size(), &refusal_, lifetime_seconds,
            data_of(login_.username), login_.username.size(), data_of(login_.password),
            login_.password.size(), compatibility()));
        EXPECT_GT(out.size(), header_size) << "libnice wrote no Refresh";
        return out;
    }

private:
    octets allocate(StunMessage* answered) {
        octets out(largest_request);
        StunMessage message;
        out.resize(stun_usage_turn_create(&agent_, &message, out.data(), out.size(), answered,
                                          STUN_USAGE_TURN_REQUEST_PORT_NORMAL, any_bandwidth,
                                          lifetime_seconds, data_of(login_.username),
                                          login_.username.size(), data_of(login_.password),
                                          login_.password.size(), compatibility()));
        EXPECT_GT(out.size(), header_size) << "libnice wrote no Allocate";
        return out;
    }

    StunUsageTurnCompatibility compatibility() const {
        return form_ == nice_form::rfc5389 ? STUN_USAGE_TURN_COMPATIBILITY_RFC5766
                                           : STUN_USAGE_TURN_COMPATIBILITY_OC2007;
    }

    static std::uint8_t* data_of(std::string& text) {
        return reinterpret_cast<std::uint8_t*>(text.data());
    }

    nice_form form_;
    nice_login login_;
    StunAgent agent_{};
    octets refused_;  // what refusal_ points into
    StunMessage refusal_{};
};

}  // namespace

std::vector<std::uint8_t> unauthorized(nice_form form, const std::vector<std::uint8_t>& request,
                                       const std::string& realm, const std::string& nonce) {
    const bool rfc = form == nice_form::rfc5389;
    octets out;
    append_be16(out, 0x0113);  // Allocate Error Response
    append_be16(out, 0);
    out.insert(out.end(), request.begin() + 4, request.begin() + header_size);
    append_attribute(form, out, 0x0009, std::string_view("\0\0\4\1Unauthorized", 16));
    append_attribute(form, out, rfc ? 0x0014 : 0x0015, realm);
    append_attribute(form, out, rfc ? 0x0015 : 0x0014, nonce);
    const auto length = out.size() - header_size;
    out[2] = static_cast<std::uint8_t>(length >> 8);
    out[3] = static_cast<std::uint8_t>(length);
    return out;
}

std::vector<std::uint8_t> libnice_allocate(nice_form form, const nice_login& login) {
    return conversation(form, login).signed_allocate();
}

std::vector<std::uint8_t> libnice_refresh(nice_form form, const nice_login& login) {
    return conversation(form, login).signed_refresh();
}

}  // namespace relayauth::lab
