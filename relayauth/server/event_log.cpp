#include "relayauth/server/event_log.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/net/clock.hpp"
#include "relayauth/net/limits.hpp"
#include "relayauth/session/peer_clock.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

#include <algorithm>

namespace relayauth::server {
namespace {

using net::transport_event;
using session::event;

constexpr std::uint32_t ticks_a_second =
    static_cast<std::uint32_t>(std::chrono::seconds(1) / net::sweep_interval);

// Four octets of a 20-octet keyed hash: enough to follow one user through a log, no more.
constexpr std::size_t shown_hash_octets = 4;
std::string identity_hash(const token::client_id& client) {
    return to_hex(bytes_view(client).first(shown_hash_octets));
}

std::string peer_text(const session::peer& who) {
    const bool ipv6 = who.address.find(':') != std::string::npos;
    return (ipv6 ? "[" + who.address + "]" : who.address) + ":" + std::to_string(who.port);
}

// prefix_text is `192.0.2.0/24` or `2001:db8::/64`, as rate_limit cut it.
std::string prefix_text(const session::ip_octets& prefix) {
    const boost::asio::ip::address_v6 address(prefix);
    if (!address.is_v4_mapped()) return address.to_string() + "/64";
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address).to_string() +
           "/24";
}

// What a limit counts lines under: the kind, and the reason within it.
std::uint32_t code_of(event::kind what, std::size_t reason) {
    return static_cast<std::uint32_t>(static_cast<std::size_t>(what) * 64 + reason);
}
constexpr std::uint32_t transport_code = 4096;

std::string_view name_of(std::uint32_t code) {
    if (code >= transport_code)
        return net::to_text(static_cast<transport_event::kind>(code - transport_code));
    return session::to_text(static_cast<event::kind>(code / 64));
}

std::string_view reason_of(std::uint32_t code) {
    const auto index = code % 64;
    if (code >= transport_code || index == refusals) return {};
    return credential::to_text(static_cast<credential::refusal>(index));
}

std::size_t reason_index(const event& happened) {
    return happened.reason ? static_cast<std::size_t>(*happened.reason) : refusals;
}

bool is_issue(event::kind what) {
    return what == event::kind::issued || what == event::kind::issue_refused;
}
bool is_validation(event::kind what) {
    return what == event::kind::validated || what == event::kind::validate_refused;
}

constexpr std::size_t longest_realm = 127;  // characters, RFC 8489 14.9; here octets will do

bool is_routine(transport_event::kind what) {
    return what == transport_event::kind::accepted || what == transport_event::kind::closed ||
           what == transport_event::kind::tls_established ||
           what == transport_event::kind::idle_timeout;
}

void add_verdict(log_line& line, const credential::verdict& decided) {
    if (!decided.key_id().empty()) line.field("key", decided.key_id());
    line.field("server_time", utc_text(decided.server_time));
    if (const auto issued = decided.issued_at()) line.field("issued_at", utc_text(*issued));
    if (const auto expires = decided.expires_at()) line.field("expires_at", utc_text(*expires));
    if (const auto offset = decided.offset()) line.field("offset", signed_duration_text(*offset));
    if (decided.client) line.field("identity_hash", identity_hash(*decided.client));
}

void add_credential(log_line& line, const session::issued_facts& minted) {
    line.field("key", minted.key_id);
    line.field("identity_hash", identity_hash(minted.client));
    if (minted.version) {
        line.field("token_version", std::uint64_t{static_cast<std::uint8_t>(*minted.version)});
    } else {
        line.field("dialect", credential::to_text(credential::dialect::turn_rest));
    }
    line.field("minutes", static_cast<std::uint64_t>(minted.granted.count()));
    line.field("expires_at", utc_text(minted.expires_at));
}

void add_clocks(log_line& line, const event& happened) {
    line.field("server_time", utc_text(happened.server_time));
    line.field("peer_time", utc_text(happened.peer_time));
    line.field("offset", session::peer_offset_text(*happened.offset));
}

}  // namespace

event_log::event_log(log& output, std::size_t workers, ticks clock_tolerance, skewed_peers& skewed)
    : log_(output),
      limit_(workers),
      users_limit_(one_relay),
      clock_tolerance_(clock_tolerance),
      skewed_(skewed) {
    counts_.alive.beat(net::system_clock(ticks{0}).mono());
}

void event_log::on_event(const session::peer& who, const event& happened) {
    const auto reason = reason_index(happened);
    counts_.count(happened);
    if (happened.what == event::kind::peer_clock) return on_peer_clock(who, happened);
    issues_ += is_issue(happened.what);
    validations_ += is_validation(happened.what);
    if (admit(who, happened, code_of(happened.what, reason))) write_event(who, happened);
}

// One user who keeps trying must not hide why others were refused.
bool event_log::admit(const session::peer& who, const event& happened, std::uint32_t code) {
    const bool has_user = happened.door == session::door::redis && happened.verdict != nullptr &&
                          happened.verdict->client.has_value();
    if (!has_user) return limit_.admit(code, who.octets);
    session::ip_octets user{};  // rate_limit tells the first 8 octets apart
    std::copy_n(happened.verdict->client->begin(), 8, user.begin());
    return users_limit_.admit(code, user);
}

// One line for each peer and hour: a Front End whose clock is wrong stays wrong for a while.
void event_log::on_peer_clock(const session::peer& who, const event& happened) {
    if (!session::is_beyond(*happened.offset, clock_tolerance_)) return;
    const mono_time now(std::chrono::steady_clock::now().time_since_epoch());
    // Asked first: a peer that tells another time with each request costs others no lock.
    auto& lately = named_lately_[who.octets.back() % named_lately_.size()];
    if (lately.first == who.octets && now < lately.second) return;
    if (skewed_.is_due(who.octets, now)) {
        if (!limit_.admit(code_of(happened.what, refusals), who.octets)) return;
        skewed_.name(who.octets, now);
        write_peer_clock(who, happened);
    }
    lately = {who.octets, now + std::chrono::minutes(1)};
}

void event_log::write_peer_clock(const session::peer& who, const event& happened) {
    auto line = log_.line(session::to_text(happened.what));
    line.field("peer", peer_text(who)).field("door", session::to_text(happened.door));
    add_clocks(line, happened);
    log_.write(log_level::warning, line.words(session::peer_offset_words(*happened.offset) +
                                              ": one of the two is wrong; `relayauth doctor` "
                                              "measures, from a machine whose clock is right"));
}

void event_log::write_event(const session::peer& who, const event& happened) {
    auto line = log_.line(session::to_text(happened.what));
    line.field("peer", peer_text(who)).field("door", session::to_text(happened.door));
    if (happened.status != 0) line.field("status", static_cast<std::uint64_t>(happened.status));
    if (happened.reason) line.field("reason", credential::to_text(*happened.reason));
    if (!happened.realm.empty()) line.field("realm", happened.realm.substr(0, longest_realm));
    if (happened.verdict != nullptr) add_verdict(line, *happened.verdict);
    if (happened.credential != nullptr) add_credential(line, *happened.credential);
    if (happened.offset) {  // a peer whose clock is wrong; an answer tells our own beside its words
        add_clocks(line, happened);
        line.words(std::string(happened.detail) + "; server clock " +
                   utc_text(happened.server_time));
    } else {
        line.words(happened.detail);
    }
    // A refused client is not a server error.
    log_.write(
        happened.reason == credential::refusal::internal ? log_level::error : log_level::info,
        line);
}

void event_log::on_transport(const session::peer& who, const transport_event& happened) {
    counts_.transport[static_cast<std::size_t>(happened.what)].add();
    if (is_routine(happened.what)) return;
    if (!limit_.admit(transport_code + static_cast<std::uint32_t>(happened.what), who.octets))
        return;
    auto line = log_.line(net::to_text(happened.what));
    if (!who.address.empty()) line.field("peer", peer_text(who));
    log_.write(log_level::warning, line.words(happened.detail));
}

void event_log::on_spoilt_answer() {
    before_spoilt_ = {issues_, validations_};
}

void event_log::on_spoilt_answer_end(bool goes_out) {
    if (goes_out) return;
    held_back_ = {issues_ - before_spoilt_.issues, validations_ - before_spoilt_.validations};
    issues_ = before_spoilt_.issues;
    validations_ = before_spoilt_.validations;
}

void event_log::on_served(std::chrono::nanoseconds since_read) {
    on_served_late({issues_, validations_}, since_read);
    issues_ = validations_ = 0;
}

net::held_back event_log::take_held_back() {
    return std::exchange(held_back_, {});
}

void event_log::on_served_late(const net::held_back& what, std::chrono::nanoseconds since_read) {
    const auto seconds = std::chrono::duration<double>(since_read).count();
    if (what.issues > 0) counts_.issue_latency.add(seconds, what.issues);
    if (what.validations > 0) counts_.validate_latency.add(seconds, what.validations);
}

void event_log::on_tick() {
    counts_.alive.beat(net::system_clock(ticks{0}).mono());
    if (++tick_ % ticks_a_second != 0) return;
    limit_.end_second([this](const auto& each) { write_left_out(each, false); });
    users_limit_.end_second([this](const auto& each) { write_left_out(each, true); });
}

void event_log::write_left_out(const rate_limit::left_out& each, bool of_user) {
    counts_.lines_left_out.add(each.count);
    auto line = log_.line("log_lines_left_out");
    line.field("about", name_of(each.reason));
    if (const auto reason = reason_of(each.reason); !reason.empty()) line.field("reason", reason);
    if (of_user) {
        line.field("door", session::to_text(session::door::redis));
        line.field("identity_hash", to_hex(bytes_view(each.prefix).first(shown_hash_octets)));
    } else {
        line.field("peers", prefix_text(each.prefix));
    }
    log_.write(log_level::info, line.field("count", each.count));
}

}  // namespace relayauth::server
