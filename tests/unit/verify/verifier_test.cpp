#include "relayauth/verify/verifier.hpp"

#include "key_text.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

// Key files in, verdicts on usernames and passwords out. Settings, live sessions, messages and
// long-term keys have tests of their own.

namespace relayauth::verify {
namespace {

using key_text::at;
using key_text::file_of;
using key_text::notes_key;
using key_text::rsa_key;
using std::chrono::hours;

constexpr ticks now = -hours(1);

class VerifierFile : public testing::Test {
protected:
    VerifierFile() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        path_ = std::filesystem::path(RELAYAUTH_TEST_WORK_DIR) /
                (std::string("verifier_") + test->name());
    }
    ~VerifierFile() override { std::filesystem::remove_all(path_); }

    void write(const std::string& content, mode_t permissions = 0600) const {
        std::ofstream(path_) << content;
        EXPECT_EQ(::chmod(path_.c_str(), permissions), 0);
    }

    std::string path_;
};

TEST_F(VerifierFile, IsLoaded) {
    write(file_of(notes_key()));
    const auto loaded = verifier::load(path_);
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_EQ(loaded.error(), "");
    EXPECT_TRUE(loaded->warnings().empty());
    EXPECT_TRUE(loaded->check(key_text::v2_username, at(now)).good());
}

TEST_F(VerifierFile, ThatOthersCanReadIsLoadedWithAWarning) {
    write(file_of(notes_key()), 0640);
    const auto loaded = verifier::load(path_);
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_EQ(loaded->warnings(),
              std::vector<std::string>{path_ + ": others than its owner can read it, and so mint "
                                               "credentials: chmod 600 it"});
    EXPECT_TRUE(loaded->check(key_text::v2_username, at(now)).good());
}

TEST_F(VerifierFile, IsNamedWithTheLineThatIsWrong) {
    write(file_of(notes_key() + "turn-rest " + std::string(64, 'a') + " \xff\n"));
    EXPECT_EQ(
        verifier::load(path_).error(),
        path_ + ": line 7: the realm is not UTF-8: export it again from a terminal whose text is");
    write("");
    EXPECT_EQ(verifier::load(path_).error(),
              path_ + ": the file is empty: make it with relayauth keys export --purpose verify");
    write(std::string(1024 * 1024 + 1, '#'));
    EXPECT_EQ(verifier::load(path_).error(),
              path_ + ": longer than the 1 MiB that a key file may have: is it another file?");
}

TEST_F(VerifierFile, IsNamedWhenItCannotBeReadWithWhatToDo) {
    EXPECT_EQ(verifier::load(path_).error(),
              "cannot read " + path_ +
                  ": No such file or directory: write it with relayauth keys export --purpose "
                  "verify");
    ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
    EXPECT_EQ(verifier::load(path_).error(),
              path_ +
                  " is no regular file: name the one that relayauth keys export --purpose verify "
                  "wrote");
}

TEST(Verifier, ParsesTextAndNamesItAsKeyFile) {
    EXPECT_TRUE(verifier::parse(file_of(notes_key())));
    const auto wrong = verifier::parse(file_of("key notes never\n"));
    EXPECT_FALSE(wrong);
    EXPECT_EQ(wrong.error(),
              "key file: line 3: a key's id is followed by 'mints', or by 'verifies-until' and a "
              "time as 2030-01-02T03:04:05Z");
}

TEST(Verifier, IsStillReadyWhenItWasMoved) {
    auto first = key_text::ready(file_of(notes_key()));
    auto second = std::move(first);
    EXPECT_TRUE(second.check(key_text::v2_username, at(now)).good());
    second = key_text::ready(file_of(rsa_key()));
    EXPECT_TRUE(second.check(key_text::rsa_username, at(now)).good());
    EXPECT_EQ(second.check(key_text::v2_username, at(now)).refused(), refusal::unknown_key);
}

TEST(Verifier, FindsForeignCredentialsGood) {
    const auto judge = key_text::ready(file_of(notes_key()));
    EXPECT_TRUE(judge.check(key_text::v1_username, at(now)).good());
    EXPECT_TRUE(judge.check(key_text::v2_username, at(now)).good());
    EXPECT_TRUE(judge.check(key_text::v2_username, key_text::v2_password, at(now)).good());
}

TEST(Verifier, RefusesAPasswordThatIsNotItsOwn) {
    const auto judge = key_text::ready(file_of(notes_key()));
    EXPECT_EQ(judge.check(key_text::v2_username, key_text::rsa_password, at(now)).refused(),
              refusal::wrong_password);
    EXPECT_EQ(judge.check(key_text::v2_username, "", at(now)).refused(), refusal::wrong_password);
}

TEST(Verifier, RefusesTheCredentialsOfAForeignKey) {
    const auto judge = key_text::ready(file_of(notes_key()));
    const auto decided = judge.check(key_text::rsa_username, at(now));
    EXPECT_EQ(decided.refused(), refusal::unknown_key);
    EXPECT_EQ(decided.words(), "signed by none of this server's keys, or altered");
    EXPECT_EQ(decided.key_id(), "");
}

TEST(Verifier, RefusesAFlippedBit) {
    const auto judge = key_text::ready(file_of(notes_key()));
    std::string altered(key_text::v2_username);
    altered[40] = altered[40] == 'A' ? 'B' : 'A';
    EXPECT_EQ(judge.check(altered, at(now)).refused(), refusal::unknown_key);
}

TEST(Verifier, AcceptsTheCredentialsOfBothKeys) {
    const auto judge =
        key_text::ready(file_of(rsa_key() + notes_key("verifies-until 2030-01-02T03:04:05Z")));
    EXPECT_EQ(judge.check(key_text::rsa_username, at(now)).key_id(), "168e9d81");
    EXPECT_TRUE(judge.check(key_text::rsa_username, at(now)).good());
    EXPECT_EQ(judge.check(key_text::v2_username, at(now)).key_id(), "notes");
    EXPECT_TRUE(judge.check(key_text::v2_username, at(now)).good());
}

TEST(Verifier, ForgetsAKeyThatVerifiedUntilThen) {
    const auto judge =
        key_text::ready(file_of(rsa_key() + notes_key("verifies-until 2030-01-02T02:04:05Z")));
    EXPECT_EQ(judge.check(key_text::v2_username, at(now - ticks{1})).refused(), std::nullopt);
    EXPECT_EQ(judge.check(key_text::v2_username, at(now)).refused(), refusal::unknown_key);
    EXPECT_EQ(judge.check(key_text::v2_username, at(now + ticks{1})).refused(),
              refusal::unknown_key);
}

TEST(Verifier, RefusesATurnRestNameByItselfAndTakesItWithItsPassword) {
    const auto judge = key_text::ready(file_of(rsa_key() + std::string(key_text::rsa_realm_line)));
    EXPECT_EQ(judge.check(key_text::rest_name, at(now)).refused(), refusal::wrong_password);
    EXPECT_TRUE(judge.check(key_text::rest_name, key_text::rest_password, at(now)).good());
    EXPECT_EQ(judge.check(key_text::rest_name, key_text::v2_password, at(now)).refused(),
              refusal::wrong_password);
}

TEST(Verifier, NamesTheKeyOfATurnRestNameOnlyWhenItsPasswordProvedIt) {
    const auto judge =
        key_text::ready(file_of(notes_key() + rsa_key() + std::string(key_text::rsa_realm_line)));
    const auto key_id = [&judge](auto... shown) {
        return std::string(judge.check(key_text::rest_name, shown..., at(now)).key_id());
    };
    EXPECT_EQ(key_id(key_text::rest_password), "168e9d81");
    EXPECT_EQ(key_id(key_text::v2_password), "");
    EXPECT_EQ(key_id(), "");
    EXPECT_EQ(judge.check(key_text::rest_name, key_text::rest_password, at(ticks{0})).key_id(), "");
}

TEST(Verifier, RefusesATurnRestNameWithoutASecretOfItsRealm) {
    const auto judge = key_text::ready(file_of(rsa_key()));
    const auto decided = judge.check(key_text::rest_name, key_text::rest_password, at(now));
    EXPECT_EQ(decided.refused(), refusal::wrong_realm);
}

TEST(Verifier, CachesNoVerdict) {
    const auto judge = key_text::ready(file_of(notes_key()));
    EXPECT_TRUE(judge.check(key_text::v2_username, at(-ticks{1})).good());
    EXPECT_EQ(judge.check(key_text::v2_username, at(ticks{0})).refused(), refusal::expired);
    EXPECT_TRUE(judge.check(key_text::v2_username, at(-ticks{1})).good());
}

}  // namespace
}  // namespace relayauth::verify
