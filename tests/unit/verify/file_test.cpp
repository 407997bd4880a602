#include "relayauth/verify/file.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace relayauth::verify {
namespace {

class SecretFile : public testing::Test {
protected:
    SecretFile() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(RELAYAUTH_TEST_WORK_DIR) /
                  (std::string("secret_file_") + test->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~SecretFile() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& content, mode_t permissions = 0600) const {
        const auto path = (folder_ / "file").string();
        std::ofstream(path) << content;
        EXPECT_EQ(::chmod(path.c_str(), permissions), 0);
        return path;
    }

    std::filesystem::path folder_;
};

TEST_F(SecretFile, GivesAllOctets) {
    const auto read = read_secret_file(write(std::string("a\0b", 3)), 10);
    ASSERT_TRUE(read);
    EXPECT_EQ(as_text(read->octets.reveal()), std::string_view("a\0b", 3));
    EXPECT_FALSE(read->readable_by_others);
}

TEST_F(SecretFile, GivesOneOctetMoreThanTheMostThatIsAllowed) {
    EXPECT_EQ(read_secret_file(write("12345"), 5)->octets.size(), 5u);
    EXPECT_EQ(read_secret_file(write("123456"), 5)->octets.size(), 6u);
    EXPECT_EQ(read_secret_file(write("123456789"), 5)->octets.size(), 6u);
}

TEST_F(SecretFile, TellsWhetherItsGroupOrEverybodyCanReadIt) {
    for (const mode_t alone : {0600u, 0400u, 0622u, 0711u}) {
        EXPECT_FALSE(read_secret_file(write("x", alone), 5)->readable_by_others) << alone;
    }
    for (const mode_t shared : {0640u, 0604u, 0644u}) {
        EXPECT_TRUE(read_secret_file(write("x", shared), 5)->readable_by_others) << shared;
    }
}

TEST_F(SecretFile, NamesTheFileThatIsMissingAndTheCommandThatWritesIt) {
    const auto missing = (folder_ / "missing").string();
    EXPECT_EQ(read_secret_file(missing, 5).error(),
              "cannot read " + missing +
                  ": No such file or directory: write it with relayauth keys export --purpose "
                  "verify");
}

// A folder, a pipe with nobody at its other end, a device.
TEST_F(SecretFile, RefusesWhatIsNoRegularFileAndWaitsForNothing) {
    const auto pipe = (folder_ / "pipe").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const auto& path : {folder_.string(), pipe, std::string("/dev/zero")}) {
        EXPECT_EQ(read_secret_file(path, 5).error(),
                  path +
                      " is no regular file: name the one that relayauth keys export --purpose "
                      "verify wrote");
    }
}

TEST(UnreadableWords, SayWhatToDo) {
    const std::string write_it = ": write it with relayauth keys export --purpose verify";
    EXPECT_TRUE(unreadable_words("f", ENOENT).ends_with(write_it));
    EXPECT_TRUE(unreadable_words("f", ENOTDIR).ends_with(write_it));
    EXPECT_EQ(unreadable_words("f", EACCES),
              "cannot read f: Permission denied: make its owner the user that this relay runs as");
    EXPECT_TRUE(unreadable_words("f", EPERM)
                    .ends_with(": make its owner the user that this relay "
                               "runs as"));
    EXPECT_EQ(unreadable_words("f", EIO),
              "cannot read f: Input/output error: mend that, or write another with relayauth keys "
              "export --purpose verify");
}

}  // namespace
}  // namespace relayauth::verify
