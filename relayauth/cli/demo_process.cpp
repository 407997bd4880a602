#include "relayauth/cli/demo_process.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/cli/interruption.hpp"
#include "relayauth/client/file.hpp"

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX, not in csignal
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <utility>

namespace relayauth::cli {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds stop_timeout{6};
constexpr std::chrono::milliseconds poll_interval{10};
constexpr std::size_t max_output_bytes = 4 * 1024 * 1024;
constexpr int no_exec = 127;  // what shells say of a program that cannot be run

// spawn starts a program. The kernel ends it when the demo ends, however that ends (which
// posix_spawn cannot ask for), and a Ctrl-C in the terminal does not reach it: we stop it
// ourselves.
pid_t spawn(const char* program, const std::vector<std::string>& words,
            const std::string& output_file) {
    heed_interruption();
    std::vector<char*> arguments;
    for (const auto& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    const int output =
        open(output_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0) throw demo_failure("cannot write " + output_file);
    const auto parent = getpid();
    const auto pid = fork();
    if (pid == 0) {  // from here to the exec only what signal-safety(7) allows
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(no_exec);  // it ended before the line above
        setpgid(0, 0);
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
        close_range(STDERR_FILENO + 1, ~0U, 0);  // a pool's connections among them
        execv(program, arguments.data());
        _exit(no_exec);
    }
    close(output);
    if (pid < 0) throw demo_failure("cannot start a process");
    return pid;
}

}  // namespace

void heed_interruption() {
    if (interruption_watch::noted() != 0) throw demo_failure("interrupted");
}

demo_process::demo_process(const char* program, const std::vector<std::string>& words,
                           std::string output_file)
    : pid_(spawn(program, words, output_file)), output_file_(std::move(output_file)) {}

demo_process::~demo_process() {
    if (!running()) return;
    kill(pid_, SIGTERM);
    const auto give_up = clock::now() + stop_timeout;
    while (running()) {
        if (clock::now() > give_up) kill(pid_, SIGKILL);
        std::this_thread::sleep_for(poll_interval);
    }
}

std::string demo_process::said() const {
    const auto bytes = client::read_file(output_file_, max_output_bytes);
    return bytes ? std::string(as_text(*bytes)) : std::string();
}

bool demo_process::running() {
    if (!ended_) ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
    return !ended_;
}

int demo_process::wait(std::chrono::seconds within) {
    const auto give_up = clock::now() + within;
    while (running()) {
        heed_interruption();
        if (clock::now() > give_up) {
            throw demo_failure("process " + std::to_string(pid_) + " still runs after " +
                               std::to_string(within.count()) + " s: " + said());
        }
        std::this_thread::sleep_for(poll_interval);
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : exit_code_of(WTERMSIG(status_));
}

}  // namespace relayauth::cli
