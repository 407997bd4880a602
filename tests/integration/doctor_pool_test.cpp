#include "doctor_run.hpp"
#include "free_port.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "tcp_stream.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>

// `relayauth doctor` at one address behind which there are two servers, as in the field.
namespace relayauth::lab {
namespace {

using testing::HasSubstr;

// haproxy deals connections to both in turn, and closes those for a server that is not there.
class pool {
public:
    pool(const std::string& a, const std::string& b)
        : haproxy_(
              {"haproxy", "-db", "-f",
               folder_.write("pool.cfg",
                             "defaults\n  mode tcp\n  retries 0\n  timeout connect 10s\n"
                             "  timeout client 60s\n  timeout server 60s\n"
                             "listen pool\n  balance roundrobin\n  bind " +
                                 address() + "\n  server a " + a + "\n  server b " + b + "\n")}) {
        EXPECT_TRUE(eventually([&] { return connect_tcp(port_).number() >= 0; }))
            << haproxy_.errors();
    }
    std::uint16_t port() const { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    temporary_folder folder_;
    std::uint16_t port_ = free_port();
    child_process haproxy_;
};

// SERVICE goes to one of them, rpc to the other.
TEST(DoctorAtAPool, FindsOneWrongClock) {
    const running_server right, wrong({"--clock-offset=+8h"});
    const pool both(right.address(), wrong.address());
    doctor_run run(both.address(), {"--tcp"});
    EXPECT_THAT(run.conclusion(), HasSubstr("two clocks answer at " + both.address()))
        << run.json();
    EXPECT_THAT(run.json(), HasSubstr("each server of the pool by its own address"));
    EXPECT_EQ(run.code(), 2);
}

TEST(DoctorAtAPool, WarnsOfAServerThatIsDown) {
    const running_server up;
    const pool half(up.address(), "127.0.0.1:" + std::to_string(free_port()));
    for (const auto& options :
         std::vector<std::vector<std::string>>{{}, {}, {"--tcp"}, {"--tcp"}}) {
        doctor_run run(half.address(), options);
        EXPECT_EQ(run.code(), 1) << run.json();
        EXPECT_THAT(run.conclusion(), HasSubstr("does one of several servers behind this name"));
        EXPECT_EQ(run.verdict_of("validation"), "warn") << run.json();
        EXPECT_THAT(run.words_of("validation"), HasSubstr("good, signed by key"));
        EXPECT_THAT(run.words_of("clock"), HasSubstr("8 exchanges"));
        connect_tcp(half.port());  // so that the next one begins at the other
    }
}

}  // namespace
}  // namespace relayauth::lab
