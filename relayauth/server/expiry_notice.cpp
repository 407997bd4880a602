#include "relayauth/server/expiry_notice.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::server {
namespace {

std::string end_of(const watched_certificate& each, wall_time now) {
    const auto text = "the certificate of key " + each.key_id;
    return now < each.not_after ? text + " expires in " + duration_text(each.not_after - now)
                                : text + " expired " + duration_text(now - each.not_after) + " ago";
}

// A certificate that expires while serving keeps minting: cutting calls would help nobody.
std::string what_follows(const watched_certificate& each, bool allow_expired, wall_time now) {
    if (each.only_verifies) {
        return now < each.not_after
                   ? ": what it minted is refused as unknown_key from then on; renew it with the "
                     "same key if that is too soon"
                   : ": what it minted is refused as unknown_key; take it out of --certificate";
    }
    const std::string words = ": renew it with the same key, and all credentials stay valid";
    return allow_expired ? words
                         : words + "; once expired, it is refused at the next start and at SIGHUP";
}

}  // namespace

std::vector<watched_certificate> watched(const loaded_keys& keys) {
    std::vector<watched_certificate> all = {{keys.about.key_id, keys.about.not_after, false}};
    if (keys.tls_about) all.push_back({keys.tls_about->key_id, keys.tls_about->not_after, false});
    for (const auto& each : keys.verifying) all.push_back({each.key_id, each.not_after, true});
    return all;
}

std::vector<std::string> expiry_notices(std::span<const watched_certificate> certificates,
                                        bool allow_expired, wall_time now) {
    std::vector<std::string> lines;
    for (const auto& each : certificates) {
        if (now + expiry_notice_period < each.not_after) continue;
        lines.push_back(end_of(each, now) + what_follows(each, allow_expired, now));
    }
    return lines;
}

}  // namespace relayauth::server
