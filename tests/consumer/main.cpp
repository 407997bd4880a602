#include <relayauth/verify/verifier.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <vector>

// What a relay asks, one question a run:
//   consumer KEY-FILE [--later SECONDS] [--live RULE SECONDS] QUESTION
//   USERNAME [PASSWORD]     is the credential good?
//   --message REALM HEX     did the holder of a good credential sign this request?
//   --key REALM USERNAME    the long-term key, for a relay that checks the message itself
// --later sets the relay's clock ahead; --live says what expiry means to a session that exists.
// Exit code: 0 good, 2 wrong usage or no key file, 3 refused.
namespace {

namespace verify = relayauth::verify;
using std::chrono::seconds;
using std::chrono::system_clock;

using words = std::deque<std::string>;

constexpr int misused = 2;

// take gives the next word; empty when there is none.
std::string take(words& given) {
    if (given.empty()) return {};
    auto word = given.front();
    given.pop_front();
    return word;
}

seconds take_seconds(words& given) {
    return seconds(std::atoi(take(given).c_str()));
}

verify::live_rule rule_of(const std::string& name) {
    if (name == "allocate_only") return verify::live_rule::allocate_only;
    if (name == "hard") return verify::live_rule::hard;
    return verify::live_rule::refresh_grace;
}

verify::settings take_settings(words& given) {
    verify::settings chosen;
    if (!given.empty() && given.front() == "--later") {
        take(given);
        const auto later = take_seconds(given);
        chosen.clock = [later] { return system_clock::now() + later; };
    }
    if (!given.empty() && given.front() == "--live") {
        take(given);
        chosen.live.rule = rule_of(take(given));
        chosen.live.grace = take_seconds(given);
    }
    return chosen;
}

std::vector<std::uint8_t> octets_of(const std::string& hex) {
    std::vector<std::uint8_t> octets;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
        octets.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(at, 2), nullptr, 16)));
    }
    return octets;
}

int tell(const verify::verdict& decided) {
    const std::string reason(decided.good() ? "good" : to_text(*decided.refused()));
    const std::string key(decided.key_id()), dialect(to_text(decided.dialect()));
    std::printf("%s key=%s dialect=%s", reason.c_str(), key.c_str(), dialect.c_str());
    if (const auto deadline = decided.deadline()) {
        std::printf(" deadline=%ld", static_cast<long>(system_clock::to_time_t(*deadline)));
    }
    std::printf(": %s\n", decided.words().c_str());
    return decided.good() ? 0 : 3;
}

int tell_key(const verify::verifier::key_answer& answer) {
    if (answer.key) {
        for (const auto octet : answer.key->reveal()) std::printf("%02x", octet);
        std::printf(" ");
    }
    return tell(answer.verdict);
}

int ask(const verify::verifier& judge, words& given) {
    const auto first = take(given), second = take(given), third = take(given);
    if (first == "--message") return tell(judge.check_message(octets_of(third), second));
    if (first == "--key")
        return tell_key(judge.long_term_key({.username = third, .realm = second}));
    return tell(second.empty() ? judge.check(first) : judge.check(first, second));
}

}  // namespace

int main(int argc, char** argv) {
    words given(argv + 1, argv + argc);
    if (given.size() < 2) return misused;
    const auto file = take(given);
    auto loaded = verify::verifier::load(file, take_settings(given));
    if (!loaded) {
        std::printf("%s\n", loaded.error().c_str());
        return misused;
    }
    for (const auto& line : loaded->warnings()) std::printf("warning: %s\n", line.c_str());
    return ask(*loaded, given);
}
