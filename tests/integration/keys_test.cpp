#include "child_process.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

// `relayauth keys export` by itself; package_test.cpp gives its key files to a relay.
namespace relayauth::lab {
namespace {

const std::string key_pem = RELAYAUTH_SOURCE_DIR "/tests/vectors/rsa2048.key.pem";
const std::string cert_pem = RELAYAUTH_SOURCE_DIR "/tests/vectors/rsa2048.cert.pem";
// From tests/vectors/vectors.json, which openssl computed.
const std::string example_test_secret =
    "fb50651d5375d8bbbcfda4332439f0d4769e80f9f8e77060e8f0a954f24276e6";

finished export_keys(const std::vector<std::string>& options) {
    std::vector<std::string> command = {relayauth_program, "keys", "export"};
    command.insert(command.end(), options.begin(), options.end());
    return run(command);
}
finished export_secret(const std::vector<std::string>& options) {
    std::vector<std::string> all = {"--certificate", cert_pem,    "--key",   key_pem,
                                    "--purpose",     "turn-rest", "--realm", "example.test"};
    all.insert(all.end(), options.begin(), options.end());
    return export_keys(all);
}

std::size_t count_of(const std::string& words, const std::string& text) {
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
        ++count;
    }
    return count;
}

TEST(KeysExport, PrintsTheSharedSecretAndNothingElse) {
    const auto done = export_secret({});
    EXPECT_EQ(done.code, 0);
    EXPECT_EQ(done.output, example_test_secret + "\n");
    EXPECT_EQ(done.errors, "");
}

TEST(KeysExport, PrintsTheSharedSecretAsJson) {
    const auto done = export_secret({"--json"});
    EXPECT_EQ(done.code, 0);
    EXPECT_EQ(text_of(done.output, "secret"), example_test_secret);
    EXPECT_EQ(text_of(done.output, "realm"), "example.test");
    EXPECT_EQ(text_of(done.output, "key_id"), "168e9d81");
}

TEST(KeysExport, WritesTheSharedSecretIntoANewFile) {
    const temporary_folder folder;
    const auto done = export_secret({"--out", folder.path("secret")});
    EXPECT_EQ(done.code, 0) << done.errors;
    EXPECT_EQ(read_file(folder.path("secret")), example_test_secret);
    EXPECT_EQ(done.output.find(example_test_secret), std::string::npos);
    EXPECT_EQ(done.output, "wrote " + folder.path("secret") +
                               ", which only its owner can read\n"
                               "  key 168e9d81, realm example.test\n"
                               "next: put its 64 characters into the relay's settings as they "
                               "stand (coturn: static-auth-secret) and give them to nobody else, "
                               "for whoever holds them can mint\n");
    EXPECT_EQ(export_secret({"--out", folder.path("secret")}).code, 2);
}

TEST(KeysExport, WritesAKeyThatWasGivenTwiceOnce) {
    const temporary_folder folder;
    const auto other = make_certificate(folder, "other");
    const auto done =
        export_keys({"--certificate", cert_pem,          "--key", key_pem,
                     "--certificate", other.certificate, "--key", other.key,
                     "--certificate", cert_pem,          "--key", key_pem,
                     "--certificate", other.certificate, "--key", other.key,
                     "--purpose",     "verify",          "--out", folder.path("relay.key")});
    ASSERT_EQ(done.code, 0) << done.errors;
    const auto text = read_file(folder.path("relay.key"));
    EXPECT_EQ(count_of("\nkey ", text), 2u);
    EXPECT_EQ(count_of("\nkey 168e9d81 mints\n", text), 1u);
    const auto note = "note: " + cert_pem + ": the same key (168e9d81) as an earlier --certificate";
    EXPECT_NE(done.errors.find(note), std::string::npos) << done.errors;
    EXPECT_EQ(count_of(" as an earlier --certificate: it adds nothing\n", done.errors), 2u)
        << done.errors;
}

TEST(KeysExport, TellsWhatItWroteAsJsonWithoutASecret) {
    const temporary_folder folder;
    const auto done =
        export_keys({"--certificate", cert_pem, "--key", key_pem, "--purpose", "verify", "--realm",
                     "example.test", "--out", folder.path("relay.key"), "--json"});
    EXPECT_EQ(done.code, 0) << done.errors;
    EXPECT_EQ(text_of(done.output, "key_id"), "168e9d81");
    EXPECT_EQ(text_of(done.output, "out"), folder.path("relay.key"));
    EXPECT_EQ(done.output.find(example_test_secret), std::string::npos);
    EXPECT_NE(read_file(folder.path("relay.key"))
                  .find("\nturn-rest " + example_test_secret + " example.test\n"),
              std::string::npos);
}

TEST(KeysExport, SaysWhatIsWrongInOneLine) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{}, "--purpose is turn-rest"},
        {{"--purpose", "verify"}, "--certificate F is needed"},
        {{"--purpose", "verify", "--certificate", cert_pem}, "--out FILE"},
        {{"--purpose", "turn-rest", "--certificate", cert_pem}, "--realm R"},
        {{"--purpose", "turn-rest", "--certificate", "missing.pem", "--realm", "r"},
         "cannot read missing.pem"},
        {{"--purpose", "verify", "--certificate", cert_pem, "--out", "-"}, "--out - is no file"},
        {{"--purpose", "verify", "--certificate", cert_pem, "--key", key_pem, "--out",
          "/nonexistent/relay.key"},
         "cannot make /nonexistent/relay.key: No such file or directory: make its folder first"},
        {{"--purpose", "turn-rest", "--certificate", cert_pem, "--realm", "r"}, cert_pem + ": "},
        {{"--purpos", "verify"}, "purpose"},
    };
    for (const auto& [options, words] : cases) {
        const auto done = export_keys(options);
        EXPECT_EQ(done.code, 2) << words;
        EXPECT_EQ(done.output, "");
        EXPECT_NE(done.errors.find(words), std::string::npos) << done.errors;
        EXPECT_EQ(std::count(done.errors.begin(), done.errors.end(), '\n'), 1) << done.errors;
    }
}

}  // namespace
}  // namespace relayauth::lab
