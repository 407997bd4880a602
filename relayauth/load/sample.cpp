#include "relayauth/load/sample.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/client/rpc_client.hpp"
#include "relayauth/load/schedule.hpp"

#include <algorithm>
#include <variant>

namespace relayauth::load {
namespace {

// The sample has random numbers of its own, else it would follow the identities.
constexpr std::uint64_t sample_stream = 0x73616D706C65;
constexpr std::size_t batch = 500;
// A credential that ends while it is asked about is no fault.
constexpr std::chrono::seconds before_its_end{10};

using credentials = std::vector<const sampled*>;

void count(sample_check& into, const rpc::received_verdict& verdict) {
    ++into.validated;
    const auto* refused = std::get_if<rpc::received_refusal>(&verdict);
    if (refused == nullptr) return;
    ++into.refused_by[std::string(refused->why ? rpc::to_text(*refused->why) : "unknown reason")];
}

// ask_batch puts what the server says into `into`; false if it says nothing useful.
bool ask_batch(client::rpc_client& caller, std::span<const sampled* const> some,
               sample_check& into) {
    std::vector<std::string> identities;
    identities.reserve(some.size());
    std::vector<rpc::validate_item> items;
    for (const auto* each : some) {
        auto& item = items.emplace_back();
        item.username = each->username;
        item.password = as_text(each->password.reveal());
        item.identity = identities.emplace_back(identity_text(each->identity));
    }
    const auto got = caller.validate(items);
    if (!got) {
        into.problem = got.error().text;
        return false;
    }
    if (const auto* refused = std::get_if<rpc::received_refusal>(&got->reply.result)) {
        into.problem = "the server refuses to validate: " + refused->words;
        return false;
    }
    for (const auto& each : std::get<rpc::received_verdicts>(got->reply.result)) count(into, each);
    return true;
}

}  // namespace

sample::sample(const options& chosen, std::size_t most)
    : seed_(chosen.seed ^ sample_stream),
      below_(static_cast<std::uint64_t>(chosen.sample_percent / 100 * 0x1p53)),
      most_(most) {}

void sample::offer(const flight& done, const answer& got, moment now) {
    const auto draw = random_of(seed_, done.what.index);
    if (draw >> 11 >= below_ || got.to != call::issue) return;
    if (got.username.empty() || got.password.empty()) return;  // not shown: see body_check
    ++chosen_;
    auto* place = kept_.size() < most_ ? &kept_.emplace_back() : nullptr;
    if (place == nullptr) {  // reservoir sampling (Vitter's algorithm R)
        const auto at = random_of(seed_ + 1, done.what.index) % chosen_;
        if (at >= kept_.size()) return;
        place = &kept_[at];
    }
    place->username = got.username;
    place->password = secret(as_bytes(got.password));
    place->identity = done.what.identity;
    // A server may say anything; no run is that long.
    const std::chrono::minutes granted(got.duration_minutes);
    place->good_until = now + std::min<std::chrono::minutes>(granted, 2 * max_duration);
}

sample_check validate_sample(const options& chosen, const std::vector<sampled>& all, moment now) {
    sample_check found;
    credentials asked;
    for (const auto& each : all) {
        if (each.good_until > now + before_its_end) asked.push_back(&each);
    }
    if (asked.empty()) {
        if (!all.empty()) found.problem = "all of it had expired by the end of the run";
        return found;
    }
    auto link = client::transport::connect(chosen.server);
    if (!link) {
        found.problem = link.error().text;
        return found;
    }
    client::rpc_client caller(*link);
    for (std::span<const sampled* const> rest(asked); !rest.empty();) {
        const auto some = rest.first(std::min(batch, rest.size()));
        if (!ask_batch(caller, some, found)) break;
        rest = rest.subspan(some.size());
    }
    return found;
}

}  // namespace relayauth::load
