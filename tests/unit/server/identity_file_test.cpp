#include "relayauth/server/identity_file.hpp"

#include "vector_options.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::server {
namespace {

using names = std::vector<std::string>;

TEST(PairPaths, GiveTheNthKeyToTheNthCertificate) {
    const auto pairs = pair_paths({"a", "b"}, {"ka", "kb"});
    ASSERT_TRUE(pairs && pairs->size() == 2);
    EXPECT_EQ((*pairs)[0].certificate, "a");
    EXPECT_EQ((*pairs)[0].key, "ka");
    EXPECT_EQ((*pairs)[1].certificate, "b");
    EXPECT_EQ((*pairs)[1].key, "kb");
}

TEST(PairPaths, LeaveTheOthersToTheirOwnFile) {
    const auto pairs = pair_paths({"a", "b", "c"}, {"ka"});
    ASSERT_TRUE(pairs && pairs->size() == 3);
    EXPECT_EQ((*pairs)[0].key, "ka");
    EXPECT_EQ((*pairs)[1].key, "");
    EXPECT_EQ((*pairs)[2].key, "");
    EXPECT_EQ(pair_paths({"a"}, {})->front().key, "");
}

TEST(PairPaths, AreNothingForMoreKeysThanCertificates) {
    EXPECT_FALSE(pair_paths({"a"}, {"ka", "kb"}));
    EXPECT_FALSE(pair_paths({}, {"ka"}));
    EXPECT_TRUE(pair_paths({}, {})->empty());
}

TEST(ReadPasswordOf, GivesTheFirstLineOfTheFileThatIsNamed) {
    const auto none = read_password_of("");
    ASSERT_TRUE(none.has_value());
    EXPECT_FALSE(*none) << "no file, no password";
    const auto read = read_password_of(file_with("password-line", "pass word\r\nnext\n"));
    ASSERT_TRUE(read.has_value() && *read);
    EXPECT_EQ(as_text((*read)->reveal()), "pass word");
    const auto empty = read_password_of(file_with("empty-password", ""));
    ASSERT_TRUE(empty.has_value() && *empty);
    EXPECT_TRUE((*empty)->empty());
}

TEST(ReadPasswordOf, NamesTheFileThatIsNotThere) {
    const auto read = read_password_of("/nowhere/password");
    ASSERT_FALSE(read.has_value());
    EXPECT_NE(read.error().find("/nowhere/password"), std::string::npos);
}

TEST(ReadIdentity, ReadsACertificateWithItsKeyOrWithTheKeyInside) {
    const auto apart =
        read_identity({vector_path("p256.cert.pem"), vector_path("p256.key.pem")}, {});
    ASSERT_TRUE(apart.has_value()) << apart.error();
    EXPECT_EQ(apart->about().key_id, "6d679884");
    const auto inside = read_identity({vector_path("rsa2048.bag.pem"), ""}, {});
    ASSERT_TRUE(inside.has_value()) << inside.error();
    EXPECT_EQ(inside->about().key_id, "168e9d81");
}

TEST(ReadIdentity, OpensWhatThePasswordLocks) {
    const certificate_paths locked{vector_path("rsa2048.cert.pem"),
                                   vector_path("rsa2048.encrypted.pem")};
    const auto password = read_password_of(vector_path("password.txt"));
    ASSERT_TRUE(password.has_value());
    EXPECT_TRUE(read_identity(locked, *password).has_value());
    EXPECT_FALSE(read_identity(locked, {}).has_value());
}

TEST(ReadIdentity, NamesTheFilesInOneLine) {
    const auto why_not = [](const certificate_paths& paths) {
        const auto read = read_identity(paths, {});
        EXPECT_FALSE(read.has_value());
        const auto line = read.has_value() ? std::string() : read.error();
        EXPECT_EQ(line.find('\n'), std::string::npos) << line;
        return line;
    };
    const auto good = vector_path("p256.cert.pem");
    EXPECT_TRUE(why_not({"/nowhere/c.pem", ""}).find("/nowhere/c.pem") != std::string::npos);
    EXPECT_TRUE(why_not({good, "/nowhere/k.pem"}).find("/nowhere/k.pem") != std::string::npos);
    const auto other = vector_path("rsa2048.key.pem");
    EXPECT_TRUE(why_not({good, other}).starts_with(good + " with " + other + ": "));
    EXPECT_TRUE(why_not({good, ""}).starts_with(good + ": "));
}

}  // namespace
}  // namespace relayauth::server
