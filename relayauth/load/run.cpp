#include "relayauth/load/run.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/client/file_limit.hpp"
#include "relayauth/client/rpc_client.hpp"
#include "relayauth/client/tls.hpp"
#include "relayauth/client/transport.hpp"
#include "relayauth/crypto/random.hpp"
#include "relayauth/load/driver.hpp"
#include "relayauth/load/machine.hpp"
#include "relayauth/load/merge.hpp"
#include "relayauth/load/rpc_wire.hpp"
#include "relayauth/load/sip_wire.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <variant>

namespace relayauth::load {
namespace {

using client::failure;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr std::size_t most_known = 100;
constexpr std::chrono::milliseconds poll_every{20};
// Between "all connections stand" and the first request.
constexpr std::chrono::milliseconds before_begin{20};

// setting is what all threads of a run have in common.
struct setting {
    client::tls_context tls;
    driver::place place;
    std::string run_id;  // 16 hex digits
    std::string local;   // this end, for the Via
    std::vector<good_credential> known;
};

std::optional<failure> learn_known(const options& chosen, client::rpc_client& caller,
                                   setting& into) {
    const auto wanted = std::min<std::size_t>(chosen.identities, most_known);
    for (std::uint32_t i = 0; i < wanted; ++i) {
        const auto identity = identity_text(i);
        rpc::issue_call issue;
        issue.identity = identity;
        auto got = caller.issue(issue);
        if (!got) return got.error();
        auto* issued = std::get_if<rpc::received_credential>(&got->reply.result);
        if (issued == nullptr) {
            return failure{"the server issues no credential that could be validated: " +
                           std::get<rpc::received_refusal>(got->reply.result).words};
        }
        into.known.push_back({std::move(issued->username), std::move(issued->password)});
    }
    return std::nullopt;
}

// ask_for_nothing finds out whether the server takes rpc calls from here at all.
std::optional<failure> ask_for_nothing(client::rpc_client& caller, const options& chosen) {
    const auto got = caller.server_info();
    if (!got) return got.error();
    const auto* refused = std::get_if<rpc::received_refusal>(&got->reply.result);
    if (refused == nullptr) return std::nullopt;
    if (refused->words == "TLS required")
        return failure{"this server wants TLS: " + chosen.server.tls_advice};
    return failure{"the server takes no calls from here, its log says why: " + refused->words};
}

// prepare finds out on one connection what would be wrong with all of them.
std::optional<failure> prepare(const options& chosen, setting& into) {
    constexpr std::size_t files_beside = 64;
    const auto files = chosen.connections + files_beside;
    if (const auto most = client::raise_file_limit(files); most < files) {
        return failure{"this system lets a process open " + std::to_string(most) + " files, and " +
                       std::to_string(files) +
                       " are needed: raise the hard limit (ulimit -Hn), or lower --connections"};
    }
    auto link = client::transport::connect(chosen.server);
    if (!link) return link.error();
    into.local = link->local_address();
    client::rpc_client caller(*link);
    if (uses_rpc(chosen.protocol)) {
        if (auto wrong = ask_for_nothing(caller, chosen)) return wrong;
    }
    if (chosen.mix.validate_percent > 0) {
        if (auto wrong = learn_known(chosen, caller, into)) return wrong;
    }
    into.place.server = link->remote_endpoint();
    if (chosen.server.tls) {
        auto tls = client::make_tls_context(chosen.server);
        if (!tls) return tls.error();
        into.tls = *std::move(tls);
        into.place.tls = into.tls.get();
    }
    std::array<std::uint8_t, 8> random{};
    if (!crypto::fill_random(random)) return failure{"this system has no random octets to give"};
    into.run_id = to_hex(random);
    return std::nullopt;
}

std::unique_ptr<wire> make_wire(const options& chosen, const setting& common) {
    if (uses_rpc(chosen.protocol)) return std::make_unique<rpc_wire>(common.known);
    service_template requests(common.run_id, client::uri_host(chosen.server.server), common.local,
                              chosen.server.tls);
    if (chosen.unchecked) return std::make_unique<unchecked_sip_wire>(std::move(requests));
    return std::make_unique<sip_wire>(common.run_id, std::move(requests));
}

// crew is the threads of a run. They make their connections, wait for each other, and begin at the
// same moment.
class crew {
public:
    crew(const options& chosen, const setting& common) {
        for (unsigned i = 0; i < chosen.threads; ++i) {
            drivers_.push_back(
                std::make_unique<driver>(chosen, i, common.place, make_wire(chosen, common)));
        }
        for (auto& each : drivers_) {
            threads_.emplace_back([this, &each] { work(*each); });
        }
    }
    ~crew() {
        stop();
        for (auto& each : threads_) each.join();
    }
    crew(const crew&) = delete;
    crew& operator=(const crew&) = delete;

    void stop() {
        for (auto& each : drivers_) each->stop();
    }

    // When all have their connections: the moment of the first request. Nothing: not yet.
    std::optional<steady_clock::time_point> begin() {
        const std::lock_guard lock(guard_);
        return begin_;
    }
    bool finished() {
        const std::lock_guard lock(guard_);
        return finished_ == drivers_.size();
    }
    const std::string& problem() const { return problem_; }  // once finished
    std::vector<std::unique_ptr<driver>>& drivers() { return drivers_; }

private:
    void work(driver& one) {
        auto wrong = one.set_up();
        if (const auto begin = meet(std::move(wrong))) one.run(*begin);
        const std::lock_guard lock(guard_);
        ++finished_;
    }

    std::optional<steady_clock::time_point> meet(std::optional<std::string> wrong) {
        std::unique_lock lock(guard_);
        if (wrong && problem_.empty()) problem_ = *wrong;
        if (wrong) stop();
        if (++met_ == drivers_.size() && problem_.empty())
            begin_ = steady_clock::now() + before_begin;
        all_met_.notify_all();
        all_met_.wait(lock, [this] { return met_ == drivers_.size(); });
        return begin_;
    }

    std::mutex guard_;
    std::condition_variable all_met_;
    std::size_t met_ = 0, finished_ = 0;
    std::string problem_;
    std::optional<steady_clock::time_point> begin_;
    std::vector<std::unique_ptr<driver>> drivers_;
    std::vector<std::thread> threads_;
};

double rate_at(const options& chosen, nanoseconds elapsed) {
    if (chosen.closed) return 0;
    const auto into = std::chrono::duration<double>(elapsed - chosen.warm_up) /
                      std::chrono::duration<double>(chosen.duration);
    return chosen.rate_from() +
           (chosen.rate_to() - chosen.rate_from()) * std::clamp(into, 0.0, 1.0);
}

void tell_second(const options& chosen, crew& all, const run_hooks& hooks, nanoseconds elapsed,
                 std::uint64_t& errors) {
    second_of_run last;
    for (auto& each : all.drivers()) each->recorded().take_second(last);
    errors += last.errors;
    progress said;
    said.elapsed = elapsed;
    said.warming_up = elapsed < chosen.warm_up;
    said.planned_rate = rate_at(chosen, elapsed);
    said.achieved_rate = static_cast<double>(last.good);
    said.errors = errors;
    said.p50 = last.latency.percentile(50);
    said.p99 = last.latency.percentile(99);
    hooks.tell(said);
}

// wait_for watches the threads and tells of them; true if the run was stopped early.
bool wait_for(const options& chosen, crew& all, const run_hooks& hooks) {
    bool stopped = false;
    std::uint64_t errors = 0;
    // Half a second behind the threads, which finish their seconds on the second.
    auto next = std::chrono::milliseconds(1500);
    while (!all.finished()) {
        std::this_thread::sleep_for(poll_every);
        if (!stopped && hooks.stop_wanted()) {
            stopped = true;
            all.stop();
        }
        const auto begin = all.begin();
        if (!begin || stopped) continue;
        const nanoseconds elapsed = steady_clock::now() - *begin;
        if (elapsed < next) continue;
        tell_second(chosen, all, hooks, elapsed, errors);
        next += std::chrono::seconds(1);
    }
    return stopped;
}

}  // namespace

relayauth::result<result, failure> run_load(const options& chosen, const run_hooks& hooks) {
    setting common;
    if (auto wrong = prepare(chosen, common)) return *wrong;
    const auto started = std::chrono::system_clock::now();
    crew all(chosen, common);
    const bool stopped = wait_for(chosen, all, hooks);
    if (!all.problem().empty()) return failure{all.problem()};

    result whole;
    std::vector<sampled> asked;
    for (auto& each : all.drivers()) {
        const auto one = each->recorded().take();
        whole.interval_length = one.interval_length;
        add_measured(whole, one);
        for (auto& some : each->take_sample()) asked.push_back(std::move(some));
    }
    whole.started = std::chrono::floor<std::chrono::seconds>(started);
    whole.closed_loop = chosen.closed;
    whole.tls = chosen.server.tls;
    whole.machines = {machine_facts()};
    if (!chosen.unchecked) {
        const auto over = all.begin() ? steady_clock::now() - *all.begin() : nanoseconds(0);
        whole.sample = validate_sample(chosen, asked, over);
    }
    if (stopped) whole.verdict.kind = verdict_kind::interrupted;
    return whole;
}

}  // namespace relayauth::load
