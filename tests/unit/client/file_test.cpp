#include "relayauth/client/file.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

namespace relayauth::client {
namespace {

// A folder of its own for each test, gone afterwards.
class File : public testing::Test {
protected:
    File() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            std::filesystem::path(RELAYAUTH_TEST_WORK_DIR) / (std::string("file_") + test->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~File() override { std::filesystem::remove_all(folder_); }

    std::string path(const std::string& name) const { return folder_ / name; }
    std::string holding(const std::string& name, const std::string& content) const {
        std::ofstream(path(name), std::ios::binary) << content;
        return path(name);
    }
    std::string content_of(const std::string& name) const {
        std::ifstream in(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    std::filesystem::path folder_;
};

std::string text_of(const result<std::vector<std::uint8_t>, std::string>& read) {
    return read ? std::string(as_text(*read)) : "error: " + read.error();
}

std::string text_of(const result<secret, std::string>& read) {
    return read ? std::string(as_text(read->reveal())) : "error: " + read.error();
}

TEST_F(File, IsReadWithEveryOctet) {
    const std::string content("a\0b\r\n\xFF", 6);
    EXPECT_EQ(text_of(read_file(holding("f", content), 100)), content);
    EXPECT_EQ(text_of(read_file(holding("empty", ""), 100)), "");
}

TEST_F(File, OfExactlyTheLimitIsReadAndOfOneMoreRefused) {
    const auto five = holding("f", "12345");
    EXPECT_EQ(text_of(read_file(five, 5)), "12345");
    EXPECT_EQ(text_of(read_file(five, 4)),
              "error: cannot read " + five + ": it is longer than 4 octets");
}

TEST_F(File, ThatIsNotThereIsNamedWithTheReason) {
    EXPECT_EQ(text_of(read_file(path("no"), 5)),
              "error: cannot read " + path("no") + ": No such file or directory: check the path");
    EXPECT_EQ(text_of(read_password_file(path("no"))),
              "error: cannot read " + path("no") + ": No such file or directory: check the path");
}

TEST_F(File, ThatIsAFolderIsRefused) {
    EXPECT_EQ(text_of(read_file(path("."), 5)),
              "error: cannot read " + path(".") + ": Is a directory: name a file in it");
    EXPECT_EQ(text_of(read_password_file(path("."))),
              "error: cannot read " + path(".") + ": Is a directory: name a file in it");
}

TEST_F(File, OfUnknownSizeIsReadWhole) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const std::string content(20'000, 'x');
    ASSERT_EQ(::write(ends[1], content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    ::close(ends[1]);
    EXPECT_EQ(text_of(read_file("/proc/self/fd/" + std::to_string(ends[0]), 30'000)), content);
    ::close(ends[0]);
}

TEST_F(File, GivesItsFirstLineAsAPassword) {
    EXPECT_EQ(text_of(read_password_file(holding("lf", "secret\nmore\n"))), "secret");
    EXPECT_EQ(text_of(read_password_file(holding("crlf", "secret\r\nmore"))), "secret");
    EXPECT_EQ(text_of(read_password_file(holding("none", "secret"))), "secret");
    EXPECT_EQ(text_of(read_password_file(holding("spaces", " s p \t\n"))), " s p \t");
    EXPECT_EQ(text_of(read_password_file(holding("empty", ""))), "");
    EXPECT_EQ(text_of(read_password_file(holding("blank", "\nx"))), "");
    EXPECT_EQ(text_of(read_password_file(holding("cr", "a\rb\n"))), "a\rb");
}

TEST_F(File, GivesNoPasswordLongerThanTheLimit) {
    const std::string longest(max_password_bytes, 'p');
    EXPECT_EQ(text_of(read_password_file(holding("most", longest + "\n"))), longest);
    const auto more = holding("more", longest + "p\n");
    EXPECT_EQ(text_of(read_password_file(more)),
              "error: cannot read " + more + ": its first line is longer than 1024 octets");
}

TEST_F(File, LeavesWhatFollowsThePasswordInThePipe) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    ASSERT_EQ(::write(ends[1], "one\ntwo\n", 8), 8);
    ::close(ends[1]);
    EXPECT_EQ(text_of(read_password_line(ends[0], "pipe")), "one");
    EXPECT_EQ(text_of(read_password_line(ends[0], "pipe")), "two");
    EXPECT_EQ(text_of(read_password_line(ends[0], "pipe")), "");
    ::close(ends[0]);
    EXPECT_EQ(text_of(read_password_line(ends[0], "pipe")),
              "error: cannot read pipe: Bad file descriptor");
}

TEST_F(File, IsMadeWithItsPermissions) {
    const auto before = ::umask(022);
    EXPECT_EQ(write_new_file(path("key"), as_bytes("k"), 0600), std::nullopt);
    EXPECT_EQ(write_new_file(path("cert"), as_bytes("c"), 0644), std::nullopt);
    ::umask(before);
    struct stat key {
    }, cert{};
    ASSERT_EQ(::stat(path("key").c_str(), &key), 0);
    ASSERT_EQ(::stat(path("cert").c_str(), &cert), 0);
    EXPECT_EQ(key.st_mode & 0777, 0600u);
    EXPECT_EQ(cert.st_mode & 0777, 0644u);
    EXPECT_EQ(content_of("key"), "k");
}

TEST_F(File, IsNeverOverwritten) {
    const auto old = holding("f", "old");
    const auto wrong = write_new_file(old, as_bytes("new"), 0644);
    ASSERT_TRUE(wrong);
    EXPECT_EQ(*wrong, already_there(old));
    EXPECT_EQ(wrong->find(old + " is there already"), 0u);
    EXPECT_EQ(content_of("f"), "old");
}

TEST_F(File, IsNotMadeThroughADanglingLink) {
    std::filesystem::create_symlink(path("target"), path("link"));
    EXPECT_EQ(write_new_file(path("link"), as_bytes("x"), 0644), already_there(path("link")));
    EXPECT_FALSE(std::filesystem::exists(path("target")));
}

TEST_F(File, ThatCannotBeMadeIsNamedWithWhatToDo) {
    const std::string advice = ": make its folder first, or choose one that is there";
    EXPECT_EQ(write_new_file(path("no/f"), as_bytes("x"), 0644),
              "cannot make " + path("no/f") + ": No such file or directory" + advice);
    const auto file = holding("f", "x");
    EXPECT_EQ(write_new_file(file + "/g", as_bytes("x"), 0644),
              "cannot make " + file + "/g: Not a directory" + advice);
}

// Where not even the superuser makes files.
TEST_F(File, ThatMayNotBeMadeIsNamedWithWhatToDo) {
    const auto wrong = write_new_file("/sys/relayauth", as_bytes("x"), 0644);
    ASSERT_TRUE(wrong);
    EXPECT_NE(wrong->find(": choose a folder that you may write to"), std::string::npos) << *wrong;
}

TEST_F(File, ThatIsAReportIsWrittenOverAnOlderOne) {
    EXPECT_EQ(write_file(path("f"), as_bytes("a long one")), std::nullopt);
    EXPECT_EQ(content_of("f"), "a long one");
    EXPECT_EQ(write_file(path("f"), as_bytes("short")), std::nullopt);
    EXPECT_EQ(content_of("f"), "short");
    std::filesystem::create_symlink(path("f"), path("link"));
    EXPECT_EQ(write_file(path("link"), as_bytes("through it")), std::nullopt);
    EXPECT_EQ(content_of("f"), "through it");
}

TEST_F(File, ThatIsAReportHasThePermissionsOfTheUmask) {
    const auto before = ::umask(027);
    EXPECT_EQ(write_file(path("f"), as_bytes("r")), std::nullopt);
    ::umask(before);
    struct stat about {};
    ASSERT_EQ(::stat(path("f").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0640u);
}

TEST_F(File, ThatCannotBeWrittenIsNamedWithWhatToDo) {
    EXPECT_EQ(
        write_file(path("no/f"), as_bytes("x")),
        "cannot write " + path("no/f") +
            ": No such file or directory: make its folder first, or choose one that is there");
    EXPECT_EQ(write_file(path("."), as_bytes("x")),
              "cannot write " + path(".") + ": Is a directory: name a file in it");
    EXPECT_EQ(write_file("/dev/full", as_bytes("x")),
              "cannot write /dev/full: No space left on device: make room there, or choose another "
              "place");
    EXPECT_TRUE(std::filesystem::exists("/dev/full"));
}

// A limit on the size of files fails in the middle of one, as a full disk does.
TEST_F(File, ThatCannotBeWrittenWholeIsLeftEmpty) {
    struct rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    auto* const action = ::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small { 4, before.rlim_max };
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto wrong = write_file(path("f"), as_bytes("too long"));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, action);
    EXPECT_EQ(wrong, "cannot write " + path("f") + ": File too large");
    EXPECT_EQ(content_of("f"), "");
}

TEST_F(File, ThatCanBeWrittenIsLeftAsItWas) {
    EXPECT_EQ(check_writable(path("new")), std::nullopt);
    EXPECT_NE(::access(path("new").c_str(), F_OK), 0);
    ASSERT_EQ(write_file(path("old"), as_bytes("kept")), std::nullopt);
    EXPECT_EQ(check_writable(path("old")), std::nullopt);
    const auto content = read_file(path("old"), 100);
    ASSERT_TRUE(content);
    EXPECT_EQ(as_text(*content), "kept");
}

TEST_F(File, ThatCannotBeWrittenIsToldBefore) {
    EXPECT_EQ(check_writable(path("no/new")), write_file(path("no/new"), as_bytes("x")));
    EXPECT_EQ(check_writable(path(".")), write_file(path("."), as_bytes("x")));
    EXPECT_NE(check_writable(path(".")), std::nullopt);
}

}  // namespace
}  // namespace relayauth::client
