#include "relayauth/cli/demo_lab.hpp"

#include "relayauth/certificate/identity.hpp"
#include "relayauth/cli/interruption.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/client/mras_client.hpp"
#include "relayauth/client/rpc_client.hpp"

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX, not in csignal
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

namespace relayauth::cli {
namespace {

constexpr std::chrono::seconds start_timeout{15};
constexpr std::chrono::seconds stop_timeout{6};
constexpr std::chrono::milliseconds poll_interval{10};
constexpr std::size_t max_log_bytes = 1024 * 1024;
constexpr int no_exec = 127;  // what shells say of a program that cannot be run

void write(const std::string& path, bytes_view content) {
    if (const auto problem = client::write_new_file(path, content, 0600))
        throw demo_failure(*problem);
}

std::string read_text(const std::string& path) {
    const auto bytes = client::read_file(path, max_log_bytes);
    return bytes ? std::string(as_text(*bytes)) : std::string();
}

// Every step of an experiment begins with this, and none takes long.
void heed_interruption() {
    if (interruption_watch::noted() != 0) throw demo_failure("interrupted");
}

client::transport connect(const client::endpoint& where) {
    heed_interruption();
    client::connect_settings settings;
    settings.server = where;
    auto link = client::transport::connect(settings);
    if (!link) throw demo_failure(link.error().text);
    return std::move(*link);
}

// The server's own words, `"event":"listening","address":"127.0.0.1","port":40001`.
std::optional<std::uint16_t> listening_port(std::string_view log_text) {
    const auto event = log_text.find("\"event\":\"listening\"");
    if (event == std::string_view::npos) return std::nullopt;
    constexpr std::string_view field = "\"port\":";
    const auto at = log_text.find(field, event);
    if (at == std::string_view::npos) return std::nullopt;
    std::uint16_t port = 0;
    const auto* begin = log_text.data() + at + field.size();
    const auto read = std::from_chars(begin, log_text.data() + log_text.size(), port);
    if (read.ec != std::errc() || read.ptr == log_text.data() + log_text.size())
        return std::nullopt;
    return port;
}

// spawn starts this program again. The kernel ends it when the demo ends, however that ends (which
// posix_spawn cannot ask for), and a Ctrl-C in the terminal does not reach it: we stop it
// ourselves.
pid_t spawn(const std::vector<std::string>& words, const std::string& log_file) {
    std::vector<char*> arguments;
    for (const auto& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    const int log =
        open(log_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) throw demo_failure("cannot write " + log_file);
    const auto parent = getpid();
    const auto pid = fork();
    if (pid == 0) {  // from here to the exec only what signal-safety(7) allows
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(no_exec);  // it ended before the line above
        setpgid(0, 0);
        dup2(log, STDERR_FILENO);
        execv("/proc/self/exe", arguments.data());
        _exit(no_exec);
    }
    close(log);
    if (pid < 0) throw demo_failure("cannot start a server process");
    return pid;
}

}  // namespace

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
                               const key_files& tls, std::vector<std::string> more_options) {
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
                                      "--log-format",
                                      "json",
                                      "--workers",
                                      "1",
                                      "--max-connections",
                                      "100",
                                      "--relay",
                                      "internet=turn.example.com"};
    words.insert(words.end(), more_options.begin(), more_options.end());
    const auto log_file = lab.path(name + ".log");
    heed_interruption();
    pid_ = spawn(words, log_file);
    try {
        wait_until_it_listens(log_file);
    } catch (...) {
        stop();
        throw;
    }
}

void server_process::wait_until_it_listens(const std::string& log_file) {
    const auto give_up = std::chrono::steady_clock::now() + start_timeout;
    while (std::chrono::steady_clock::now() < give_up) {
        heed_interruption();
        const auto said = read_text(log_file);
        if (const auto port = listening_port(said)) {
            where_ = {"127.0.0.1", *port};
            return;
        }
        int status = 0;
        if (waitpid(pid_, &status, WNOHANG) == pid_) {
            pid_ = -1;
            throw demo_failure("a server process ended at its start: " + said);
        }
        std::this_thread::sleep_for(poll_interval);
    }
    throw demo_failure("a server process does not listen after 15 s");
}

server_process::~server_process() {
    stop();
}

void server_process::stop() {
    if (pid_ < 0) return;
    kill(pid_, SIGTERM);
    const auto give_up = std::chrono::steady_clock::now() + stop_timeout;
    int status = 0;
    while (waitpid(pid_, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > give_up) kill(pid_, SIGKILL);
        std::this_thread::sleep_for(poll_interval);
    }
    pid_ = -1;
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
