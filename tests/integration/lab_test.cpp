#include "free_port.hpp"
#include "lab_commands.hpp"
#include "own_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

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
        EXPECT_EQ(text_of(told.output, "words"), "nothing is held") << told.output;
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

// With its mode changed by somebody, the kernel still tells who is there.
TEST(AdminSocket, TalksToItsUserAndRootOnly) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
    const running_server server;
    const auto folder = std::filesystem::path(server.admin_socket()).parent_path();
    ASSERT_EQ(chmod(folder.c_str(), 0755), 0);
    const std::vector<std::string> as_nobody = {find_program("setpriv"),
                                                "--reuid=65534",
                                                "--regid=65534",
                                                "--clear-groups",
                                                find_program("python3"),
                                                "-c",
                                                "import socket,sys\n"
                                                "s=socket.socket(socket.AF_UNIX)\n"
                                                "s.connect(sys.argv[1])\n"
                                                "s.sendall(b'{\"command\":\"clock status\"}\\n')\n"
                                                "print(len(s.recv(9)))",
                                                server.admin_socket()};
    EXPECT_NE(run(as_nobody).errors.find("Permission denied"), std::string::npos);
    ASSERT_EQ(chmod(server.admin_socket().c_str(), 0666), 0);
    const auto turned_away = run(as_nobody);
    EXPECT_TRUE(turned_away.output == "0\n" || turned_away.code != 0)
        << turned_away.output << turned_away.errors;
}

}  // namespace
}  // namespace relayauth::lab
