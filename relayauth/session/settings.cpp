#include "relayauth/session/settings.hpp"

#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {

settings::settings(std::span<const mras::media_relay> configured, std::vector<std::string> realms)
    : relays(configured.begin(), configured.end()), relay_directory(relays) {
    validate.realms = std::move(realms);
    realm_views.assign(validate.realms.begin(), validate.realms.end());
    for (const auto& each : relays) {
        relay_views.push_back({location_of(each.where), each.host, each.udp_port, each.tcp_port});
    }
}

}  // namespace relayauth::session
