#include "lab_certificate.hpp"
#include "patience.hpp"
#include "running_server.hpp"
#include "service_request.hpp"
#include "sip_peer.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>

// A server whose log goes into a pipe, and a reader who stops reading or goes away.
namespace relayauth::lab {
namespace {

class piped_server {
public:
    piped_server() {
        if (::pipe2(pipe_.data(), O_CLOEXEC) != 0) return;
        ::fcntl(pipe_[1], F_SETPIPE_SZ, 4096);
        const auto& files = shared_certificate();
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::dup2(pipe_[1], STDERR_FILENO);
            ::execl(relayauth_program.c_str(), "relayauth", "serve", "--certificate",
                    files.certificate.c_str(), "--key", files.key.c_str(), "--listen",
                    "127.0.0.1:0", "--log-format", "json", nullptr);
            ::_exit(127);
        }
        ::close(pipe_[1]);
        std::array<char, 512> some;
        std::string said;
        const std::string field = "\"port\":";
        while (port_ == 0) {
            const auto count = ::read(pipe_[0], some.data(), some.size());
            if (count <= 0) return;
            said.append(some.data(), static_cast<std::size_t>(count));
            const auto at = said.find(field);
            if (at != std::string::npos && said.find('\n', at) != std::string::npos) {
                port_ = static_cast<std::uint16_t>(std::atoi(said.c_str() + at + field.size()));
            }
        }
    }
    ~piped_server() {
        if (pid_ > 0) ::kill(pid_, SIGKILL);
        if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
        leave();
    }
    void leave() {
        if (pipe_[0] >= 0) ::close(pipe_[0]);
        pipe_[0] = -1;
    }
    std::uint16_t port() const { return port_; }
    // How it ended after SIGTERM: its exit code, or -1 if it did not end well in 5 s.
    int end() {
        ::kill(pid_, SIGTERM);
        int status = -1;
        if (!eventually([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; }, 5s)) return -1;
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    std::array<int, 2> pipe_{-1, -1};
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
};

// Each of these leaves a line in the log.
void expect_served(std::uint16_t port, int times) {
    for (int i = 0; i < times; ++i) {
        auto peer = sip_peer::over_tcp(port);
        const auto answer = peer.ask(service());
        ASSERT_TRUE(answer) << "request " << i;
        EXPECT_EQ(answer->status, 200);
    }
}

TEST(LogReader, ThatGoesAwayTakesTheServerNowhere) {
    piped_server server;
    ASSERT_NE(server.port(), 0);
    server.leave();
    expect_served(server.port(), 5);
    EXPECT_EQ(server.end(), 0);
}

TEST(LogReader, ThatStopsReadingKeepsNeitherAnswersNorTheEndWaiting) {
    piped_server server;
    ASSERT_NE(server.port(), 0);
    expect_served(server.port(), 40);
    EXPECT_EQ(server.end(), 0);
}

}  // namespace
}  // namespace relayauth::lab
