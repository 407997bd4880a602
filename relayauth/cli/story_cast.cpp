#include "relayauth/cli/story_cast.hpp"

#include "relayauth/cli/story_text.hpp"

#include <thread>

namespace relayauth::cli {
namespace {

constexpr std::chrono::seconds command_timeout{20};
constexpr std::chrono::seconds start_timeout{15};
constexpr std::chrono::milliseconds poll_interval{10};

}  // namespace

story_cast::story_cast(demo_lab& lab) : lab_(lab) {
    path_of_turnserver();  // before anything is started
    certificate::create_request wanted;
    wanted.subject = "CN=edge.example.test";
    wanted.kind = certificate::key_kind::p256;
    const auto keys = lab.make_certificate("edge", wanted);
    const auto tls = lab.make_certificate("tls", wanted);
    std::vector<client::endpoint> servers;
    for (const char* letter : {"a", "b"}) {
        edge made{std::string("edge-") + letter, {}, {}, std::string("relay-") + letter, {}};
        made.admin_socket = lab.path(made.name + ".admin");
        made.server = std::make_unique<server_process>(
            lab, made.name, keys, tls,
            std::vector<std::string>{"--realm", demo_realm, "--redis-listen", "127.0.0.1:0",
                                     "--lab", "--admin-socket", made.admin_socket});
        const auto redis =
            listening_port(made.log_line({" listening ", "Redis"}, start_timeout) + '\n', "Redis");
        if (!redis) throw demo_failure(made.name + " has no door for coturn");
        made.relay = std::make_unique<demo_relay>(lab, made.relay_name, *redis);
        servers.push_back(made.server->where());
        edges_.push_back(std::move(made));
    }
    pool_ = std::make_unique<demo_pool>(servers);
}

std::string story_cast::edge::log_line(std::initializer_list<std::string_view> words,
                                       std::chrono::milliseconds within) const {
    const auto give_up = std::chrono::steady_clock::now() + within;
    for (;;) {
        heed_interruption();
        const auto log = server->log();
        std::string found(whole_line_with(log, words));
        if (!found.empty() || std::chrono::steady_clock::now() > give_up) return found;
        std::this_thread::sleep_for(poll_interval);
    }
}

command_run story_cast::run(std::vector<std::string> words) {
    const auto name = words.front();
    words.insert(words.begin(), "relayauth");
    demo_process process(own_program, words, lab_.path("run" + std::to_string(++runs_) + ".out"));
    const int code = process.wait(command_timeout);
    return {name + " " + std::to_string(process.pid()), code, process.said()};
}

story_cast::ticket story_cast::request() {
    // A lifetime that a zone's error ends at once, in summer too.
    ticket made{run({"request", "--server", client::to_text(address()), "--identity",
                     "sip:alice@example.test", "--duration", "240"}),
                nullptr,
                {},
                {}};
    made.minted_by = &edges_.at(pool_->last());
    made.username = value_of(made.request.said, "username:");
    made.password = value_of(made.request.said, "password:");
    if (made.username.empty() || made.password.empty())
        throw demo_failure("the pool gave no credential: " + made.request.said);
    return made;
}

}  // namespace relayauth::cli
