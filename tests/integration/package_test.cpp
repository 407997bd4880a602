#include "libnice_requests.hpp"
#include "own_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <span>

// `cmake --install`, `relayauth keys export`, and a relay's project that has only what they give.
namespace relayauth::lab {
namespace {

namespace fs = std::filesystem;

const std::string realm = "lab.example.test";

nice_login login_of(const credential& minted) {
    return {minted.username, minted.password, realm, "a nonce"};
}

std::string hex_of(std::span<const std::uint8_t> octets) {
    std::string digits;
    for (const auto octet : octets) {
        digits += "0123456789abcdef"[octet >> 4];
        digits += "0123456789abcdef"[octet & 15];
    }
    return digits;
}

// RFC 5389 15.4 asks for MD5; here it is OpenSSL's.
std::string md5_of(const std::string& text) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    EXPECT_EQ(EVP_Digest(text.data(), text.size(), octets.data(), &size, EVP_md5(), nullptr), 1);
    return hex_of(std::span(octets).first(size));
}

long number_after(const std::string& words, const std::string& text) {
    const auto at = text.find(words);
    return at == std::string::npos ? 0 : std::atol(text.c_str() + at + words.size());
}

void expect_good(const finished& told, const std::string& dialect) {
    EXPECT_EQ(told.code, 0) << told.output << told.errors;
    EXPECT_TRUE(told.output.starts_with("good key=")) << told.output;
    EXPECT_NE(told.output.find(" dialect=" + dialect + " "), std::string::npos) << told.output;
}

// The consumer is built once, in a folder of the build's own that is made anew each time.
class Package : public testing::Test {
protected:
    static void SetUpTestSuite() {
        fs::remove_all(place);
        must_run({RELAYAUTH_CMAKE, "--install", RELAYAUTH_BUILD_FOLDER, "--prefix", prefix()});
        must_run({RELAYAUTH_CMAKE, "-S", RELAYAUTH_SOURCE_DIR "/tests/consumer", "-B",
                  place + "/consumer", "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix(),
                  std::string("-DCMAKE_CXX_COMPILER=") + RELAYAUTH_CXX});
        must_run({RELAYAUTH_CMAKE, "--build", place + "/consumer"});
    }

    static void must_run(const std::vector<std::string>& command) {
        const auto done = run(command, {}, {}, 240s);
        ASSERT_EQ(done.code, 0) << command[1] << '\n' << done.output << done.errors;
    }

    // export_keys runs `relayauth keys export --purpose verify --out RELAY.KEY`.
    finished export_keys(const std::vector<std::string>& options) const {
        std::vector<std::string> command = {relayauth_program, "keys",  "export",  "--purpose",
                                            "verify",          "--out", key_file()};
        command.insert(command.end(), options.begin(), options.end());
        return run(command);
    }
    finished export_keys(const lab_certificate& of,
                         const std::vector<std::string>& options = {}) const {
        std::vector<std::string> all = {"--certificate", of.certificate, "--key", of.key};
        all.insert(all.end(), options.begin(), options.end());
        return export_keys(all);
    }
    finished ask(const std::vector<std::string>& what) const {
        std::vector<std::string> command = {consumer(), key_file()};
        command.insert(command.end(), what.begin(), what.end());
        return run(command);
    }

    static std::string prefix() { return place + "/prefix"; }
    static std::string consumer() { return place + "/consumer/consumer"; }
    std::string key_file() const { return folder_.path("relay.key"); }

    inline static const std::string place = RELAYAUTH_BUILD_FOLDER "/tests/package";
    temporary_folder folder_;
};

TEST_F(Package, ARelayFindsACredentialOfTheServerGood) {
    const running_server server;
    const auto exported = export_keys(shared_certificate());
    ASSERT_EQ(exported.code, 0) << exported.errors;
    const auto minted = request_credential(server.address());
    const auto good = ask({minted.username, minted.password});
    EXPECT_EQ(good.code, 0) << good.output << good.errors;
    EXPECT_TRUE(good.output.starts_with("good key=")) << good.output;
    EXPECT_EQ(ask({minted.username}).code, 0);
    const auto wrong = ask({minted.username, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="});
    EXPECT_EQ(wrong.code, 3);
    EXPECT_TRUE(wrong.output.starts_with("wrong_password ")) << wrong.output;
}

TEST_F(Package, ARelayRefusesTheCredentialOfAForeignKey) {
    const running_server server;
    ASSERT_EQ(export_keys(make_certificate(folder_, "stranger")).code, 0);
    const auto minted = request_credential(server.address());
    const auto refused = ask({minted.username, minted.password});
    EXPECT_EQ(refused.code, 3);
    EXPECT_TRUE(refused.output.starts_with("unknown_key key= ")) << refused.output;
}

TEST_F(Package, ARelayTakesTheOlderOfTwoKeys) {
    const running_server server;
    const auto newer = make_certificate(folder_, "newer");
    const auto& older = shared_certificate();
    const auto exported =
        export_keys({"--certificate", newer.certificate, "--key", newer.key, "--certificate",
                     older.certificate, "--key", older.key, "--realm", "example test"});
    ASSERT_EQ(exported.code, 0) << exported.errors;
    EXPECT_TRUE(std::regex_search(
        exported.output,
        std::regex("key [0-9a-f]{8}: mints\n  key [0-9a-f]{8}: verifies until 20")))
        << exported.output;
    const auto minted = request_credential(server.address());
    EXPECT_EQ(ask({minted.username, minted.password}).code, 0);
    std::size_t realms = 0;
    const auto text = read_file(key_file());
    for (std::size_t at = 0; (at = text.find(" example test\n", at)) != std::string::npos; ++at) {
        ++realms;
    }
    EXPECT_EQ(realms, 2u);
}

// libnice signs, so that nothing of this tree has a part in it but the package.
TEST_F(Package, ARelayFindsTheRequestsOfACredentialGood) {
    const running_server server;
    ASSERT_EQ(export_keys(shared_certificate()).code, 0);
    const auto minted = request_credential(server.address());
    const auto allocate = libnice_allocate(nice_form::rfc5389, login_of(minted));
    expect_good(ask({"--message", realm, hex_of(allocate)}), "mras");
    const auto foreign_realm = ask({"--message", "other.test", hex_of(allocate)});
    EXPECT_EQ(foreign_realm.code, 3);
    EXPECT_TRUE(foreign_realm.output.starts_with("wrong_realm ")) << foreign_realm.output;
    const auto other =
        libnice_allocate(nice_form::rfc5389, login_of({minted.username, "another password"}));
    const auto wrong = ask({"--message", realm, hex_of(other)});
    EXPECT_EQ(wrong.code, 3);
    EXPECT_TRUE(wrong.output.starts_with("wrong_password ")) << wrong.output;
}

TEST_F(Package, ARelayFindsATurnRestNameGoodWithItsPasswordOrARequest) {
    const running_server server({"--realm", realm});
    ASSERT_EQ(export_keys(shared_certificate(), {"--realm", realm}).code, 0);
    const auto minted = request_credential(server.address(), {"--turn-rest", "--realm", realm});
    expect_good(ask({minted.username, minted.password}), "turn_rest");
    const auto alone = ask({minted.username});
    EXPECT_EQ(alone.code, 3);
    EXPECT_TRUE(alone.output.starts_with("wrong_password key= ")) << alone.output;
    const auto request = libnice_allocate(nice_form::rfc5389, login_of(minted));
    expect_good(ask({"--message", realm, hex_of(request)}), "turn_rest");
    // A file without the realm's secret knows nothing of such names.
    ASSERT_TRUE(fs::remove(key_file()));
    ASSERT_EQ(export_keys(shared_certificate()).code, 0);
    const auto unknown = ask({"--message", realm, hex_of(request)});
    EXPECT_TRUE(unknown.output.starts_with("wrong_realm ")) << unknown.output;
}

TEST_F(Package, ARelayGetsTheLongTermKeyOfBothForms) {
    const running_server server({"--realm", realm});
    ASSERT_EQ(export_keys(shared_certificate(), {"--realm", realm}).code, 0);
    for (const auto& options :
         {std::vector<std::string>{}, std::vector<std::string>{"--turn-rest", "--realm", realm}}) {
        const auto minted = request_credential(server.address(), options);
        const auto told = ask({"--key", realm, minted.username});
        EXPECT_EQ(told.code, 0) << told.output;
        const auto key = md5_of(minted.username + ":" + realm + ":" + minted.password);
        EXPECT_TRUE(told.output.starts_with(key + " good key=")) << told.output;
    }
}

// The relay's clock is set 3 minutes after the end of a credential for 8 hours.
TEST_F(Package, ARelaySaysWhatExpiryMeansToALiveSession) {
    const running_server server;
    ASSERT_EQ(export_keys(shared_certificate()).code, 0);
    const auto login = login_of(request_credential(server.address()));
    const auto allocate = hex_of(libnice_allocate(nice_form::rfc5389, login));
    const auto refresh = hex_of(libnice_refresh(nice_form::rfc5389, login));
    const auto ask_late = [&](const std::string& rule, const std::string& request) {
        return ask({"--later", "28980", "--live", rule, "3600", "--message", realm, request});
    };
    for (const auto* rule : {"allocate_only", "refresh_grace", "hard"}) {
        EXPECT_TRUE(ask_late(rule, allocate).output.starts_with("expired ")) << rule;
    }
    EXPECT_EQ(ask_late("allocate_only", refresh).code, 0);
    EXPECT_EQ(ask_late("refresh_grace", refresh).code, 0);
    EXPECT_EQ(ask_late("hard", refresh).code, 3);
    // Before the expiry: when the relay must have cut the session.
    const auto deadline = [&](const std::string& rule) {
        return number_after("deadline=",
                            ask({"--live", rule, "3600", "--message", realm, refresh}).output);
    };
    EXPECT_EQ(deadline("allocate_only"), 0);
    EXPECT_EQ(deadline("refresh_grace") - deadline("hard"), 3600);
}

TEST_F(Package, ARelayThatWasBuiltHasOnlyLibcryptoAndTheRuntimes) {
    const auto done = run({"ldd", consumer()});
    ASSERT_EQ(done.code, 0) << done.errors;
    // Under a sanitizer its runtimes come too.
    static const std::regex allowed(
        "\\s*(linux-vdso|libcrypto|libstdc\\+\\+|libm|libgcc_s|libc|/lib64/ld-linux-x86-64|libasan|"
        "libubsan|libtsan|libdl|libpthread|librt)\\.so.*");
    std::istringstream lines(done.output);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(std::regex_match(line, allowed)) << line;
    }
    EXPECT_NE(done.output.find("libcrypto.so"), std::string::npos) << done.output;
}

// The compiler says which files it read for the relay: none of Boost, none of OpenSSL.
TEST_F(Package, ItsHeadersNeedOnlyTheStandardLibrary) {
    const auto done = run({RELAYAUTH_CXX, "-std=c++20", "-M", "-I", prefix() + "/include",
                           RELAYAUTH_SOURCE_DIR "/tests/consumer/main.cpp"});
    ASSERT_EQ(done.code, 0) << done.errors;
    EXPECT_NE(done.output.find(prefix() + "/include/relayauth/verify/verifier.hpp"),
              std::string::npos);
    for (const auto* outside : {"/boost/", "/openssl/", RELAYAUTH_SOURCE_DIR "/relayauth/"}) {
        EXPECT_EQ(done.output.find(outside), std::string::npos) << outside;
    }
}

TEST_F(Package, HasTheProgramToo) {
    const auto done = run({prefix() + "/bin/relayauth", "--version"});
    EXPECT_EQ(done.code, 0) << done.errors;
    EXPECT_TRUE(fs::exists(prefix() + "/lib/librelayauth_verify.a"));
}

TEST_F(Package, AKeyFileIsTheOwnersAloneAndNeverOverwritten) {
    const auto before = ::umask(0);
    const auto exported = export_keys(shared_certificate());
    ::umask(before);
    ASSERT_EQ(exported.code, 0) << exported.errors;
    EXPECT_NE(exported.output.find("\nnext: "), std::string::npos) << exported.output;
    struct stat about {};
    ASSERT_EQ(::stat(key_file().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    const auto text = read_file(key_file());
    EXPECT_TRUE(text.starts_with("# Whoever holds this file can also mint")) << text;

    const auto again = export_keys(make_certificate(folder_, "other"));
    EXPECT_EQ(again.code, 2);
    EXPECT_NE(again.errors.find("never overwritten"), std::string::npos) << again.errors;
    EXPECT_EQ(read_file(key_file()), text);
}

TEST_F(Package, ARelayWithoutAKeyFileIsToldHowToGetOne) {
    const auto missing = ask({"x"});
    EXPECT_EQ(missing.code, 2);
    EXPECT_NE(missing.output.find("write it with relayauth keys export --purpose verify"),
              std::string::npos)
        << missing.output;
}

TEST_F(Package, ARelayIsWarnedOfAFileThatOthersCanReadAndRefusesADamagedOne) {
    ASSERT_EQ(export_keys(shared_certificate()).code, 0);
    ASSERT_EQ(::chmod(key_file().c_str(), 0644), 0);
    EXPECT_TRUE(ask({"x"}).output.starts_with("warning: " + key_file())) << ask({"x"}).output;
    const auto text = read_file(key_file());
    folder_.write("relay.key", text.substr(0, text.size() / 2));
    const auto cut = ask({"x"});
    EXPECT_EQ(cut.code, 2);
    EXPECT_NE(cut.output.find("does not end with its checksum line"), std::string::npos)
        << cut.output;
}

}  // namespace
}  // namespace relayauth::lab
