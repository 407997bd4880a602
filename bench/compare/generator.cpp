#include "generator.hpp"

#include "cpu_time.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <thread>

namespace relayauth::compare {
namespace {

// Processor times are read within the measured time, so far from its ends that starting and
// connecting do not matter; the rate is steady in between.
constexpr std::chrono::milliseconds margin{100};

// void: the generator was the limit, which we see too. not_good in an open loop may only mean that
// the server was slower than the plan, which is a result.
constexpr int exit_good = 0, exit_not_good = 3, exit_void = 4;

std::vector<std::string> command(const target& server, const traffic& load, const timing& time) {
    const bool tls = load.protocol.ends_with("tls");
    std::vector<std::string> words = {
        lab::relayauth_program,
        "load",
        "--server",
        "127.0.0.1:" + std::to_string(tls ? server.tls_port : server.tcp_port),
        "--protocol",
        load.protocol,
        "--connections",
        "8",
        "--in-flight",
        std::to_string(load.in_flight),
        "--duration",
        std::to_string(time.duration.count()) + "ms",
        "--warm-up",
        std::to_string(time.warm_up.count()) + "ms",
        "--threads",
        "1",
        "--sample",
        "0",
        "--json",
        "-",
        "--quiet"};
    if (load.rate > 0) {
        words.insert(words.end(), {"--rate", std::to_string(static_cast<long>(load.rate))});
    } else {
        words.emplace_back("--closed");
    }
    if (load.handshake_each) words.emplace_back("--handshake-per-request");
    return words;
}

// number_after finds `"name":` and reads what follows.
double number_after(const std::string& json, const std::string& name) {
    const auto at = json.find('"' + name + "\":");
    return at == json.npos ? 0 : std::atof(json.c_str() + at + name.size() + 3);
}

bool went_well(lab::child_process& generator, const target& server, const traffic& load) {
    const auto code = generator.wait();
    if (code == exit_good || code == exit_void) return true;
    if (code == exit_not_good && load.rate > 0 && !generator.output().empty()) return true;
    std::printf("relayauth load --protocol %s against %s, exit code %d:\n%s%s\n",
                load.protocol.c_str(), server.name.c_str(), code.value_or(-1),
                generator.output().c_str(), generator.errors().c_str());
    return false;
}

struct reading {
    std::chrono::steady_clock::time_point at = std::chrono::steady_clock::now();
    cpu_time server, generator;

    reading(const target& of, const lab::child_process& by)
        : server(cpu_time_of(of.id)), generator(cpu_time_of(by.id())) {}
};

}  // namespace

std::optional<sample> run_generator(const target& server, const traffic& load, const timing& time) {
    auto words = command(server, load, time);
    // Canned answers carry nobody's ids, so nobody's are looked at. No server cans rpc.
    if (load.protocol.starts_with("sip")) words.emplace_back("--unchecked");
    lab::child_process generator(words);
    std::this_thread::sleep_for(time.warm_up + margin);
    const reading before(server, generator);
    std::this_thread::sleep_for(time.duration - 2 * margin);
    const reading after(server, generator);
    if (!went_well(generator, server, load)) return std::nullopt;

    const auto share = [&](std::chrono::nanoseconds used) {
        return std::chrono::duration<double>(used) / (after.at - before.at);
    };
    const auto json = generator.output();
    sample made;
    made.is_void = json.find("\"kind\":\"void\"") != std::string::npos ? 1 : 0;
    made.rate = number_after(json, "achieved");
    made.server_busy = share(after.server.ran - before.server.ran);
    made.generator_busy = share(after.generator.ran - before.generator.ran);
    made.kept_waiting = share(std::max(after.server.waited - before.server.waited,
                                       after.generator.waited - before.generator.waited));
    made.cpu_ns = made.rate > 0 ? made.server_busy * 1e9 / made.rate : 0;
    // So far behind its plan that nothing planned in the measured time was answered in it.
    const bool hopeless = load.rate > 0 && made.rate == 0;
    made.p999_us =
        hopeless ? std::numeric_limits<double>::infinity() : number_after(json, "p99.9_us");
    if (made.cpu_ns > 0 || hopeless) return made;
    std::printf("%s: no rate or no processor time was seen\n", server.name.c_str());
    return std::nullopt;
}

bool answers_are_right(const target& server, const std::string& protocol) {
    const traffic load{protocol};
    lab::child_process generator(
        command(server, load, {std::chrono::milliseconds(100), std::chrono::milliseconds(400)}));
    return went_well(generator, server, load);
}

}  // namespace relayauth::compare
