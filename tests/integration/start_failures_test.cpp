#include "child_process.hpp"
#include "lab_certificate.hpp"
#include "moved_clock.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

// What keeps the server from starting: exit code 2 and one line that names the file or the option
// and says what to do next.
namespace relayauth::lab {
namespace {

const std::string vectors = RELAYAUTH_SOURCE_DIR "/tests/vectors/";

class StartFailure : public ::testing::Test {
protected:
    // expect_refused runs serve and wants all of `words` in its one line.
    static void expect_refused(std::vector<std::string> options,
                               const std::vector<std::string>& words) {
        options.insert(options.begin(), {relayauth_program, "serve"});
        const auto done = run(options);
        EXPECT_EQ(done.code, 2) << done.errors;
        EXPECT_EQ(done.output, "");
        EXPECT_EQ(std::count(done.errors.begin(), done.errors.end(), '\n'), 1) << done.errors;
        EXPECT_TRUE(done.errors.starts_with("relayauth serve: ")) << done.errors;
        for (const auto& each : words) {
            EXPECT_NE(done.errors.find(each), std::string::npos)
                << "not said: " << each << "\nbut: " << done.errors;
        }
    }

    static std::vector<std::string> serving(const lab_certificate& files,
                                            std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--certificate", files.certificate, "--key", files.key,
                                   "--listen", "127.0.0.1:0"});
        return more;
    }

    void expect_option_refused(const std::string& option, const std::string& value,
                               const std::vector<std::string>& words) const {
        SCOPED_TRACE(option + " " + value);
        auto all = words;
        all.push_back(option);
        expect_refused(serving(shared_certificate(), {option, value}), all);
    }

    temporary_folder folder_;
};

TEST_F(StartFailure, NoCertificate) {
    expect_refused({}, {"--certificate", "relayauth certificate create"});
}

TEST_F(StartFailure, CertificateFileIsMissing) {
    expect_refused({"--certificate", folder_.path("no.pem")},
                   {folder_.path("no.pem"), "No such file or directory"});
}

// A folder stands for any unreadable file: root may read the others.
TEST_F(StartFailure, CertificateIsUnreadable) {
    expect_refused({"--certificate", folder_.path()}, {folder_.path(), "cannot read"});
    expect_refused({"--certificate", shared_certificate().certificate, "--key", folder_.path()},
                   {folder_.path(), "cannot read"});
}

TEST_F(StartFailure, FileHoldsNoCertificate) {
    const auto file = folder_.write("notes.txt", "buy milk\n");
    expect_refused({"--certificate", file}, {file, "certificate"});
    expect_refused({"--certificate", folder_.write("empty.pem", "")}, {folder_.path("empty.pem")});
}

TEST_F(StartFailure, NoKey) {
    expect_refused({"--certificate", shared_certificate().certificate},
                   {shared_certificate().certificate, "--key"});
}

TEST_F(StartFailure, KeyOfAnotherCertificate) {
    const auto other = make_certificate(folder_, "other");
    expect_refused(serving({shared_certificate().certificate, other.key}),
                   {shared_certificate().certificate, other.key, "does not"});
}

TEST_F(StartFailure, EncryptedKey) {
    const lab_certificate files = {vectors + "rsa2048.cert.pem", vectors + "rsa2048.encrypted.pem"};
    expect_refused(serving(files), {files.key, "--password-file"});
    expect_refused(serving(files, {"--password-file", folder_.write("wrong", "not this\n")}),
                   {files.key, "password"});
    expect_refused(serving(files, {"--password-file", folder_.path("no")}),
                   {folder_.path("no"), "No such file or directory"});
}

TEST_F(StartFailure, ExpiredCertificate) {
    const auto old = make_certificate(folder_, "old", {"-days", "1"}, moved_clock("-30d"));
    expect_refused(serving(old),
                   {old.certificate, "expired 20", "--allow-expired-certificate", "clock"});
    running_server server({"--allow-expired-certificate"}, old);
    EXPECT_NE(server.wait_for_line({"warning", "expired"}), "");
    server.stop();
}

TEST_F(StartFailure, CertificateNotYetValid) {
    const auto early = make_certificate(folder_, "early", {}, moved_clock("+30d"));
    expect_refused(serving(early), {early.certificate, "not valid before 20", "clock"});
}

TEST_F(StartFailure, KeyTooWeakForTls) {
    const lab_certificate files = {vectors + "rsa1024.cert.pem", vectors + "rsa1024.key.pem"};
    expect_refused(serving(files, {"--allow-expired-certificate"}),
                   {files.certificate, "--tls-certificate"});
    // With a TLS certificate of its own it mints, and is warned about.
    running_server server({"--tls-certificate", shared_certificate().certificate, "--tls-key",
                           shared_certificate().key, "--allow-expired-certificate"},
                          files);
    EXPECT_NE(server.wait_for_line({"warning", "2048"}), "") << server.log();
    server.stop();
}

TEST_F(StartFailure, RefusedKeys) {
    const lab_certificate tiny = {vectors + "rsa512.cert.pem", vectors + "rsa512.key.pem"};
    expect_refused(serving(tiny), {tiny.certificate, "512 bits", "2048"});
    const lab_certificate pss = {vectors + "rsapss.cert.pem", vectors + "rsapss.key.pem"};
    expect_refused(serving(pss), {pss.certificate, "PSS"});
}

TEST_F(StartFailure, PortInUse) {
    const running_server first;
    expect_refused({"--certificate", shared_certificate().certificate, "--key",
                    shared_certificate().key, "--listen", first.address()},
                   {first.address(), "--listen", "ss -ltnp"});
}

TEST_F(StartFailure, ClientCaWithoutCertificate) {
    const auto file = folder_.write("ca.pem", "nothing\n");
    expect_refused(serving(shared_certificate(), {"--client-ca", file}), {"--client-ca"});
}

TEST_F(StartFailure, UnknownOption) {
    expect_refused(serving(shared_certificate(), {"--clock-ofset", "+8h"}),
                   {"--clock-ofset", "--clock-offset"});
}

TEST_F(StartFailure, ValuesOutOfRange) {
    expect_option_refused("--listen", "5062", {"HOST:PORT"});
    expect_option_refused("--listen", "127.0.0.1:65536", {"HOST:PORT"});
    expect_option_refused("--clock-tolerance", "901", {"15m"});
    expect_option_refused("--expiry-grace", "2d", {"1d"});
    expect_option_refused("--max-lifetime", "0", {"1 to 259200"});
    expect_option_refused("--max-lifetime", "259201", {"1 to 259200"});
    expect_option_refused("--clock-offset", "soon", {"+8h"});
    expect_option_refused("--workers", "0", {"1 to 256"});
    expect_option_refused("--max-message", "100", {"4KiB"});
    expect_option_refused("--max-memory", "lots", {"64KiB"});
    expect_option_refused("--idle-timeout", "0", {"100ms"});
    expect_option_refused("--allow", "10.0.0.1/8", {"10.0.0.0/8"});
    expect_option_refused("--relay", "moon=host", {"internet=HOST"});
    expect_option_refused("--plaintext", "maybe", {"loopback, always or never"});
    expect_option_refused("--log-format", "xml", {"text or json"});
}

TEST_F(StartFailure, OptionsThatContradict) {
    const auto& files = shared_certificate();
    expect_refused(serving(files, {"--tls-key", files.key}), {"--tls-key", "--tls-certificate"});
    expect_refused(serving(files, {"--client-name", "*"}), {"--client-name", "--client-ca"});
}

TEST_F(StartFailure, BadConfigFile) {
    const auto refused = [this](const std::string& toml, const std::vector<std::string>& words) {
        SCOPED_TRACE(toml);
        const auto file = folder_.write("relayauth.toml", toml);
        auto all = words;
        all.push_back(file + ":2");
        expect_refused(serving(shared_certificate(), {"--config", file}), all);
    };
    refused("workers = 1\nclock_ofset = \"+8h\"\n", {"clock_ofset", "clock_offset"});
    refused("workers = 1\nmax_lifetime = 0\n", {"max_lifetime", "1 to 259200"});
    refused("workers = 1\nlisten = [\"5062\"]\n", {"listen", "HOST:PORT"});
    refused("workers = 1\nclock_offset = 1.5\n", {"clock_offset"});
    refused("workers = 1\nplaintext = [\n", {"not TOML"});
    expect_refused(serving(shared_certificate(), {"--config", folder_.path("no.toml")}),
                   {folder_.path("no.toml"), "No such file or directory"});
}

TEST_F(StartFailure, AConfigFileServesAndTheCommandLineWins) {
    const auto file =
        folder_.write("relayauth.toml",
                      "workers = 1\nclock_offset = \"+8h\"\nallow_expired_certificate = true\n"
                      "realm = [\"a.example.test\"]\n");
    running_server server({"--config", file, "--clock-offset", "-2h"});
    EXPECT_NE(server.wait_for_line({"clock_offset=\"-2 h\""}), "") << server.log();
    const auto answer = server.tcp().ask(
        "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP a\r\nFrom: <sip:a>;tag=1\r\nTo: <sip:b>\r\n"
        "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
    EXPECT_TRUE(answer && answer->status == 200);
    server.stop();
}

}  // namespace
}  // namespace relayauth::lab
