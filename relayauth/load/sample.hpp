#pragma once

#include "relayauth/base/secret.hpp"
#include "relayauth/load/options.hpp"
#include "relayauth/load/recorder.hpp"
#include "relayauth/load/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::load {

// sampled is one issued credential that the server is asked about at the end.
struct sampled {
    std::string username;
    secret password;
    std::uint32_t identity = 0;
    moment good_until{0};  // by its duration
};

// sample keeps a share of the issued credentials, chosen by seed and index alone, and never more
// than a bound: then each of them has the same chance to stay. One thread.
class sample {
public:
    sample(const options& chosen, std::size_t most);

    void offer(const flight& done, const answer& got, moment now);
    std::vector<sampled> take() { return std::move(kept_); }

private:
    std::uint64_t seed_;
    std::uint64_t below_;  // of 2^53
    std::size_t most_;
    std::uint64_t chosen_ = 0;
    std::vector<sampled> kept_;
};

// validate_sample asks the server over rpc, on a connection of its own, whether the credentials are
// good for whom they were issued. Those whose time is up by `now` are left out.
sample_check validate_sample(const options& chosen, const std::vector<sampled>& all, moment now);

}  // namespace relayauth::load
