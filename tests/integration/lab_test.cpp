#include "free_port.hpp"
#include "lab_commands.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <grp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>

// A server that is wrong on purpose, and who may make it so.
namespace relayauth::lab {
namespace {

TEST(AdminSocket, IsClosedToOthersAndGoesWithItsServer) {
    running_server server;
    struct stat found {};
    ASSERT_EQ(lstat(server.admin_socket().c_str(), &found), 0);
    EXPECT_TRUE(S_ISSOCK(found.st_mode));
    EXPECT_EQ(found.st_mode & 0777, 0600u);
    EXPECT_NE(server.wait_for_line({"admin_socket", "path=" + server.admin_socket()}), "");
    server.stop();
    EXPECT_NE(lstat(server.admin_socket().c_str(), &found), 0);
}

TEST(AdminSocket, WithoutLabRefusesToBeWrongAndTellsTheClock) {
    const running_server server;
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"lab", "list"},
                                               {"lab", "clock", "--offset", "+8h"},
                                               {"lab", "rule", "sip:*", "expired"},
                                               {"lab", "rule", "--clear"}}) {
        const auto refused = administer(server, words);
        EXPECT_EQ(refused.code, 3) << refused.output;
        EXPECT_NE(refused.errors.find("refused: this server runs without --lab"), std::string::npos)
            << refused.errors;
    }
    for (const auto* word : {"status", "accept"}) {
        const auto told = administer(server, {"clock", word});
        EXPECT_EQ(told.code, 0) << told.errors;
        const std::string words = std::string(word) == "status" ? "serving" : "nothing was wrong";
        EXPECT_EQ(text_of(told.output, "words").find(words), 0u) << told.output;
        EXPECT_EQ(number_of(told.output, "clock_offset_ms"), 0);
    }
}

TEST(AdminSocket, ReplacesAStaleFileAndLeavesALiveOne) {
    running_server first;
    const auto refused = run({relayauth_program, "serve", "--certificate",
                              shared_certificate().certificate, "--key", shared_certificate().key,
                              "--listen", "127.0.0.1:0", "--admin-socket", first.admin_socket()});
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.errors.find("process " + std::to_string(first.process().id())),
              std::string::npos)
        << refused.errors;
    EXPECT_EQ(administer(first, {"clock", "status"}).code, 0);

    first.process().kill();
    EXPECT_TRUE(std::filesystem::exists(first.admin_socket()));
    EXPECT_EQ(administer(first, {"clock", "status"}).code, 2);
    running_server second({"--admin-socket", first.admin_socket()});
    EXPECT_EQ(administer(first, {"clock", "status"}).code, 0);
    second.stop();
}

TEST(AdminSocket, LeavesAFileAloneThatIsNone) {
    const temporary_folder folder;
    const auto file = folder.write("precious", "content");
    const auto refused =
        run({relayauth_program, "serve", "--certificate", shared_certificate().certificate, "--key",
             shared_certificate().key, "--listen", "127.0.0.1:0", "--admin-socket", file});
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.errors.find("is no socket"), std::string::npos) << refused.errors;
    EXPECT_EQ(read_file(file), "content");
}

TEST(AdminSocket, IsFoundByItsPort) {
    const temporary_folder folder;
    const running_server server({"--admin-socket=default"}, shared_certificate(),
                                {"XDG_RUNTIME_DIR=" + folder.path()});
    const auto told =
        run({relayauth_program, "clock", "status", "--port", std::to_string(server.port())},
            {"XDG_RUNTIME_DIR=" + folder.path()});
    EXPECT_EQ(told.code, 0) << told.errors << server.log();
    EXPECT_NE(told.output.find("as the machine's"), std::string::npos) << told.output;
}

TEST(AdminSocket, WithoutItsUsualPlaceTheServerWarnsAndServes) {
    const temporary_folder folder;
    const auto place = (geteuid() == 0 ? std::string("/run") : folder.path()) + "/relayauth";
    mkdir(place.c_str(), 0700);
    const auto port = std::to_string(free_port());
    const auto in_the_way = place + "/" + port + ".sock";
    std::ofstream(in_the_way) << "not a socket";
    const child_process server(
        {relayauth_program, "serve", "--certificate", shared_certificate().certificate, "--key",
         shared_certificate().key, "--listen", "127.0.0.1:" + port},
        {"XDG_RUNTIME_DIR=" + folder.path()});
    EXPECT_TRUE(eventually([&] { return server.errors().find(" clock ") != std::string::npos; }));
    EXPECT_NE(server.errors().find("warning no_admin_socket"), std::string::npos);
    EXPECT_EQ(read_file(in_the_way), "not a socket");
    std::filesystem::remove(in_the_way);
}

// at_socket is a connection to an administration socket.
descriptor at_socket(const std::string& path) {
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    path.copy(where.sun_path, sizeof where.sun_path - 1);
    descriptor asking(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(connect(asking.number(), reinterpret_cast<const sockaddr*>(&where), sizeof where), 0);
    return asking;
}

// What it answers before it closes, or to its first line.
std::string answer_at(const descriptor& asking, std::string_view said) {
    ::send(asking.number(), said.data(), said.size(), MSG_NOSIGNAL);
    std::array<char, 4096> part{};
    const auto count = wait_for(asking.number(), POLLIN, patience)
                           ? ::recv(asking.number(), part.data(), part.size(), 0)
                           : -1;
    return {part.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

TEST(AdminSocket, AnswersGarbageAndOneLineAfterTheOther) {
    const running_server server;
    const auto line = at_socket(server.admin_socket());
    for (const auto& each :
         {std::string("\n"), std::string("GET / HTTP/1.1\n"), std::string("\0\xFF{\n", 4)}) {
        EXPECT_EQ(text_of(answer_at(line, each), "result"), "malformed");
    }
    EXPECT_EQ(text_of(answer_at(line, "{\"command\":\"clock status\"}\n"), "result"), "done");
    const auto endless = at_socket(server.admin_socket());
    EXPECT_EQ(text_of(answer_at(endless, std::string(5000, 'x')), "result"), "malformed");
    EXPECT_EQ(answer_at(endless, "\n"), "");  // closed
}

TEST(AdminSocket, TakesEightConnectionsAtATime) {
    const running_server server;
    std::vector<descriptor> silent;
    for (int i = 0; i < 8; ++i) silent.push_back(at_socket(server.admin_socket()));
    constexpr std::string_view status = "{\"command\":\"clock status\"}\n";
    EXPECT_NE(answer_at(silent.back(), status), "");
    EXPECT_EQ(answer_at(at_socket(server.admin_socket()), status), "");
    silent.clear();
    EXPECT_TRUE(
        eventually([&] { return !answer_at(at_socket(server.admin_socket()), status).empty(); }));
}

enum class met { nobody, no_entry, the_door, an_answer };

// What somebody else (65534) meets who asks for the clock's status. Root only.
met met_by_another(const std::string& path) {
    const auto child = fork();
    if (child == 0) {
        sockaddr_un where{};
        where.sun_family = AF_UNIX;
        path.copy(where.sun_path, sizeof where.sun_path - 1);
        const int asking = socket(AF_UNIX, SOCK_STREAM, 0);
        if (setgroups(0, nullptr) != 0 || setgid(65534) != 0 || setuid(65534) != 0) _exit(0);
        if (connect(asking, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0)
            _exit(static_cast<int>(errno == EACCES ? met::no_entry : met::nobody));
        constexpr std::string_view line = "{\"command\":\"clock status\"}\n";
        ::send(asking, line.data(), line.size(), MSG_NOSIGNAL);
        char octet = 0;
        const auto count = ::recv(asking, &octet, 1, 0);
        _exit(static_cast<int>(count > 0 ? met::an_answer : met::the_door));
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return static_cast<met>(WEXITSTATUS(status));
}

// With its mode changed by somebody, the kernel still tells who is there.
TEST(AdminSocket, TalksToItsUserAndRootOnly) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
    const running_server server;
    const auto folder = std::filesystem::path(server.admin_socket()).parent_path();
    ASSERT_EQ(chmod(folder.c_str(), 0755), 0);
    EXPECT_EQ(met_by_another(server.admin_socket()), met::no_entry);
    ASSERT_EQ(chmod(server.admin_socket().c_str(), 0666), 0);
    EXPECT_EQ(met_by_another(server.admin_socket()), met::the_door);
    EXPECT_EQ(administer(server, {"clock", "status"}).code, 0);
}

}  // namespace
}  // namespace relayauth::lab
