#include "made_result.hpp"

#include <cmath>
#include <random>

namespace relayauth::load {
namespace {

using std::chrono::nanoseconds;

// A run that is made up answer by answer.
class made_run {
public:
    explicit made_run(result& into) : into_(into) {}

    // One request, planned `at` seconds into the run, that takes `ns` once it is sent and waits
    // `waiting` ns for that.
    void good(double at, double ns, double waiting) {
        const nanoseconds service(std::llround(ns));
        const nanoseconds latency(std::llround(ns + waiting));
        ++into_.counts[outcome::good];
        ++into_.good_in_time;
        into_.latency.record(latency);
        into_.service.record(service);
        ++step(at).planned;
        const auto seconds = std::chrono::duration<double>(latency).count();
        auto& came =
            step(std::min(at + seconds, static_cast<double>(into_.time_line.size()) - 0.1));
        ++came.good;
        ++came.latency[static_cast<std::uint32_t>(histogram::index_of(latency)) /
                       time_line_coarseness];
    }

    void error(double at, outcome which) {
        ++into_.counts[which];
        ++step(at).planned;
        ++step(at).errors;
    }

    // Most answers take about `ns`, a few much longer.
    double usual(double ns) {
        std::lognormal_distribution<double> usual_time(std::log(ns), 0.25);
        const auto once = usual_time(random_);
        return random_() % 200 == 0 ? once * 6 : once;
    }
    bool one_in(unsigned count) { return random_() % count == 0; }

private:
    interval& step(double at) { return into_.time_line[static_cast<std::size_t>(at)]; }

    result& into_;
    std::mt19937_64 random_{20261122};
};

result empty_run(std::size_t seconds) {
    result made;
    made.started = std::chrono::sys_seconds(std::chrono::seconds(1'795'339'854));
    made.measured = std::chrono::seconds(seconds);
    made.tls = true;
    made.machines = {{{"host", "load-1.example.test"},
                      {"processor", "12th Gen Intel(R) Core(TM) i7-1260P"},
                      {"cores", "16"},
                      {"system", "Debian GNU/Linux 12 (bookworm), Linux 6.1.0-28-amd64"},
                      {"relayauth", "0.1.0"}}};
    made.time_line.resize(seconds);
    return made;
}

result make_usual_result() {
    auto made = empty_run(60);
    made.options = {{"--server", "edge.example.test:5062"},
                    {"--rate", "5000"},
                    {"--duration", "60s"},
                    {"--connections", "50"},
                    {"--expect", "p99<5ms,errors<0.1%"}};
    made.warm_up_requests = 25'000;
    made_run run(made);
    // From 31.2 s to 33.1 s no answer comes; what was planned then is answered in a rush after.
    constexpr double pause_from = 31.2, pause_to = 33.1, rush = 0.4;
    for (int i = 0; i < 300'000; ++i) {
        const double at = i / 5000.0;
        const auto takes = run.usual(310e3);
        if (at > 12 && at < 19 && run.one_in(900)) {
            run.error(at, outcome::refused);
            ++made.counts.refused_by[run.one_in(4) ? "SIP 503" : "Server Busy"];
        } else if (at > pause_from && at < pause_to) {
            const auto share = (at - pause_from) / (pause_to - pause_from);
            run.good(at, takes, (pause_to + share * rush - at) * 1e9);
        } else {
            run.good(at, takes, run.usual(12e3));
        }
        made.self.lag.record(nanoseconds(std::llround(run.usual(6e3))));
    }
    for (int i = 0; i < 3; ++i) run.error(40, outcome::late);
    run.error(33, outcome::wrong);
    made.counts.wrong_by["CSeq"] = 1;
    made.counts[incident::connected] = 52;
    made.counts[incident::reconnected] = 2;
    made.counts[incident::handshakes] = 52;
    made.counts[incident::resumed] = 2;
    for (int i = 0; i < 52; ++i) made.handshake.record(nanoseconds(2'100'000 + i * 37'123));
    made.self.cpu_share = 0.34;
    made.self.waited_share = 0.02;
    made.self.longest_stall = std::chrono::microseconds(840);
    made.sample.validated = 100;
    made.goals = "p99<5ms,errors<0.1%";
    made.verdict = {verdict_kind::missed,
                    {"p99 was " + std::to_string(made.latency.percentile(99).count() / 1'000'000) +
                     " ms: the goal was under 5 ms"}};
    return made;
}

result make_long_result() {
    auto made = empty_run(1'200);
    made_run run(made);
    for (int i = 0; i < 240'000; ++i) {
        const double at = i / 200.0;
        run.good(at, run.usual(900e3 + 300e3 * std::sin(at / 60)), run.usual(20e3));
        if (run.one_in(2'000)) run.error(at, outcome::refused);
    }
    made.counts.refused_by["Server Busy"] = made.counts[outcome::refused];
    return made;
}

}  // namespace

result made_result() {
    static const auto made = make_usual_result();
    return made;
}

result long_result() {
    static const auto made = make_long_result();
    return made;
}

result failed_result() {
    auto made = empty_run(1);
    made_run run(made);
    for (int i = 0; i < 1'000; ++i) run.error(0, outcome::unconnected);
    made.counts[incident::connect_failed] = 1'000;
    made.verdict = {verdict_kind::errors, {"all 1,000 requests failed"}};
    return made;
}

result slow_result() {
    auto made = empty_run(70);
    made_run run(made);
    for (int i = 0; i < 70; ++i) run.good(i, i * 1e9, 0);
    made.verdict = {verdict_kind::overloaded, {"the server answered 1.00/s of 2.00/s"}};
    return made;
}

}  // namespace relayauth::load
