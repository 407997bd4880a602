#include "relayauth/doctor/turn_request.hpp"

#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/stun/wire_constants.hpp"

namespace relayauth::doctor {
namespace {

namespace attribute = stun::attribute;
namespace message_type = stun::message_type;
using stun::request_writer;

// RFC 8656 18.7: the protocol number of UDP, and three octets reserved.
constexpr std::uint32_t udp_transport = 17u << 24;

std::vector<std::uint8_t> octets_of(const request_writer& written) {
    return {written.octets().begin(), written.octets().end()};
}

void sign(request_writer& into, const turn_login& login) {
    into.add(attribute::username, as_bytes(login.username));
    into.add(attribute::realm, as_bytes(login.realm));
    into.add(attribute::nonce, as_bytes(login.nonce));
    const credential::long_term_key key(as_bytes(login.username), login.realm,
                                        as_bytes(login.password), stun::digest::md5);
    into.sign(key.reveal());
}

}  // namespace

std::vector<std::uint8_t> allocate_request(const stun::transaction_id& id,
                                           const turn_login* login) {
    request_writer written(message_type::allocate, id);
    written.add(attribute::requested_transport, udp_transport);
    if (login != nullptr) sign(written, *login);
    return octets_of(written);
}

std::vector<std::uint8_t> permission_request(const stun::transaction_id& id,
                                             const turn_login& login, const stun::address& peer) {
    request_writer written(message_type::create_permission, id);
    written.add(attribute::xor_peer_address, bytes_view(stun::xor_address(peer, id)));
    sign(written, login);
    return octets_of(written);
}

std::vector<std::uint8_t> release_request(const stun::transaction_id& id, const turn_login& login) {
    request_writer written(message_type::refresh, id);
    written.add(attribute::lifetime, std::uint32_t{0});
    sign(written, login);
    return octets_of(written);
}

std::vector<std::uint8_t> send_indication(const stun::transaction_id& id, const stun::address& peer,
                                          bytes_view payload) {
    request_writer written(message_type::send_indication, id);
    written.add(attribute::xor_peer_address, bytes_view(stun::xor_address(peer, id)));
    written.add(attribute::data, payload);
    return octets_of(written);
}

}  // namespace relayauth::doctor
