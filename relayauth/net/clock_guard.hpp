#pragma once

#include "relayauth/base/mono_time.hpp"
#include "relayauth/base/wall_time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::net {

// guard_mode is what a step of our own clock leads to (--clock-guard).
enum class guard_mode {
    off,
    warn,  // a line in the log
    hold,  // and no credential is minted or validated until the clock is back, or confirmed
};

// kernel_sync is what the kernel says of the wall clock (adjtimex(2): STA_UNSYNC, TIME_ERROR).
enum class kernel_sync { synchronised, unsynchronised, unknown };

struct guard_settings {
    guard_mode mode = guard_mode::warn;
    ticks tolerance = std::chrono::seconds(300);  // further off than this is wrong
    std::optional<ticks> unsynchronised_grace;    // nothing: no matter how long
};

// hold_reason is why a clock is held: of its steps and its drift the one that did more.
enum class hold_reason {
    none,            // it is not
    stepped,         // it was set, beyond the tolerance
    drifted,         // it runs fast or slow, or is set by less than a step again and again
    unsynchronised,  // for longer than guard_settings::unsynchronised_grace; it may be right
};
std::string_view to_text(hold_reason why);

// clock_reading is the wall clock and CLOCK_BOOTTIME at one moment. The kernel slews both alike and
// lets both run on through a suspend: their difference changes only when somebody sets the clock.
struct clock_reading {
    wall_time wall;
    mono_time boot;

    // What the wall clock shows beyond CLOCK_BOOTTIME; its absolute value means nothing.
    constexpr ticks lag() const {
        return (wall - wall_time()) - std::chrono::duration_cast<ticks>(boot.since_origin());
    }
};

// guard_event is something that the operator must hear of. `off` is how far the clock stands from
// where it was when it was last trusted: at start, or at the last accept().
struct guard_event {
    enum class kind {
        stepped,         // by `by` since the last look
        drifted,         // by `by` in `within`, without a step: something moves it all the time
        synchronised,    // the kernel says so, and said otherwise or nothing before
        unsynchronised,  // the kernel says so
        held,            // from now on Server Busy; only with guard_mode::hold
        released,        // `reason` is over, by itself; `off` within the tolerance may be left
        accepted,        // an administrator said that it is right
    };
    guard_event::kind what;
    wall_time now;
    ticks by{0};
    ticks off{0};
    std::chrono::nanoseconds within{0};      // unsynchronised and held: for how long
    hold_reason reason = hold_reason::none;  // held, released
};
std::string_view to_text(guard_event::kind what);

// words says what an event means and what to do, in one line; with the time zone words for a step
// that looks like one (design notes, section 2).
std::string words(const guard_event& happened, const guard_settings& settings);

// Half of the smallest step that is one: a leap second. No scheduler keeps a reading open so long
// unnoticed (guarded_clock reads again), and a clock that is 1 % fast stays below it for 50 s.
inline constexpr ticks least_step = std::chrono::milliseconds(500);
// A clock that creeps is reported each time that it has crept this far.
inline constexpr ticks least_drift = std::chrono::seconds(10);

// clock_guard decides whether our own clock can be believed, from readings in the order of time.
// Pure: it reads no clock. One thread at a time.
class clock_guard {
public:
    // `first` is trusted: nothing says otherwise.
    clock_guard(const guard_settings& settings, const clock_reading& first);

    // observe looks at a reading and appends what happened since the last one. With guard_mode::off
    // nothing ever does.
    void observe(const clock_reading& now, std::vector<guard_event>& happened);
    // observe_kernel takes what the kernel says at `now`, after observe().
    void observe_kernel(kernel_sync says, const clock_reading& now,
                        std::vector<guard_event>& happened);
    // accept trusts the clock as it stands at `now`. False: nothing was wrong with it.
    bool accept(const clock_reading& now, std::vector<guard_event>& happened);

    const guard_settings& settings() const { return settings_; }
    bool holds() const { return holds_; }
    // The lag of the last reading; what off() was then.
    ticks seen_lag() const { return seen_; }
    ticks off() const { return seen_ - trusted_; }
    std::uint64_t steps() const { return steps_; }
    kernel_sync kernel() const { return kernel_; }
    // The reason of the last look.
    hold_reason reason() const { return reason_; }
    // Why it holds, since when and what ends that; empty when it does not. `now` is CLOCK_BOOTTIME:
    // no other time tells how long. Holds no quotes.
    std::string why(mono_time now) const;
    // How far the clock is off, held or not, and what to do if it is right; empty when it is where
    // it was trusted.
    std::string off_words() const;

private:
    bool is_off() const;
    bool has_drifted() const;
    hold_reason find_reason(mono_time now) const;
    void trust();
    bool is_unsynchronised_too_long(mono_time now) const;
    void decide(const clock_reading& now, std::vector<guard_event>& happened);

    guard_settings settings_;
    ticks trusted_;
    ticks seen_;
    ticks drift_{0};  // what of off() no step has done
    ticks told_;      // up to where drift was reported
    mono_time told_at_;
    mono_time unsynchronised_since_;
    mono_time held_since_;
    kernel_sync kernel_ = kernel_sync::unknown;
    bool unsynchronised_accepted_ = false;
    bool holds_ = false;
    hold_reason reason_ = hold_reason::none;
    std::uint64_t steps_ = 0;
};

}  // namespace relayauth::net
