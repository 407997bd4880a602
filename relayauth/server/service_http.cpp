// What of a service is told over HTTP and over the administration socket.
#include "relayauth/server/service.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::server {

void service::make_http() {
    std::vector<const event_log*> threads = {&acceptor_events_};
    for (const auto& each : worker_events_) threads.push_back(each.get());
    http_ = std::make_unique<http_service>(
        http_service::sources{options_, log_, machine_clock_, moved_clock_, counts_,
                              [this] { return judge_readiness(); },
                              [this](metrics_reading& now) { read_own_state(now); }},
        std::move(threads));
    http_->replace_keys(in_force_);
}

namespace {

std::string_view words_of(net::kernel_sync says) {
    switch (says) {
        case net::kernel_sync::synchronised:
            return "synchronised, says the kernel";
        case net::kernel_sync::unsynchronised:
            return "not synchronised, says the kernel";
        case net::kernel_sync::unknown:
            return "whether it is synchronised is unknown";
    }
    return {};
}

}  // namespace

// On the HTTP thread, as read_own_state. Keys are there, or start() had failed.
readiness service::judge_readiness() const {
    const bool stopping = stopping_;
    const auto failed = self_check_.problem();
    const bool held = clock_.holds();
    auto clock =
        held ? clock_.why()
             : utc_text(moved_clock_.wall()) + ", " + std::string(words_of(clock_.kernel()));
    if (const auto off = clock_.standing().words; !held && !off.empty()) clock += "; " + off;
    return {{{"keys", true, "loaded"},
             {"self_test", !failed, failed.value_or("minted, validated, refused what is expired")},
             {"clock", !held, clock},
             {"lab", true, lab_words()},
             {"stopping", !stopping, stopping ? "finishing what was read" : "no"}}};
}

// A lab is no reason not to be ready: who runs one wants it asked.
std::string service::lab_words() const {
    const auto offset = moved_clock_.offset();
    std::string text =
        options_.lab ? "on: this server is wrong when `relayauth lab` says so" : "off";
    if (offset != ticks{0})
        text += "; its clock is moved on purpose by " + signed_duration_text(offset);
    return text;
}

void service::read_own_state(metrics_reading& now) const {
    now.clock_offset = moved_clock_.offset();
    now.lab = options_.lab;
    now.clock_steps = clock_.steps();
    now.clock_off = clock_.standing().off;
    now.clock_held = clock_.holds();
    now.clock_synchronised = clock_.kernel() == net::kernel_sync::synchronised;
    now.self_tests = self_check_.runs();
    now.self_tests_failed = self_check_.failures();
}

std::string service::accept_clock() {
    if (clock_.mode() == net::guard_mode::off) {
        return "nothing was held, and nobody watches this clock (--clock-guard off): whether it is "
               "right is not known";
    }
    return clock_.accept() ? "this clock is trusted as it stands; serving"
                           : "nothing was wrong with this clock";
}

// Who asks right after a step, and before the next tick, is told of it.
std::string service::look_at_clock() {
    (void)clock_.read();
    return clock_status();
}

std::string service::clock_status() const {
    if (clock_.mode() == net::guard_mode::off)
        return "serving; nobody watches it (--clock-guard off)";
    if (clock_.holds()) return clock_.why();
    auto text = "serving; " + std::string(words_of(clock_.kernel()));
    if (const auto steps = clock_.steps(); steps > 0)
        text += "; the clock it goes by was set " +
                (steps == 1 ? "once" : std::to_string(steps) + " times") +
                " since the start: the log says when";
    if (const auto off = clock_.standing().words; !off.empty()) text += "; " + off;
    return text;
}

watched_clock service::watch_on_clock() const {
    const auto found = clock_.standing();
    watched_clock told{found.held, std::string(net::to_text(found.reason)), found.off};
    if (clock_.mode() == net::guard_mode::off) told.off.reset();
    return told;
}

}  // namespace relayauth::server
