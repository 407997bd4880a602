#include "relayauth/server/snapshot.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

namespace relayauth::server {
namespace {

std::string own_host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
    return name.data();
}

std::vector<mras::media_relay> relays_of(const options& chosen) {
    if (!chosen.relays.empty()) return chosen.relays;
    mras::media_relay own;
    own.host = own_host_name();
    own.where = mras::location::intranet;
    auto outside = own;
    outside.where = mras::location::internet;
    return {own, outside};
}

}  // namespace

std::string product_name() {
    return "relayauth/" + product_version();
}

std::string product_version() {
    return RELAYAUTH_VERSION;
}

std::shared_ptr<const session::settings> make_snapshot(const options& chosen, loaded_keys& keys) {
    auto made = std::make_shared<session::settings>(relays_of(chosen), chosen.realms);
    made->keys = std::move(keys.ring);
    made->not_after = keys.not_after;
    made->issue.max_lifetime = chosen.max_lifetime;
    auto& time = made->validate.time;
    time.tolerance = chosen.clock_tolerance;
    time.expiry_grace = chosen.expiry_grace;
    time.accept_lifetime = chosen.accept_lifetime.value_or(
        std::max(chosen.max_lifetime, credential::default_max_lifetime));
    made->access.client_certificate_required = !chosen.client_ca.empty();
    made->access.allowed = chosen.allow;
    made->access.client_names = chosen.client_names;
    made->access.plaintext = chosen.plaintext;
    made->redis.password = std::move(keys.redis_password);
    made->redis.max_bps = chosen.max_bps;
    made->redis.user_quota = chosen.user_quota;
    made->redis.total_quota = chosen.total_quota;
    made->clock_offset = chosen.clock_offset;
    made->refuse_skewed_peers = chosen.refuse_skewed_peers;
    made->product = product_name();
    made->sip_limits = chosen.messages;
    made->max_frame_bytes = chosen.messages.max_message_bytes;
    made->max_pending_output = chosen.max_pending_output;
    return made;
}

}  // namespace relayauth::server
