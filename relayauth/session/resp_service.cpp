#include "relayauth/session/resp_service.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/credential/words.hpp"
#include "relayauth/crypto/constant_time.hpp"
#include "relayauth/resp/name.hpp"
#include "relayauth/resp/reply.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace relayauth::session {
namespace {

using credential::refusal;

// answering is the one command at hand and where its reply goes.
struct answering {
    context& ctx;
    const peer& who;
    resp_client& client;
    std::span<const bytes_view> arguments;
    wall_time now;
    std::string& out;

    const settings& in_force() const { return ctx.now_in_force(); }
    bool password_needed() const { return in_force().redis.password.has_value(); }
    void report(event::kind what, refusal reason, std::string_view words) const {
        event happened(what, door::redis);
        happened.reason = reason;
        happened.detail = words;
        ctx.report(who, happened);
    }
};

void ping(const answering& at) {
    if (at.arguments.size() == 1) return resp::append_simple(at.out, "PONG");
    resp::append_bulk(at.out, as_text(at.arguments[1]));
}

// `AUTH PASSWORD`, or `AUTH default PASSWORD`: redis-server's only user without a list of them.
void authenticate(const answering& at) {
    if (!at.password_needed()) {
        return resp::append_error(at.out,
                                  "ERR AUTH called, but this server has no "
                                  "--redis-password-file: leave the password out");
    }
    const bool named_user = at.arguments.size() == 3;
    const bool right =
        crypto::constant_time_equal(at.arguments.back(), at.in_force().redis.password->reveal()) &&
        (!named_user || as_text(at.arguments[1]) == "default");
    if (right) {
        at.client.authenticated = true;
        return resp::append_simple(at.out, "OK");
    }
    ++at.client.wrong_passwords;
    at.report(event::kind::request_refused, refusal::forbidden,
              "AUTH with another password than that of --redis-password-file");
    resp::append_error(at.out, "WRONGPASS invalid username-password pair or user is disabled.");
}

void select(const answering& at) {
    const auto number = as_text(at.arguments[1]);
    const bool is_number = !number.empty() && number.size() <= 9 &&
                           std::all_of(number.begin(), number.end(), ascii::is_digit);
    if (is_number) return resp::append_simple(at.out, "OK");
    resp::append_error(at.out, "ERR value is not an integer or out of range");
}

void nothing_found(const answering& at) {
    resp::append_empty_array(at.out);
}

void append_hex(std::string& out, bytes_view key) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<char, 64> text;
    std::size_t size = 0;
    for (const auto octet : key) {
        text[size++] = digits[octet >> 4];
        text[size++] = digits[octet & 15];
    }
    resp::append_bulk(out, {text.data(), size});
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

constexpr std::string_view unproven_words =
    "nothing signs a TURN REST name: coturn was given the key that goes with it here, and only the "
    "client's message integrity shows whether it was minted with that";

// A name that cannot be read has no identity; its own keyed hash lets one client be followed.
std::optional<token::client_id> hash_of_name(const keyring::ring& keys, std::string_view name,
                                             wall_time now) {
    const auto* key = keys.minting_key(now);
    if (key == nullptr) return std::nullopt;
    return key->client_id.sign(as_bytes(name));
}

void add_length(std::string& words, std::string_view name) {
    words += "; it has " + std::to_string(name.size()) + " characters, an MRAS username " +
             std::to_string(base64_size(token::max_username_size)) + " or " +
             std::to_string(base64_size(token::v1_blob_size + token::tag_size));
}

// `turn//user/U/key`, `turn/realm//user/U/key`: a coturn that has no realm.
bool lacks_realm(std::string_view key) {
    return key.starts_with("turn/") && key.ends_with("/key") &&
           key.find("/user/") != std::string_view::npos;
}

void get_other(const answering& at, std::string_view key) {
    if (!lacks_realm(key)) return resp::append_nil(at.out);
    at.report(event::kind::request_refused, refusal::wrong_realm,
              "coturn asked for a user's key without a realm: set realm= in its turnserver.conf");
    resp::append_error(at.out, "ERR a user's key without a realm");
}

void get_user_key(const answering& at, const resp::key_name& name) {
    const auto& in_force = at.in_force();
    const auto [realm, user] = resp::split_user_key(name, in_force.validate.realms);
    credential::validate_request request;
    request.username = user;
    request.realm = realm;
    request.proof_follows = true;  // coturn checks the message integrity with the key
    auto decided = credential::validate(request, in_force.keys, in_force.validate, at.now);
    const auto key = credential::long_term_key_of(decided, user, realm, stun::digest::md5,
                                                  credential::spelling::text);
    event happened(key ? event::kind::validated : event::kind::validate_refused, door::redis);
    happened.verdict = &decided;
    if (key) {
        append_hex(at.out, key->reveal());
        if (decided.dialect == credential::dialect::turn_rest) happened.detail = unproven_words;
    } else {
        resp::append_nil(at.out);
        happened.reason = decided.refused;
        happened.realm = realm;
        at.ctx.words = credential::words(decided, at.ctx.lab().clock_offset);
        if (decided.refused == refusal::malformed) add_length(at.ctx.words, user);
        happened.detail = at.ctx.words;
        if (!decided.client) decided.client = hash_of_name(in_force.keys, user, at.now);
    }
    at.ctx.report(at.who, happened);
}

void get_number(const answering& at, std::string_view realm,
                const std::optional<std::uint64_t>& n) {
    const auto& realms = at.in_force().validate.realms;
    if (!n || std::find(realms.begin(), realms.end(), realm) == realms.end()) {
        return resp::append_nil(at.out);
    }
    resp::append_bulk(at.out, std::to_string(*n));
}

void get(const answering& at) {
    const auto name = resp::parse_key(at.arguments[1]);
    if (!at.ctx.busy_because.empty()) {
        const bool validates = name.kind == resp::key_kind::user_key;
        at.report(validates ? event::kind::validate_refused : event::kind::request_refused,
                  refusal::busy, at.ctx.busy_because);
        return resp::append_error(at.out, "ERR busy: try again");
    }
    const auto& redis = at.in_force().redis;
    switch (name.kind) {
        case resp::key_kind::user_key:
            return get_user_key(at, name);
        case resp::key_kind::max_bps:
            return get_number(at, name.realm, redis.max_bps);
        case resp::key_kind::user_quota:
            return get_number(at, name.realm, redis.user_quota);
        case resp::key_kind::total_quota:
            return get_number(at, name.realm, redis.total_quota);
        case resp::key_kind::other:
            return get_other(at, as_text(at.arguments[1]));
    }
}

// command is one that is known, and how many words it takes, its own name included.
struct command {
    std::string_view name;
    std::size_t least, most;
    void (*answer)(const answering&);
};

constexpr std::array commands = {
    command{"get", 2, 2, &get},
    command{"ping", 1, 2, &ping},
    command{"auth", 2, 3, &authenticate},
    command{"select", 2, 2, &select},
    command{"keys", 2, 2, &nothing_found},
    command{"smembers", 2, 2, &nothing_found},
    command{"hgetall", 2, 2, &nothing_found},
};

const command* find_command(std::string_view name) {
    for (const auto& each : commands) {
        if (ascii::equal_ignoring_case(each.name, name)) return &each;
    }
    return nullptr;
}

// redis-server closes on these two as well: "cross protocol scripting".
bool is_http(std::string_view name) {
    return ascii::equal_ignoring_case(name, "post") || ascii::equal_ignoring_case(name, "host:");
}

void answer_known(const answering& at) {
    const auto name = at.arguments[0];
    const auto* found = find_command(as_text(name));
    const bool is_auth = found != nullptr && found->answer == &authenticate;
    if (at.password_needed() && !at.client.authenticated && !is_auth) {
        at.report(event::kind::request_refused, refusal::forbidden,
                  at.client.wrong_passwords > 0
                      ? "a command after an AUTH that failed"
                      : "a command before AUTH: give coturn the password of "
                        "--redis-password-file");
        return resp::append_error(at.out, "NOAUTH Authentication required.");
    }
    if (found == nullptr) return resp::append_error(at.out, "ERR unknown command", name);
    const auto count = at.arguments.size();
    if (count < found->least || count > found->most) {
        return resp::append_error(at.out, "ERR wrong number of arguments for",
                                  as_bytes(found->name));
    }
    found->answer(at);
}

}  // namespace

bool answer_command(context& ctx, const peer& who, resp_client& client,
                    std::span<const bytes_view> arguments, wall_time now, std::string& out) {
    const answering at{ctx, who, client, arguments, now, out};
    if (is_http(as_text(arguments[0]))) {
        at.report(event::kind::unknown_protocol, refusal::malformed, "HTTP at --redis-listen");
        return true;
    }
    answer_known(at);
    return !client.authenticated && client.wrong_passwords >= most_wrong_passwords;
}

}  // namespace relayauth::session
