#pragma once

#include "descriptor.hpp"
#include "patience.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// child_process runs one program, found through PATH, and keeps what it writes. It never outlives
// its owner: the destructor kills it, and the kernel does should the test itself be killed.
class child_process {
public:
    // `environment` lines (`NAME=value`) are added to ours. The program reads `input` on its
    // standard input, then the end of it. A program that is missing is a test failure.
    explicit child_process(const std::vector<std::string>& command,
                           const std::vector<std::string>& environment = {},
                           std::string_view input = {});
    ~child_process();
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;

    // What it wrote until now.
    std::string output() const;
    std::string errors() const;

    void signal(int number) const;
    bool running();
    // wait gives its exit code, 128 + N if signal N ended it; nothing if it still runs after
    // `within`.
    std::optional<int> wait(std::chrono::milliseconds within = patience);
    void kill();

    pid_t id() const { return id_; }
    // From /proc, while it runs.
    std::size_t open_files() const;
    std::size_t resident_bytes() const;
    std::chrono::milliseconds cpu_time() const;
    // set_file_limit changes its soft limit of open files; the hard one stays.
    void set_file_limit(std::size_t most) const;

private:
    descriptor input_, output_, errors_;
    pid_t id_ = -1;
    std::optional<int> code_;
};

// finished is what a program left behind.
struct finished {
    int code = -1;
    std::string output;
    std::string errors;
};

// run runs a program to its end; one that is still there after `within` is killed, a test failure.
finished run(const std::vector<std::string>& command,
             const std::vector<std::string>& environment = {}, std::string_view input = {},
             std::chrono::milliseconds within = 2 * patience);

// find_program gives the path of a program, sbin included; a test failure, and the name, if it is
// missing: a peer that is not there is never skipped.
std::string find_program(const std::string& name);

}  // namespace relayauth::lab
