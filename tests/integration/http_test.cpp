#include "http_peer.hpp"
#include "log_lines.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include <atomic>
#include <thread>

// /healthz, /readyz and /metrics of a whole server. http_listener_test.cpp has what a bad client
// gets.
namespace relayauth::lab {
namespace {

TEST(Http, IsAliveAndReady) {
    running_server server;
    const auto alive = get_page(server.http_port(), "/healthz");
    EXPECT_EQ(alive.status, 200);
    EXPECT_EQ(alive.body, "ok\n");
    const auto ready = get_page(server.http_port(), "/readyz");
    EXPECT_EQ(ready.status, 200) << ready.body;
    EXPECT_NE(ready.body.find("ok keys: "), std::string::npos);
    EXPECT_NE(ready.body.find("ok stopping: no\n"), std::string::npos);
    EXPECT_EQ(get_page(server.http_port(), "/").status, 404);
    EXPECT_EQ(scrape(server.http_port()).sum("relayauth_ready"), 1);
}

TEST(Http, CountsWhatWasAskedAndHowItEnded) {
    running_server server({"--realm", "example.test"});
    const auto over_tls = request_credential(server.address());
    request_credential(server.address(), {"--tcp", "--mras-version", "1.0"});
    EXPECT_EQ(validate(server.address(), over_tls).code, 0);
    EXPECT_EQ(validate(server.address(), {over_tls.username, "wrong"}).code, 3);
    auto peer = server.tcp();
    EXPECT_TRUE(peer.ask(service("no XML")));

    const auto now = scrape(server.http_port());
    const std::string sip = "door=\"sip\"", rpc = "door=\"rpc\"";
    EXPECT_EQ(now.sum("relayauth_issued_total", {sip, "dialect=\"mras\"", "version=\"2\""}), 1);
    EXPECT_EQ(now.sum("relayauth_issued_total", {sip, "dialect=\"mras\"", "version=\"1\""}), 1);
    EXPECT_EQ(now.sum("relayauth_issued_total"), 2);
    EXPECT_EQ(now.sum("relayauth_validated_total", {rpc}), 1);
    EXPECT_EQ(now.sum("relayauth_key_validated_total"), 1);
    EXPECT_EQ(now.sum("relayauth_validate_refused_total", {rpc, "\"wrong_password\""}), 1);
    EXPECT_EQ(now.sum("relayauth_issue_refused_total", {sip, "reason=\"malformed\""}), 1);
    EXPECT_EQ(now.sum("relayauth_tls_established_total"), 1);
    EXPECT_EQ(now.sum("relayauth_connections_accepted_total"), 5);
    EXPECT_EQ(now.sum("relayauth_request_duration_seconds_count", {"\"issue\""}), 3);
    EXPECT_EQ(now.sum("relayauth_request_duration_seconds_count", {"\"validate\""}), 2);
    EXPECT_GT(now.sum("relayauth_request_duration_seconds_sum", {"\"issue\""}), 1e-6);
    EXPECT_LT(now.sum("relayauth_request_duration_seconds_sum", {"\"issue\""}), 20);
    EXPECT_NEAR(now.sum("relayauth_start_time_seconds"), static_cast<double>(::time(nullptr)), 60);
}

TEST(Http, HoldsNothingOfConnectionsThatEnded) {
    running_server server;
    for (int i = 0; i < 3; ++i) {
        auto peer = server.tcp();
        ASSERT_TRUE(peer.ask(service()));
        EXPECT_EQ(scrape(server.http_port()).sum("relayauth_connections"), 1);
        peer.carrier().half_close();
        EXPECT_TRUE(peer.is_closed());
    }
    EXPECT_TRUE(eventually(
        [&] { return scrape(server.http_port()).sum("relayauth_connections_closed_total") == 3; }));
    const auto now = scrape(server.http_port());
    EXPECT_EQ(now.sum("relayauth_connections"), 0);
    EXPECT_EQ(now.sum("relayauth_buffered_bytes"), 0);
}

TEST(Http, NamesTheKeysAnewAfterAReload) {
    const temporary_folder folder;
    const auto first = make_certificate(folder, "first.example.test");
    const auto second = make_certificate(folder, "second.example.test");
    const lab_certificate live{folder.write("live.pem", read_file(first.certificate)),
                               folder.write("live.key", read_file(first.key))};
    running_server server({"--certificate", second.certificate, "--key", second.key}, live);
    const auto stages = [&] {
        const auto now = scrape(server.http_port());
        const std::string name = "relayauth_key_expiry_seconds";
        return std::pair{now.sum(name, {"\"minting\""}), now.sum(name, {"\"verifying\""})};
    };
    EXPECT_GT(stages().first, 3600);
    EXPECT_GT(stages().second, 3600);
    folder.write("live.pem", read_file(second.certificate));
    folder.write("live.key", read_file(second.key));
    server.process().signal(SIGHUP);
    ASSERT_NE(server.wait_for_line({" reloaded"}), "");
    EXPECT_GT(stages().first, 3600);
    EXPECT_EQ(stages().second, 0) << "one key, twice, is one";
}

TEST(Http, PromtoolFindsNothingWrong) {
    running_server server;
    const auto minted = request_credential(server.address());
    validate(server.address(), minted);
    const auto page = get_page(server.http_port(), "/metrics");
    read_metrics(page.body);  // promtool does not find a sample that comes twice
    const auto done = run({find_program("promtool"), "check", "metrics"}, {}, page.body);
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
    EXPECT_EQ(done.output + done.errors, "");
}

// Every metric in the shipped dashboard's expressions, each once.
std::vector<std::string> dashboard_metrics() {
    const auto text = read_file(RELAYAUTH_SOURCE_DIR "/relayauth/server/grafana-dashboard.json");
    std::vector<std::string> all;
    const std::string prefix = "relayauth_";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
        const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
        all.push_back(text.substr(at, end - at));
        at = end;
    }
    return all;
}

TEST(Http, ExposesEveryMetricThatTheDashboardNames) {
    running_server server;
    const auto now = scrape(server.http_port());
    const auto named = dashboard_metrics();
    EXPECT_GT(named.size(), 30u);
    for (const auto& each : named) {
        const auto found = now.samples.lower_bound(each);
        EXPECT_TRUE(found != now.samples.end() &&
                    (found->first == each || found->first.starts_with(each + "{")))
            << each;
    }
}

TEST(Http, ServesAHundredScrapersAtOnce) {
    running_server server;
    std::vector<http_peer> peers;
    for (int i = 0; i < 100; ++i) peers.emplace_back(server.http_port());
    // Those that came first made way; the others are served, and so is everybody else.
    int served = 0;
    for (auto& each : peers) {
        const auto page = each.get("/healthz");
        served += page && page->status == 200;
    }
    EXPECT_GE(served, 64);
    EXPECT_EQ(get_page(server.http_port(), "/readyz").status, 200);
    EXPECT_TRUE(server.tcp().ask(service()));
}

TEST(Http, AScrapeUnderLoadDisturbsNoAnswer) {
    running_server server;
    std::atomic<bool> done{false};
    std::atomic<int> scrapes{0};
    std::thread scraper([&] {
        double before = 0;
        while (!done) {
            const auto issued = scrape(server.http_port()).sum("relayauth_issued_total");
            EXPECT_GE(issued, before);
            before = issued;
            ++scrapes;
        }
    });
    constexpr unsigned many = 2000;
    auto peer = server.tcp();
    for (unsigned number = 1; number <= many; ++number) {
        const auto answer = peer.ask(numbered(number));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->header("CSeq"), std::to_string(number) + " SERVICE");
        EXPECT_EQ(answer->attribute("reasonPhrase"), "OK");
    }
    EXPECT_TRUE(eventually([&] { return scrapes >= 3; }));
    done = true;
    scraper.join();
    EXPECT_EQ(scrape(server.http_port()).sum("relayauth_issued_total"), many);
}

TEST(Http, TellsWhoIsConnectedThatItStopsAndEndsInTime) {
    running_server server;
    http_peer scraper(server.http_port());
    ASSERT_TRUE(scraper.get("/readyz"));
    auto slow = server.tcp();  // keeps the server up for as long as it may
    ASSERT_TRUE(slow.ask(service()));
    ASSERT_TRUE(slow.send(numbered(2).substr(0, 200)));
    server.process().signal(SIGTERM);
    ASSERT_NE(server.wait_for_line({" stopping"}), "");
    std::optional<http_page> page;
    EXPECT_TRUE(eventually([&] {
        page = scraper.get("/readyz");
        return !page || page->status == 503;
    }));
    ASSERT_TRUE(page);
    EXPECT_NE(page->body.find("NOT stopping: "), std::string::npos) << page->body;
    EXPECT_TRUE(eventually([&] { return connect_tcp(server.http_port()).number() < 0; }, 2s));
    server.stop();
    EXPECT_TRUE(scraper.is_closed());
}

TEST(Http, CanBeOff) {
    running_server server({"--http-listen", "off"});
    EXPECT_EQ(server.http_port(), 0);
    EXPECT_TRUE(server.tcp().ask(service()));
    server.stop();
}

TEST(Http, AnAddressThatWasAskedForMustBeFree) {
    running_server server;
    const auto taken = "127.0.0.1:" + std::to_string(server.http_port());
    const auto done =
        run({relayauth_program, "serve", "--certificate", shared_certificate().certificate, "--key",
             shared_certificate().key, "--listen", "127.0.0.1:0", "--http-listen", taken});
    EXPECT_EQ(done.code, 2);
    EXPECT_NE(done.errors.find(taken), std::string::npos) << done.errors;
    EXPECT_NE(done.errors.find("--http-listen"), std::string::npos) << done.errors;
}

// held_port has a port of 127.0.0.1, or knows that somebody else has it.
class held_port {
public:
    explicit held_port(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(socket_.number(), reinterpret_cast<sockaddr*>(&where), sizeof where) == 0)
            ::listen(socket_.number(), 1);
    }

private:
    descriptor socket_;
};

TEST(Http, ADefaultPortThatIsTakenIsAWarning) {
    const held_port taken(5080);
    child_process process({relayauth_program, "serve", "--certificate",
                           shared_certificate().certificate, "--key", shared_certificate().key,
                           "--listen", "127.0.0.1:0"});
    EXPECT_TRUE(eventually([&] {
        return !last_line_with(process.errors(), {"clock", "server_time"}).empty();
    })) << process.errors();
    EXPECT_NE(last_line_with(process.errors(), {" warning no_http", "127.0.0.1:5080",
                                                "--http-listen", "serving without it"}),
              "")
        << process.errors();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(), 0);
}

}  // namespace
}  // namespace relayauth::lab
