// GET of one user's key at --redis-listen against GET of the same octets at redis-server, under
// redis-benchmark, one worker against Redis's one thread.

#include "measure.hpp"

#include "child_process.hpp"
#include "free_port.hpp"
#include "running_server.hpp"

#include <cstdlib>
#include <regex>
#include <string>
#include <thread>

namespace relayauth::doors {
namespace {

std::string redis_cli(std::uint16_t port, std::vector<std::string> words) {
    std::vector<std::string> command = {"redis-cli", "-p", std::to_string(port)};
    command.insert(command.end(), words.begin(), words.end());
    auto answer = lab::run(command).output;
    while (!answer.empty() && answer.back() == '\n') answer.pop_back();
    return answer;
}

// redis-benchmark's `--csv` line: "GET ...","rps",...
double rate(std::uint16_t port, const std::string& key, const std::string& depth,
            const std::string& count) {
    const auto done = lab::run({"redis-benchmark", "-p", std::to_string(port), "-c", "8", "-P",
                                depth, "-n", count, "--csv", "GET", key},
                               {}, {}, std::chrono::seconds(60));
    static const std::regex line("\n\"GET [^\n]*?\",\"([0-9.]+)\"");
    std::smatch found;
    return std::regex_search(done.output, found, line) ? std::atof(found[1].str().c_str()) : 0;
}

}  // namespace

bool measure_redis_door() {
    const lab::running_server server(
        {"--workers", "1", "--realm", "example.org", "--redis-listen", "127.0.0.1:0"});
    const auto asked = lab::run({lab::relayauth_program, "request", "--server", server.address(),
                                 "--identity", "sip:alice@example.test", "--json"});
    static const std::regex name("\"username\":\"([^\"]+)\"");
    std::smatch found;
    if (!std::regex_search(asked.output, found, name)) return false;
    const auto key = "turn/realm/example.org/user/" + found[1].str() + "/key";
    const auto value = redis_cli(server.redis_port(), {"GET", key});
    if (value.size() != 32) return false;

    const auto port = lab::free_port();
    const lab::child_process redis({"redis-server", "--port", std::to_string(port), "--bind",
                                    "127.0.0.1", "--save", "", "--appendonly", "no"});
    for (int i = 0; i < 100 && redis_cli(port, {"SET", key, value}) != "OK"; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    pair alone, pipelined;
    for (int i = 0; i < rounds; ++i) {
        alone.ours.push_back(rate(server.redis_port(), key, "1", "60000"));
        alone.theirs.push_back(rate(port, key, "1", "60000"));
        pipelined.ours.push_back(rate(server.redis_port(), key, "16", "400000"));
        pipelined.theirs.push_back(rate(port, key, "16", "400000"));
    }
    alone.print("redis door / redis-server, GET/s, 8 x 1", 0.9);
    pipelined.print("redis door / redis-server, GET/s, 8 x 16", 0.5);
    return redis_cli(server.redis_port(), {"GET", key}) == value && median(alone.ours) > 0 &&
           median(alone.theirs) > 0;
}

}  // namespace relayauth::doors
