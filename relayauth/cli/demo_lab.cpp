#include "relayauth/cli/demo_lab.hpp"

#include "relayauth/certificate/identity.hpp"
#include "relayauth/cli/story_text.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/client/mras_client.hpp"
#include "relayauth/client/rpc_client.hpp"

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX, not in cstdlib

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace relayauth::cli {
namespace {

constexpr std::chrono::seconds start_timeout{15};
constexpr std::chrono::milliseconds poll_interval{10};

void write(const std::string& path, bytes_view content) {
    if (const auto problem = client::write_new_file(path, content, 0600))
        throw demo_failure(*problem);
}

client::transport connect(const client::endpoint& where) {
    heed_interruption();
    client::connect_settings settings;
    settings.server = where;
    auto link = client::transport::connect(settings);
    if (!link) throw demo_failure(link.error().text);
    return std::move(*link);
}

std::vector<std::string> serve_command(const key_files& keys, const key_files& tls,
                                       const std::vector<std::string>& more_options) {
    std::vector<std::string> words = {"relayauth",
                                      "serve",
                                      "--certificate",
                                      keys.certificate,
                                      "--key",
                                      keys.key,
                                      "--tls-certificate",
                                      tls.certificate,
                                      "--tls-key",
                                      tls.key,
                                      "--http-listen",
                                      "off",
                                      "--listen",
                                      "127.0.0.1:0",
                                      "--workers",
                                      "1",
                                      "--max-connections",
                                      "100",
                                      "--relay",
                                      "internet=turn.example.com"};
    words.insert(words.end(), more_options.begin(), more_options.end());
    return words;
}

}  // namespace

// The server's own words: `listening address=127.0.0.1 port=40001 words="SIP and rpc, ..."`.
std::optional<std::uint16_t> listening_port(std::string_view log, std::string_view what) {
    const auto line = whole_line_with(log, {" listening ", what});
    constexpr std::string_view field = " port=";
    const auto at = line.find(field);
    if (at == std::string_view::npos) return std::nullopt;
    std::uint16_t port = 0;
    const auto* const end = line.data() + line.size();
    const auto read = std::from_chars(line.data() + at + field.size(), end, port);
    return read.ec == std::errc() ? std::optional(port) : std::nullopt;
}

demo_lab::demo_lab() {
    const char* base = std::getenv("TMPDIR");
    std::string pattern = std::string(base != nullptr ? base : "/tmp") + "/relayauth-demo-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr)
        throw demo_failure("cannot make a folder like " + pattern);
    folder_ = pattern;
}

demo_lab::~demo_lab() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

key_files demo_lab::make_certificate(const std::string& name,
                                     const certificate::create_request& wanted) {
    const auto made = certificate::create(wanted, client::wall_now());
    if (!made) throw demo_failure(made.error().text);
    key_files files{path(name + ".cert.pem"), path(name + ".key.pem")};
    write(files.certificate, as_bytes(made->certificate_pem));
    write(files.key, made->private_key_pem.reveal());
    return files;
}

key_files demo_lab::reissue(const std::string& name, const key_files& original,
                            const std::string& subject) {
    const auto certificate_bytes =
        client::read_file(original.certificate, certificate::max_file_bytes);
    const auto key_bytes = client::read_file(original.key, certificate::max_file_bytes);
    if (!certificate_bytes || !key_bytes) throw demo_failure("cannot read back " + original.key);
    const auto identity = certificate::identity::parse({*certificate_bytes, *key_bytes, nullptr});
    if (!identity) throw demo_failure(identity.error().text);
    const auto key = identity->private_key_der();
    certificate::create_request wanted;
    wanted.subject = subject;
    wanted.existing_key = &key;
    return make_certificate(name, wanted);
}

server_process::server_process(const demo_lab& lab, const std::string& name, const key_files& keys,
                               const key_files& tls, const std::vector<std::string>& more_options)
    : process_(own_program, serve_command(keys, tls, more_options), lab.path(name + ".log")) {
    wait_until_it_listens();
}

void server_process::wait_until_it_listens() {
    const auto give_up = std::chrono::steady_clock::now() + start_timeout;
    while (std::chrono::steady_clock::now() < give_up) {
        heed_interruption();
        const bool running = process_.running();  // before its last words are read
        const auto said = log();
        if (const auto port = listening_port(said, "SIP")) {
            where_ = {"127.0.0.1", *port};
            return;
        }
        if (!running) throw demo_failure("a server process ended at its start: " + said);
        std::this_thread::sleep_for(poll_interval);
    }
    throw demo_failure("a server process does not listen after 15 s");
}

mras::received_credentials server_process::mint(const std::string& identity,
                                                const std::string& version) const {
    auto link = connect(where_);
    client::mras_question question;
    question.identity = identity;
    question.where = mras::location::internet;
    question.duration_minutes = 480;
    question.version = version;
    client::exchange trace;
    const auto answer = client::ask_mras(link, question, trace);
    if (!answer) throw demo_failure(answer.error().text);
    if (!answer->response || answer->response->credentials.empty()) {
        throw demo_failure("a server process did not mint: " + answer->sip_reason + " " +
                           answer->warning);
    }
    return answer->response->credentials.front();
}

rpc::received_verdict server_process::validate(
    const mras::received_credentials& credentials) const {
    auto link = connect(where_);
    client::rpc_client calls(link);
    const rpc::validate_item item{credentials.username, credentials.password, std::nullopt,
                                  std::nullopt};
    const auto answer = calls.validate(std::span(&item, 1));
    if (!answer) throw demo_failure(answer.error().text);
    const auto* verdicts = std::get_if<rpc::received_verdicts>(&answer->reply.result);
    if (verdicts == nullptr || verdicts->size() != 1)
        throw demo_failure("a server process gave no verdict");
    return verdicts->front();
}

}  // namespace relayauth::cli
