#include "relayauth/net/clock_guard.hpp"

#include "relayauth/base/time_text.hpp"

#include <utility>

namespace relayauth::net {
namespace {

constexpr ticks magnitude(ticks d) {
    return d < ticks{0} ? -d : d;
}

std::string with_zone(std::string text, ticks by) {
    if (const auto zone = time_zone_words(by)) text += "; " + *zone;
    return text;
}

std::string as_text(std::chrono::nanoseconds span) {
    return duration_text(std::chrono::duration_cast<ticks>(span));
}

// What is wrong with the clock.
std::string cause(hold_reason why, ticks off, std::chrono::nanoseconds unsynchronised_for) {
    const auto from = signed_duration_text(off) + " off from where it was";
    switch (why) {
        case hold_reason::none:
            break;
        case hold_reason::stepped:
            return with_zone("it was set, and is " + from, off);
        case hold_reason::drifted:
            return std::string(off > ticks{0} ? "it runs fast" : "it runs slow") + ", and is " +
                   from;
        case hold_reason::unsynchronised:
            return "it may be right, but for " + as_text(unsynchronised_for) +
                   " the kernel has said that nothing synchronises it";
    }
    return {};
}

std::string_view way_out(hold_reason why) {
    return why == hold_reason::unsynchronised
               ? "until a time service (chrony, systemd-timesyncd) does, or `relayauth clock "
                 "accept`"
               : "until it is back, or `relayauth clock accept`";
}

std::string released_words(const guard_event& happened) {
    if (happened.reason == hold_reason::unsynchronised)
        return "the kernel no longer says that nothing synchronises this server's clock: serving";
    if (magnitude(happened.off) < least_step)
        return "this server's clock is back where it was: serving";
    return "this server's clock is within the tolerance again, " +
           signed_duration_text(happened.off) + " off from where it was: serving";
}

std::string stepped_words(const guard_event& happened, const guard_settings& settings) {
    auto text = "this server's clock was set " + duration_text(happened.by) +
                (happened.by > ticks{0} ? " ahead" : " back");
    if (magnitude(happened.off) < least_step) return text + "; it is back where it was";
    text = with_zone(text, happened.by);
    if (magnitude(happened.off) <= settings.tolerance) return text + "; within the tolerance";
    return text + (happened.off > ticks{0}
                       ? ": if it was right before, credentials minted now are from the future for "
                         "everybody else, and good ones look expired here"
                       : ": if it was right before, credentials minted now end early for everybody "
                         "else, and good ones look not yet valid here");
}

}  // namespace

std::string_view to_text(guard_event::kind what) {
    switch (what) {
        case guard_event::kind::stepped:
            return "clock_stepped";
        case guard_event::kind::drifted:
            return "clock_drifted";
        case guard_event::kind::synchronised:
            return "clock_synchronised";
        case guard_event::kind::unsynchronised:
            return "clock_unsynchronised";
        case guard_event::kind::held:
            return "clock_held";
        case guard_event::kind::released:
            return "clock_released";
        case guard_event::kind::accepted:
            return "clock_accepted";
    }
    return {};
}

std::string_view to_text(hold_reason why) {
    switch (why) {
        case hold_reason::none:
            return {};
        case hold_reason::stepped:
            return "stepped";
        case hold_reason::drifted:
            return "drifted";
        case hold_reason::unsynchronised:
            return "unsynchronised";
    }
    return {};
}

std::string words(const guard_event& happened, const guard_settings& settings) {
    switch (happened.what) {
        case guard_event::kind::stepped:
            return stepped_words(happened, settings);
        case guard_event::kind::drifted:
            return "this server's clock went " + duration_text(happened.by) +
                   (happened.by > ticks{0} ? " too fast in " : " too slow in ") +
                   duration_text(std::chrono::duration_cast<ticks>(happened.within)) +
                   ", without a step: something keeps setting it";
        case guard_event::kind::synchronised:
            return "the kernel says that this machine's clock is synchronised";
        case guard_event::kind::unsynchronised:
            return "the kernel says that nothing synchronises this machine's clock: see "
                   "`timedatectl`";
        case guard_event::kind::held:
            return "this server's clock is held: " +
                   cause(happened.reason, happened.off, happened.within) +
                   "; nothing is minted or validated, Server Busy, " +
                   std::string(way_out(happened.reason));
        case guard_event::kind::released:
            return released_words(happened);
        case guard_event::kind::accepted:
            return "an administrator says that this server's clock is right: serving";
    }
    return {};
}

clock_guard::clock_guard(const guard_settings& settings, const clock_reading& first)
    : settings_(settings),
      trusted_(first.lag()),
      seen_(trusted_),
      told_(trusted_),
      told_at_(first.boot) {}

void clock_guard::observe(const clock_reading& now, std::vector<guard_event>& happened) {
    if (settings_.mode == guard_mode::off) return;
    const auto by = now.lag() - seen_;
    seen_ = now.lag();
    if (magnitude(by) >= least_step) {
        ++steps_;
        happened.push_back({guard_event::kind::stepped, now.wall, by, off()});
        told_ = seen_;
        told_at_ = now.boot;
        return decide(now, happened);
    }
    drift_ += by;
    if (magnitude(seen_ - told_) >= least_drift) {
        happened.push_back(
            {guard_event::kind::drifted, now.wall, seen_ - told_, off(), now.boot - told_at_});
        told_ = seen_;
        told_at_ = now.boot;
    }
    decide(now, happened);
}

void clock_guard::observe_kernel(kernel_sync says, const clock_reading& now,
                                 std::vector<guard_event>& happened) {
    if (settings_.mode == guard_mode::off) return;
    if (says != kernel_) {
        kernel_ = says;
        unsynchronised_since_ = now.boot;
        unsynchronised_accepted_ = false;
        if (says == kernel_sync::synchronised)
            happened.push_back({guard_event::kind::synchronised, now.wall, ticks{0}, off()});
        if (says == kernel_sync::unsynchronised)
            happened.push_back({guard_event::kind::unsynchronised, now.wall, ticks{0}, off()});
    }
    decide(now, happened);
}

bool clock_guard::accept(const clock_reading& now, std::vector<guard_event>& happened) {
    observe(now, happened);
    const bool was_wrong = holds_ || magnitude(off()) >= least_step;
    trust();
    // Only what is held for it: saying yes early must not switch the check off unseen.
    if (is_unsynchronised_too_long(now.boot)) unsynchronised_accepted_ = true;
    if (was_wrong) happened.push_back({guard_event::kind::accepted, now.wall});
    holds_ = false;
    reason_ = hold_reason::none;
    return was_wrong;
}

void clock_guard::trust() {
    trusted_ = seen_;
    drift_ = ticks{0};
}

bool clock_guard::is_off() const {
    return magnitude(off()) > settings_.tolerance;
}

bool clock_guard::has_drifted() const {
    return magnitude(drift_) > magnitude(off() - drift_);
}

bool clock_guard::is_unsynchronised_too_long(mono_time now) const {
    return settings_.unsynchronised_grace && kernel_ == kernel_sync::unsynchronised &&
           !unsynchronised_accepted_ &&
           now - unsynchronised_since_ > std::chrono::nanoseconds(*settings_.unsynchronised_grace);
}

hold_reason clock_guard::find_reason(mono_time now) const {
    if (is_off()) return has_drifted() ? hold_reason::drifted : hold_reason::stepped;
    return is_unsynchronised_too_long(now) ? hold_reason::unsynchronised : hold_reason::none;
}

void clock_guard::decide(const clock_reading& now, std::vector<guard_event>& happened) {
    if (settings_.mode != guard_mode::hold) return;
    const auto found = find_reason(now.boot);
    const auto before = std::exchange(reason_, found);
    const bool wrong = found != hold_reason::none;
    if (wrong == holds_) return;
    holds_ = wrong;
    if (!wrong) {
        happened.push_back(
            {.what = guard_event::kind::released, .now = now.wall, .off = off(), .reason = before});
        return;
    }
    held_since_ = now.boot;
    happened.push_back({.what = guard_event::kind::held,
                        .now = now.wall,
                        .off = off(),
                        .within = found == hold_reason::unsynchronised
                                      ? now.boot - unsynchronised_since_
                                      : std::chrono::nanoseconds(0),
                        .reason = found});
}

std::string clock_guard::off_words() const {
    if (magnitude(off()) < least_step) return {};
    const auto text = "it is " + signed_duration_text(off()) + " off from where it was trusted";
    return (has_drifted() ? text : with_zone(text, off())) +
           "; if it is right now: `relayauth clock accept`";
}

std::string clock_guard::why(mono_time now) const {
    if (!holds_) return {};
    std::string text = "this server's clock is held";
    if (const auto held = now - held_since_; held >= std::chrono::seconds(1))
        text += ", for " + as_text(held) + " now";
    return text + ": " + cause(reason_, off(), now - unsynchronised_since_) +
           "; nothing is minted " + std::string(way_out(reason_));
}

}  // namespace relayauth::net
