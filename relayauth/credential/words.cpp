#include "relayauth/credential/words.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::credential {
namespace {

std::string good_words(const verdict& decided) {
    // From its expiry on, only the grace setting keeps a credential good, or a live session.
    if (const auto late = decided.server_time - *decided.expires_at(); late >= ticks{0}) {
        const auto by = decided.detail.empty() ? "good only by the expiry grace" : decided.detail;
        return std::string(by) + ": " + duration_text(late) + " after expiry (" +
               utc_text(*decided.expires_at()) + ")";
    }
    // Its grace is not promised: it is for clocks that differ.
    const auto until = *decided.closes_at({});
    return "good for another " + duration_text(until - decided.server_time) + " (until " +
           utc_text(until) +
           (until < *decided.expires_at() ? ", when its key stops verifying)" : ")");
}

// Spans saturate: a hostile token may be ages away.
std::string span_text(ticks span) {
    const bool saturated = span == ticks::max() || span == ticks::min();
    return (saturated ? "at least " : "") + duration_text(span);
}

std::string expired_words(const verdict& decided, decider by) {
    const auto late = span_text(decided.server_time - *decided.expires_at()) + " after expiry";
    if (by == decider::asked_time) return late;
    return late + ": an old credential, or this clock is ahead";
}

std::string not_yet_valid_words(const verdict& decided, decider by) {
    const auto offset = *decided.offset();
    auto text = "issued " + span_text(offset) + " in the future of ";
    const auto measured = " (offset " + signed_duration_text(offset) + ")";
    if (by == decider::asked_time) return text + "that time" + measured;
    text += by == decider::server
                ? "this server's clock" + measured + ": this server is behind the mint"
                : "this clock" + measured + ": it is behind the mint";
    text += ", or the mint is ahead";
    if (const auto zone = time_zone_words(offset)) text += "; " + *zone;
    return text;
}

std::string minted_ahead_words(const verdict& decided) {
    const auto bound = decided.server_time + decided.accept_lifetime;
    return "expires at least " + duration_text(*decided.expires_at() - bound) +
           " later than any credential minted by now could (accepted lifetime " +
           duration_text(decided.accept_lifetime) +
           "): a clock ahead, or minted under a longer maximum";
}

std::string reason_words(const verdict& decided, decider by) {
    if (!decided.detail.empty()) return std::string(decided.detail);
    switch (*decided.refused) {
        case refusal::malformed:
            return "this is not a media relay credential, or only a part of one";
        case refusal::unsupported_version:
            return "a token version that this server does not know";
        case refusal::unknown_key:
            return by == decider::server ? "signed by none of this server's keys, or altered"
                                         : "signed by none of these keys, or altered";
        case refusal::expired:
            return expired_words(decided, by);
        case refusal::not_yet_valid:
            return not_yet_valid_words(decided, by);
        case refusal::minted_ahead:
            return minted_ahead_words(decided);
        case refusal::wrong_password:
            return "the username is good, the password is not its own";
        case refusal::wrong_realm:
            return "this server does not answer for that realm (see --realm)";
        case refusal::wrong_identity:
            return "minted for another identity";
        case refusal::forbidden:
            return "this peer may not ask";
        case refusal::too_large:
            return "the request is larger than this server takes";
        case refusal::busy:
            return "the server is at a limit or shutting down: try again";
        case refusal::internal:
            return "the server could not do its work: its log says why";
    }
    return {};
}

bool decided_by_time(refusal reason) {
    return reason == refusal::expired || reason == refusal::not_yet_valid ||
           reason == refusal::minted_ahead;
}

std::string_view clock_name(decider by) {
    if (by == decider::server) return "server clock ";
    return by == decider::asked_time ? "at that time " : "clock ";
}

}  // namespace

std::string words(const verdict& decided, ticks clock_offset, decider by) {
    auto text = decided.good() ? good_words(decided) : reason_words(decided, by);
    if (decided.refused && decided_by_time(*decided.refused)) {
        text += "; " + std::string(clock_name(by)) + utc_text(decided.server_time) + ", token ";
        if (const auto issued = decided.issued_at())
            text += "issued " + utc_text(*issued) + " and ";
        text += "expires " + utc_text(*decided.expires_at());
    }
    if (clock_offset != ticks{0} && by == decider::server) {
        text += "; this server's clock is moved on purpose by " +
                signed_duration_text(clock_offset) + " (--clock-offset or lab)";
    }
    return text;
}

}  // namespace relayauth::credential
