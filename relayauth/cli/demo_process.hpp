#pragma once

#include <sys/types.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace relayauth::cli {

// demo_failure ends the demo: something outside the experiment did not work. Thrown here in the
// command line only, so that the experiments read as straight lines.
struct demo_failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// heed_interruption throws demo_failure once a signal was noted. Every step of an experiment begins
// with this, and none takes long.
void heed_interruption();

// The program that runs this demo.
inline constexpr const char* own_program = "/proc/self/exe";

// demo_process is a program that a demo started, with its output and errors in one file. It ends
// with this object, by SIGTERM or, 6 s later, SIGKILL; and with the demo, however that ends.
class demo_process {
public:
    // `program` is a path; `words` begin with the name that the program gets.
    // Throws demo_failure if there can be no process; a program that cannot be run exits with 127.
    demo_process(const char* program, const std::vector<std::string>& words,
                 std::string output_file);
    ~demo_process();
    demo_process(const demo_process&) = delete;
    demo_process& operator=(const demo_process&) = delete;

    // Also after its end.
    pid_t pid() const { return pid_; }
    // said is what it has written until now.
    std::string said() const;
    bool running();
    // wait gives its exit code, 128 + N if signal N ended it. Throws demo_failure when interrupted
    // or when it takes longer.
    int wait(std::chrono::seconds within);

private:
    const pid_t pid_;
    const std::string output_file_;
    bool ended_ = false;
    int status_ = 0;
};

}  // namespace relayauth::cli
