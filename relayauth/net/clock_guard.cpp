#include "relayauth/net/clock_guard.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::net {
namespace {

constexpr ticks magnitude(ticks d) {
    return d < ticks{0} ? -d : d;
}

std::string with_zone(std::string text, ticks by) {
    if (const auto zone = time_zone_words(by)) text += "; " + *zone;
    return text;
}

constexpr std::string_view way_out = "until it is back, or `relayauth clock accept`";

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
            return "nothing is minted or validated on a clock that is known to be wrong: Server "
                   "Busy " +
                   std::string(way_out);
        case guard_event::kind::released:
            return "this server's clock is right again: serving";
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
    } else if (magnitude(seen_ - told_) >= least_drift) {
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
    trusted_ = seen_;
    // Only what is held for it: saying yes early must not switch the check off unseen.
    if (is_unsynchronised_too_long(now.boot)) unsynchronised_accepted_ = true;
    if (was_wrong) happened.push_back({guard_event::kind::accepted, now.wall});
    holds_ = false;
    return was_wrong;
}

bool clock_guard::is_off() const {
    return magnitude(off()) > settings_.tolerance;
}

bool clock_guard::is_unsynchronised_too_long(mono_time now) const {
    return settings_.unsynchronised_grace && kernel_ == kernel_sync::unsynchronised &&
           !unsynchronised_accepted_ &&
           now - unsynchronised_since_ > std::chrono::nanoseconds(*settings_.unsynchronised_grace);
}

void clock_guard::decide(const clock_reading& now, std::vector<guard_event>& happened) {
    if (settings_.mode != guard_mode::hold) return;
    const bool wrong = is_off() || is_unsynchronised_too_long(now.boot);
    if (wrong == holds_) return;
    holds_ = wrong;
    if (wrong) held_at_ = now.wall;
    happened.push_back(
        {wrong ? guard_event::kind::held : guard_event::kind::released, now.wall, ticks{0}, off()});
}

std::string clock_guard::why() const {
    if (!holds_) return {};
    std::string text = "this server's clock is held since " + utc_text(held_at_) + ": ";
    if (is_off()) {
        text = with_zone(
            text + "it was set, and is " + signed_duration_text(off()) + " off from where it was",
            off());
    } else {
        text += "the kernel says that nothing synchronises it";
    }
    return text + "; nothing is minted " + std::string(way_out);
}

}  // namespace relayauth::net
