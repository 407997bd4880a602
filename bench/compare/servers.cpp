#include "servers.hpp"

#include "bench/floor/framing.hpp"

#include "free_port.hpp"
#include "tcp_stream.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace relayauth::compare {
namespace {

bool is_listening(std::uint16_t port) {
    return lab::eventually([port] { return lab::connect_tcp(port).number() >= 0; },
                           std::chrono::seconds(10));
}

}  // namespace

std::string ask(std::uint16_t port, std::string_view request) {
    lab::tcp_stream link(port);
    std::string answer;
    if (!link.connected() || !link.send(request)) return {};
    while (!floor::message_size(answer)) {
        const auto came = link.receive(answer, std::chrono::seconds(5));
        if (came != lab::stream::outcome::octets) return {};
    }
    return answer;
}

std::unique_ptr<lab::running_server> own_server(int workers) {
    // Named, or the length of an answer would depend on this host's name.
    return std::make_unique<lab::running_server>(std::vector<std::string>{
        "--workers", std::to_string(workers), "--max-connections", "20000", "--relay",
        "internet=turn.example.com", "--relay", "intranet=turn.corp.example.com"});
}

target target_of(lab::running_server& server, std::string name) {
    return {std::move(name), server.port(), server.port(), server.process().id()};
}

floor_server::floor_server(std::string_view answer) {
    const auto& used = lab::shared_certificate();
    process_ = std::make_unique<lab::child_process>(std::vector<std::string>{
        RELAYAUTH_BENCH_FLOOR, used.certificate, used.key, folder_.write("answer", answer)});
}

target floor_server::where() {
    lab::eventually([this] { return process_->output().ends_with('\n') || !process_->running(); });
    const auto said = process_->output();
    const auto at = said.find(' ');
    const auto port = at == said.npos ? 0 : std::atoi(said.c_str() + at);
    return {"floor", static_cast<std::uint16_t>(port), static_cast<std::uint16_t>(port),
            process_->id()};
}

// setpriv: should the harness be killed, Kamailio's first process is asked to end and takes the
// others with it; killing that one alone would leave them. -x, -X: Debian's default memory manager
// looks for errors, and half of Kamailio's time went there: 30 us a request, 10 with this one.
kamailio_server::kamailio_server() : tcp_port_(lab::free_port()), tls_port_(lab::free_port()) {
    const auto& used = lab::shared_certificate();
    const auto define = [](const char* name, const std::string& value) {
        return std::string(name) + "=" + value;
    };
    process_ = std::make_unique<lab::child_process>(
        std::vector<std::string>{"setpriv", "--pdeathsig",
                                 "TERM",    lab::find_program("kamailio"),
                                 "-DD",     "-E",
                                 "-x",      "tlsf",
                                 "-X",      "tlsf",
                                 "-f",      RELAYAUTH_SOURCE_DIR "/bench/compare/kamailio.cfg",
                                 "-A",      define("TCP_PORT", std::to_string(tcp_port_)),
                                 "-A",      define("TLS_PORT", std::to_string(tls_port_)),
                                 "-A",      define("CERTIFICATE", '"' + used.certificate + '"'),
                                 "-A",      define("PRIVATE_KEY", '"' + used.key + '"')});
}

kamailio_server::~kamailio_server() {
    process_->signal(SIGTERM);
    if (!process_->wait(std::chrono::seconds(10)))
        std::printf("Kamailio does not end: its processes are left to themselves\n");
}

std::optional<target> kamailio_server::where() {
    if (is_listening(tcp_port_) && is_listening(tls_port_) && process_->running())
        return target{"Kamailio", tcp_port_, tls_port_, process_->id()};
    std::printf("Kamailio does not serve:\n%s\n", process_->errors().c_str());
    return std::nullopt;
}

// One ticket, as ours: two are its default.
openssl_server::openssl_server() : port_(lab::free_port()) {
    const auto& used = lab::shared_certificate();
    process_ = std::make_unique<lab::child_process>(std::vector<std::string>{
        "openssl", "s_server", "-accept", "127.0.0.1:" + std::to_string(port_), "-cert",
        used.certificate, "-key", used.key, "-num_tickets", "1", "-quiet"});
}

std::optional<target> openssl_server::where() {
    if (is_listening(port_)) return target{"s_server", port_, port_, process_->id()};
    std::printf("openssl s_server does not serve:\n%s\n", process_->errors().c_str());
    return std::nullopt;
}

}  // namespace relayauth::compare
