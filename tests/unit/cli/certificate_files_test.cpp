#include "relayauth/cli/certificate_files.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace relayauth::cli {
namespace {

class CertificateFiles : public testing::Test {
protected:
    CertificateFiles() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(RELAYAUTH_TEST_WORK_DIR) /
                  (std::string("certificate_") + test->name());
        std::filesystem::remove_all(folder_);
        made_.certificate_pem = "certificate";
        made_.private_key_pem = secret(as_bytes("key"));
    }
    ~CertificateFiles() override { std::filesystem::remove_all(folder_); }

    std::string path(const std::string& name) const { return folder_ / name; }
    std::string content_of(const std::string& name) const {
        std::ifstream in(path(name));
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string failure_of(const std::string& folder) const {
        const auto written = write_certificate_files(folder, made_);
        return written ? "written" : written.error().text;
    }

    std::filesystem::path folder_;
    certificate::created made_;
};

TEST_F(CertificateFiles, AreWrittenIntoANewFolder) {
    const auto written = write_certificate_files(path("a/b"), made_);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->certificate, path("a/b/cert.pem"));
    EXPECT_EQ(written->key, path("a/b/key.pem"));
    EXPECT_EQ(content_of("a/b/cert.pem"), "certificate");
    EXPECT_EQ(content_of("a/b/key.pem"), "key");
    struct stat about {};
    ASSERT_EQ(::stat(written->key.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_F(CertificateFiles, AreBothLeftAloneWhenOneIsThere) {
    std::filesystem::create_directories(folder_);
    std::ofstream(path("cert.pem")) << "old";
    EXPECT_EQ(failure_of(folder_).find(path("cert.pem") + " is there already"), 0u);
    EXPECT_FALSE(std::filesystem::exists(path("key.pem")));
    EXPECT_EQ(content_of("cert.pem"), "old");

    std::filesystem::remove(path("cert.pem"));
    std::ofstream(path("key.pem")) << "old";
    EXPECT_EQ(failure_of(folder_).find(path("key.pem") + " is there already"), 0u);
    EXPECT_FALSE(std::filesystem::exists(path("cert.pem")));
    EXPECT_EQ(content_of("key.pem"), "old");
}

TEST_F(CertificateFiles, NeedAFolderThatCanBeMade) {
    std::filesystem::create_directories(folder_);
    std::ofstream(path("file")) << "x";
    EXPECT_EQ(failure_of(path("file/sub")),
              "cannot make the folder " + path("file/sub") + ": Not a directory");
    EXPECT_FALSE(failure_of("") == "written");
}

}  // namespace
}  // namespace relayauth::cli
