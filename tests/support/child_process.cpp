#include "child_process.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace relayauth::lab {
namespace {

constexpr int no_such_program = 127;  // what shells say

// A file without a name: it never fills up like a pipe, and needs nobody to remove it.
descriptor unnamed_file() {
    descriptor made(::memfd_create("relayauth-test", MFD_CLOEXEC));
    EXPECT_GE(made.number(), 0) << "memfd_create does not work here";
    return made;
}

descriptor file_with(std::string_view content) {
    auto made = unnamed_file();
    EXPECT_EQ(::write(made.number(), content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    ::lseek(made.number(), 0, SEEK_SET);
    return made;
}

// By position: the child's writes move the offset that both sides share.
std::string content_of(const descriptor& file) {
    std::string all;
    std::array<char, 65536> part{};
    while (true) {
        const auto count =
            ::pread(file.number(), part.data(), part.size(), static_cast<off_t>(all.size()));
        if (count <= 0) return all;
        all.append(part.data(), static_cast<std::size_t>(count));
    }
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& each : texts) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
}

// The last line of one name wins, so ours comes before `added` only if that does not have it.
std::vector<std::string> environment_with(const std::vector<std::string>& added) {
    std::vector<std::string> all(added);
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view line = *each;
        const auto name = line.substr(0, line.find('=') + 1);
        bool replaced = false;
        for (const auto& other : added) replaced = replaced || other.starts_with(name);
        if (!replaced) all.emplace_back(line);
    }
    return all;
}

}  // namespace

child_process::child_process(const std::vector<std::string>& command,
                             const std::vector<std::string>& environment, std::string_view input)
    : input_(file_with(input)), output_(unnamed_file()), errors_(unnamed_file()) {
    std::vector<std::string> words(command);
    words.front() = find_program(command.front());
    auto lines = environment_with(environment);
    const auto arguments = pointers_to(words);
    const auto variables = pointers_to(lines);
    id_ = ::fork();
    if (id_ != 0) return;
    // posix_spawn cannot ask for this: whatever ends the test ends its programs too.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(input_.number(), STDIN_FILENO);
    ::dup2(output_.number(), STDOUT_FILENO);
    ::dup2(errors_.number(), STDERR_FILENO);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(no_such_program);
}

child_process::~child_process() {
    kill();
}

std::string child_process::output() const {
    return content_of(output_);
}

std::string child_process::errors() const {
    return content_of(errors_);
}

void child_process::signal(int number) const {
    if (id_ > 0 && !code_) ::kill(id_, number);
}

bool child_process::running() {
    return !wait(0ms);
}

std::optional<int> child_process::wait(std::chrono::milliseconds within) {
    if (id_ <= 0) return no_such_program;
    eventually(
        [this] {
            int status = 0;
            if (!code_ && ::waitpid(id_, &status, WNOHANG) == id_) {
                code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
            }
            return code_.has_value();
        },
        within);
    return code_;
}

void child_process::kill() {
    if (id_ <= 0 || code_) return;
    ::kill(id_, SIGKILL);
    int status = 0;
    ::waitpid(id_, &status, 0);
    code_ = 128 + SIGKILL;
}

std::size_t child_process::open_files() const {
    std::error_code gone;
    const std::filesystem::directory_iterator each("/proc/" + std::to_string(id_) + "/fd", gone);
    if (gone) return 0;
    return static_cast<std::size_t>(std::distance(begin(each), end(each)));
}

std::size_t child_process::resident_bytes() const {
    std::ifstream statm("/proc/" + std::to_string(id_) + "/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    statm >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// proc(5): user and system time are the 14th and 15th field; the 2nd, in brackets, may hold blanks.
std::chrono::milliseconds child_process::cpu_time() const {
    std::ifstream stat("/proc/" + std::to_string(id_) + "/stat");
    const std::string line{std::istreambuf_iterator<char>(stat), std::istreambuf_iterator<char>()};
    const auto bracket = line.rfind(')');
    if (bracket == std::string::npos) return 0ms;
    std::istringstream fields(line.substr(bracket + 1));
    std::string skipped;
    for (int i = 3; i < 14; ++i) fields >> skipped;
    long user = 0;
    long system = 0;
    fields >> user >> system;
    return std::chrono::milliseconds((user + system) * 1000 / ::sysconf(_SC_CLK_TCK));
}

void child_process::set_file_limit(std::size_t most) const {
    rlimit files{};
    EXPECT_EQ(::prlimit(id_, RLIMIT_NOFILE, nullptr, &files), 0);
    files.rlim_cur = most;
    EXPECT_EQ(::prlimit(id_, RLIMIT_NOFILE, &files, nullptr), 0);
}

finished run(const std::vector<std::string>& command, const std::vector<std::string>& environment,
             std::string_view input, std::chrono::milliseconds within) {
    child_process program(command, environment, input);
    const auto code = program.wait(within);
    if (!code) ADD_FAILURE() << command.front() << " still runs after " << within.count() << " ms";
    return {code.value_or(-1), program.output(), program.errors()};
}

std::string find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path != nullptr ? path : "") + ":/usr/sbin:/sbin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const auto place = folder + "/" + name;
        if (!folder.empty() && ::access(place.c_str(), X_OK) == 0) return place;
    }
    ADD_FAILURE() << "the program " << name << " is missing: install it, this test needs it";
    return name;
}

}  // namespace relayauth::lab
