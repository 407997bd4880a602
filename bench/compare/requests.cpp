// SERVICE and Issue on warm connections: relayauth, the floor and Kamailio under the same
// generator.

#include "bench/micro/fixture.hpp"

#include "cpu_time.hpp"
#include "parts.hpp"
#include "report.hpp"
#include "servers.hpp"

#include <cstdio>
#include <optional>

namespace relayauth::compare {
namespace {

// Slower than this over TCP its tuning is wrong, and a comparison with it means nothing.
constexpr double least_kamailio_rate = 12'000;
constexpr double size_tolerance = 0.05;

struct contestants {
    target ours, floor, kamailio;
};

// by_server is what each did under one load; what nobody asked for stays empty.
struct by_server {
    traffic load;
    series ours = {}, floor = {}, kamailio = {};
};

bool add_sample(series& to, const target& server, const traffic& load, const timing& time) {
    const auto made = run_generator(server, load, time);
    if (made) to.push_back(*made);
    return made.has_value();
}

bool add_round(by_server& to, const contestants& all, const timing& time) {
    return add_sample(to.ours, all.ours, to.load, time) &&
           add_sample(to.floor, all.floor, to.load, time) &&
           add_sample(to.kamailio, all.kamailio, to.load, time);
}

// Canned answers have to be about as long as ours, or less is sent for the same request.
bool sizes_are_alike(const contestants& all) {
    const auto request = bench::service_request();
    const auto size_at = [&](const target& each) {
        return static_cast<double>(ask(each.tcp_port, request).size());
    };
    const double ours = size_at(all.ours), floor = size_at(all.floor),
                 kamailio = size_at(all.kamailio);
    std::printf("octets of an answer: ours %.0f, floor %.0f, Kamailio %.0f\n", ours, floor,
                kamailio);
    return ours > 0 && floor == ours && kamailio > ours * (1 - size_tolerance) &&
           kamailio < ours * (1 + size_tolerance);
}

void print_kamailio_row(const char* what, const by_server& of, bool tuned, goal held_to) {
    if (tuned) return print_cpu_row(what, of.kamailio, of.ours, held_to);
    std::printf("%s\n    void: Kamailio answers under %.0f a second over TCP\n", what,
                least_kamailio_rate);
}

// What is planned is half of what would fill the server's core; both servers get the same.
bool compare_latency(const char* what, const by_server& saturated, const contestants& all,
                     const plan& how) {
    traffic load = saturated.load;
    load.rate = 0.5e9 / median_of(saturated.ours, &sample::cpu_ns);
    series ours, floor;
    for (int i = 0; i < how.rounds; ++i) {
        if (!add_sample(ours, all.ours, load, how.time) ||
            !add_sample(floor, all.floor, load, how.time)) {
            return false;
        }
    }
    print_latency_row(what, ours, floor, load.rate, {2.0, 1.3});
    return true;
}

bool measure_all(const contestants& all, const plan& how) {
    by_server tcp{{"sip-tcp", 16}}, tls{{"sip-tls", 16}}, tcp_alone{{"sip-tcp", 1}},
        tls_alone{{"sip-tls", 1}};
    series rpc;
    for (int i = 0; i < how.rounds; ++i) {
        for (auto* each : {&tcp, &tls, &tcp_alone, &tls_alone}) {
            if (!add_round(*each, all, how.time)) return false;
        }
        if (!add_sample(rpc, all.ours, {"rpc-tcp", 16}, how.time)) return false;
    }
    const auto to_floor = [](const char* what, const by_server& of, goal held_to) {
        print_cpu_row(what, of.ours, of.floor, held_to);
    };
    to_floor("CPU a request / the floor's, SIP over TCP, 8 x 16", tcp, {3.5, 2.6});
    to_floor("the same over TLS", tls, {1.9, 1.5});
    to_floor("the same over TCP, 8 x 1", tcp_alone, {1.45, 1.25});
    to_floor("the same over TLS, 8 x 1", tls_alone, {1.25, 1.12});
    const bool tuned = median_of(tcp.kamailio, &sample::rate) >= least_kamailio_rate;
    const goal full{12, 20, true}, alone{6, 8, true};
    print_kamailio_row("Kamailio's CPU a request / ours, SIP over TCP, 8 x 16", tcp, tuned, full);
    print_kamailio_row("the same over TLS", tls, tuned, full);
    print_kamailio_row("the same over TCP, 8 x 1", tcp_alone, tuned, alone);
    print_kamailio_row("the same over TLS, 8 x 1", tls_alone, tuned, alone);
    print_cpu_row("rpc Issue's CPU a request / SIP's, over TCP, 8 x 16", rpc, tcp.ours, {0.6, 0.4});
    return compare_latency("open loop at half of saturation, TCP, p99.9 / the floor's", tcp, all,
                           how) &&
           compare_latency("the same over TLS", tls, all, how);
}

}  // namespace

bool compare_requests(const plan& how) {
    std::optional<on_cores> servers_here(std::in_place, std::vector<int>{server_core});
    const auto server = own_server(1);
    const auto ours = target_of(*server, "relayauth");
    floor_server floor(ask(server->port(), bench::service_request()));
    kamailio_server kamailio;
    servers_here.reset();

    const auto kamailio_place = kamailio.where();
    if (!kamailio_place) return false;
    const contestants all{ours, floor.where(), *kamailio_place};
    if (!sizes_are_alike(all)) {
        std::printf("the answers differ too much in size to be compared\n");
        return false;
    }
    for (const char* protocol : {"sip-tcp", "sip-tls", "rpc-tcp"}) {
        if (!answers_are_right(ours, protocol)) return false;
    }
    return measure_all(all, how);
}

// On one core each, or as near as there are cores; one worker is measured in the same place.
bool compare_workers(const plan& how) {
    std::optional<on_cores> servers_here(std::in_place, cores_for_two());
    const auto one = own_server(1), two = own_server(2);
    servers_here.reset();
    series with_one, with_two;
    for (int i = 0; i < how.rounds; ++i) {
        if (!add_sample(with_two, target_of(*two, "two workers"), {"sip-tcp", 16}, how.time) ||
            !add_sample(with_one, target_of(*one, "one worker"), {"sip-tcp", 16}, how.time)) {
            return false;
        }
    }
    print_cpu_row("CPU a request with two workers / with one, SIP over TCP, 8 x 16", with_two,
                  with_one, {1.10, 1.02});
    return true;
}

}  // namespace relayauth::compare
