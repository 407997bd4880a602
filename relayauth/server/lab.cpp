#include "relayauth/server/lab.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/crypto/random.hpp"

#include <array>
#include <string>
#include <utility>

namespace relayauth::server {
namespace {

using outcome = admin_reply::outcome;

secret random_secret(std::size_t size) {
    secret made(size);
    if (!crypto::fill_random(made.reveal_for_writing())) return {};
    return made;
}

// A key that no server has, for the realms of this one; null if there are no random numbers.
std::shared_ptr<const keyring::ring> make_other_keys(const std::vector<std::string>& realms) {
    constexpr std::size_t key_octets = 32;
    std::array<std::uint8_t, 4> id{};
    if (!crypto::fill_random(id)) return nullptr;
    keyring::key_secrets secrets{random_secret(key_octets), random_secret(key_octets),
                                 random_secret(key_octets)};
    for (const auto& realm : realms) {
        const auto octets = random_secret(key_octets);
        secrets.turn_rest.push_back({realm, secret(as_bytes(to_hex(octets.reveal())))});
    }
    std::vector<keyring::entry> entries;
    entries.push_back({keyring::signing_key(to_hex(id), secrets)});
    return std::make_shared<const keyring::ring>(std::move(entries));
}

}  // namespace

lab::lab(const options& chosen, net::movable_clock& clock, log& output, publisher publish)
    : on_(chosen.lab),
      first_offset_(chosen.clock_offset),
      max_lifetime_(chosen.max_lifetime),
      clock_(clock),
      log_(output),
      publish_(std::move(publish)),
      published_offset_(chosen.clock_offset) {
    if (on_) other_keys_ = make_other_keys(chosen.realms);
}

void lab::begin() {
    if (on_) publish();
}

admin_reply lab::reply(outcome what, std::string words) const {
    const auto rules = rules_.all();
    return {what,
            std::move(words),
            on_,
            clock_.wall(),
            clock_.offset(),
            clock_.drift_ppm(),
            {rules.begin(), rules.end()}};
}

admin_reply lab::done(std::string words) const {
    return reply(outcome::done, std::move(words));
}

admin_reply lab::obey(const admin_command& what) {
    if (!on_)
        return reply(outcome::refused,
                     "this server runs without --lab: start it with that to make it wrong");
    if (const auto* move = std::get_if<move_clock>(&what)) return carry_out(*move);
    if (const auto* reset = std::get_if<reset_clock>(&what)) return carry_out(*reset);
    if (const auto* add = std::get_if<add_rule>(&what)) return carry_out(*add);
    if (const auto* remove = std::get_if<remove_rule>(&what)) return carry_out(*remove);
    if (const auto* clear = std::get_if<clear_rules>(&what)) return carry_out(*clear);
    return done("");
}

admin_reply lab::carry_out(const move_clock& what) {
    clock_.move(what.offset.value_or(clock_.offset()), what.drift_ppm.value_or(clock_.drift_ppm()));
    return clock_moved();
}

admin_reply lab::carry_out(const reset_clock&) {
    clock_.move(first_offset_, 0);
    return clock_moved();
}

admin_reply lab::clock_moved() {
    publish();
    auto line = log_.line("lab_clock");
    line.field("server_time", utc_text(clock_.wall()))
        .field("clock_offset",
               published_offset_ == ticks{0} ? "0 s" : signed_duration_text(published_offset_));
    if (clock_.drift_ppm() != 0) line.field("drift", std::to_string(clock_.drift_ppm()) + " ppm");
    const bool wrong = published_offset_ != ticks{0} || clock_.drift_ppm() != 0;
    const std::string words =
        wrong ? "this clock is wrong on purpose (lab)" : "this clock is the machine's again (lab)";
    log_.write(log_level::warning, line.words(words));
    return done(words);
}

admin_reply lab::carry_out(const add_rule& what) {
    if (other_keys_ == nullptr) return reply(outcome::refused, "OpenSSL has no random numbers");
    if (what.rule.what == session::lie::lifetime && what.rule.time > max_lifetime_) {
        return reply(outcome::refused, "no credential of this server lives for longer than " +
                                           duration_text(max_lifetime_) + " (--max-lifetime)");
    }
    if (!rules_.add(what.rule)) {
        return reply(outcome::refused, "there are " + std::to_string(session::most_lab_rules) +
                                           " rules: remove some first");
    }
    return rules_changed(what.rule.words);
}

admin_reply lab::carry_out(const remove_rule& what) {
    if (!rules_.remove(what.identity)) {
        return reply(outcome::refused, "no rule has that very pattern: see `relayauth lab list`");
    }
    return rules_changed("a lab rule was removed");
}

admin_reply lab::carry_out(const clear_rules&) {
    rules_ = {};
    return rules_changed("all lab rules were removed");
}

// The log does not name identities: a pattern may be one.
admin_reply lab::rules_changed(std::string words) {
    publish();
    auto line = log_.line("lab_rules");
    line.field("rules", std::uint64_t{rules_.all().size()});
    log_.write(log_level::warning, line.words(words));
    return done(std::move(words));
}

void lab::on_tick() {
    const auto off = clock_.offset() - published_offset_;
    if (off >= std::chrono::seconds(1) || off <= -std::chrono::seconds(1)) publish();
}

void lab::publish() {
    published_offset_ = clock_.offset();
    publish_(std::make_shared<const session::lab_settings>(
        session::lab_settings{published_offset_, on_, rules_, other_keys_}));
}

}  // namespace relayauth::server
