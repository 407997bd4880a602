#include "relayauth/server/admin_path.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace relayauth::server {
namespace {

TEST(AdminPath, IsInAFolderOfTheUser) {
    EXPECT_EQ(default_admin_socket(0, "/run/user/0", 5062), "/run/relayauth/5062.sock");
    EXPECT_EQ(default_admin_socket(1000, "/run/user/1000", 5063),
              "/run/user/1000/relayauth/5063.sock");
    EXPECT_EQ(default_admin_socket(1000, "", 5062), "/tmp/relayauth-1000/5062.sock");
    EXPECT_EQ(default_admin_socket(1000, "here", 5062), "/tmp/relayauth-1000/5062.sock");
}

class AdminFolder : public ::testing::Test {
protected:
    AdminFolder() {
        std::string pattern = std::filesystem::temp_directory_path() / "adminXXXXXX";
        place_ = mkdtemp(pattern.data());
    }
    ~AdminFolder() override { std::filesystem::remove_all(place_); }
    std::string in(const std::string& folder) const { return place_ + "/" + folder + "/1.sock"; }
    std::string place_;
};

TEST_F(AdminFolder, IsMadeForUsAloneAndThenTrusted) {
    EXPECT_TRUE(check_admin_folder(in("new")));
    EXPECT_FALSE(make_admin_folder(in("new")));
    struct stat made {};
    ASSERT_EQ(stat((place_ + "/new").c_str(), &made), 0);
    EXPECT_EQ(made.st_mode & 0777, 0700u);
    EXPECT_FALSE(make_admin_folder(in("new")));
    EXPECT_FALSE(check_admin_folder(in("new")));
}

TEST_F(AdminFolder, IsNotTrustedWhenOpenToOthers) {
    for (const mode_t mode : {0701, 0710, 0720, 0777}) {
        const auto folder = place_ + "/" + std::to_string(mode);
        ASSERT_EQ(mkdir(folder.c_str(), 0700), 0);
        ASSERT_EQ(chmod(folder.c_str(), mode), 0);
        const auto problem = make_admin_folder(folder + "/1.sock");
        ASSERT_TRUE(problem);
        EXPECT_NE(problem->find("chmod 0700"), std::string::npos);
    }
}

TEST_F(AdminFolder, IsNotTrustedBehindALinkOrAsAFile) {
    ASSERT_EQ(mkdir((place_ + "/real").c_str(), 0700), 0);
    ASSERT_EQ(symlink("real", (place_ + "/link").c_str()), 0);
    EXPECT_TRUE(make_admin_folder(in("link")));
    ASSERT_EQ(mknod((place_ + "/file").c_str(), S_IFREG | 0600, 0), 0);
    EXPECT_TRUE(make_admin_folder(in("file")));
    EXPECT_TRUE(make_admin_folder(in("no/such")));
}

TEST_F(AdminFolder, IsNotTrustedWhenAnothersOwn) {
    ASSERT_EQ(mkdir((place_ + "/theirs").c_str(), 0700), 0);
    if (chown((place_ + "/theirs").c_str(), 4242, 4242) != 0)
        GTEST_SKIP() << "only root can give a folder away";
    const auto problem = make_admin_folder(in("theirs"));
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("user 4242"), std::string::npos) << *problem;
}

}  // namespace
}  // namespace relayauth::server
