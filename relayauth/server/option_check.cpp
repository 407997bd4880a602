#include "relayauth/server/option_table.hpp"

namespace relayauth::server {

std::optional<std::string> check(const options& chosen) {
    if (chosen.certificates.empty()) {
        return "no certificate: give --certificate FILE (any subject will do; `relayauth "
               "certificate create` makes one)";
    }
    if (chosen.keys.size() > chosen.certificates.size()) {
        return "--key more often than --certificate: the nth key belongs to the nth certificate";
    }
    if (!chosen.redis_password_file.empty() && !chosen.redis_listen) {
        return "--redis-password-file without --redis-listen: give both";
    }
    if ((chosen.max_bps || chosen.user_quota || chosen.total_quota) && !chosen.redis_listen) {
        return "--max-bps, --user-quota and --total-quota are told to coturn at --redis-listen: "
               "give "
               "that as well";
    }
    if (!chosen.tls_key.empty() && chosen.tls_certificate.empty()) {
        return "--tls-key without --tls-certificate: give both";
    }
    if (!chosen.client_names.empty() && chosen.client_ca.empty()) {
        return "--client-name needs --client-ca: without it no client shows a certificate";
    }
    if (chosen.accept_lifetime && *chosen.accept_lifetime < chosen.max_lifetime) {
        return "--accept-lifetime is shorter than --max-lifetime: the server would refuse its own "
               "longest "
               "version 1 credentials";
    }
    if (chosen.messages.max_header_bytes > chosen.messages.max_message_bytes) {
        return "--max-header-block is larger than --max-message";
    }
    return std::nullopt;
}

}  // namespace relayauth::server
