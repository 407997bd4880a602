#include "relayauth/verify/file.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

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

TEST_F(SecretFile, NamesTheFileThatCannotBeRead) {
    const auto missing = (folder_ / "missing").string();
    EXPECT_EQ(read_secret_file(missing, 5).error(),
              "cannot read " + missing + ": No such file or directory");
    EXPECT_EQ(read_secret_file(folder_, 5).error(),
              "cannot read " + folder_.string() + ": Is a directory");
}

}  // namespace
}  // namespace relayauth::verify
