#include "relayauth/server/option_table.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace relayauth::server {
namespace {

// A name other than localhost may mean anything: it counts as not loopback.
bool is_loopback_host(const net::host_port& where) {
    if (where.host == "localhost") return true;
    boost::system::error_code no_address;
    return boost::asio::ip::make_address(where.host, no_address).is_loopback() && !no_address;
}

bool serves_plain_text_beyond_loopback(const options& chosen) {
    if (chosen.redis_listen && !is_loopback_host(*chosen.redis_listen)) return true;
    if (chosen.plaintext != session::plaintext_rule::always) return false;
    return chosen.listen.empty() ||
           !std::all_of(chosen.listen.begin(), chosen.listen.end(), is_loopback_host);
}

}  // namespace

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
    if (chosen.unsynchronised_grace && chosen.clock_guard != net::guard_mode::hold) {
        return "--unsynchronised-grace without --clock-guard hold: only that holds";
    }
    if (chosen.lab && serves_plain_text_beyond_loopback(chosen)) {
        return "--lab beside a plain text listener that is not on loopback: a server that is wrong "
               "on purpose does not serve others in plain text; leave out --plaintext always, or "
               "listen on 127.0.0.1 (--redis-listen as well)";
    }
    if (chosen.messages.max_header_bytes > chosen.messages.max_message_bytes) {
        return "--max-header-block is larger than --max-message";
    }
    return std::nullopt;
}

}  // namespace relayauth::server
