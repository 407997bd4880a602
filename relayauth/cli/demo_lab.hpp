#pragma once

#include "relayauth/certificate/create.hpp"
#include "relayauth/cli/demo_process.hpp"
#include "relayauth/client/connect_settings.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/rpc/client_codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::cli {

// key_files are a certificate and its key on disk.
struct key_files {
    std::string certificate;
    std::string key;
};

// demo_lab is a folder of its own (0700) that goes with it.
class demo_lab {
public:
    demo_lab();
    ~demo_lab();
    demo_lab(const demo_lab&) = delete;
    demo_lab& operator=(const demo_lab&) = delete;

    // make_certificate writes `name`.cert.pem and `name`.key.pem.
    key_files make_certificate(const std::string& name, const certificate::create_request& wanted);
    // reissue certifies the key of `original` again under `subject`.
    key_files reissue(const std::string& name, const key_files& original,
                      const std::string& subject);

    std::string path(const std::string& name) const { return folder_ + "/" + name; }

private:
    std::string folder_;
};

// server_process is a `relayauth serve` of its own, stopped when this goes. It mints or validates
// with `keys`; what it presents to TLS clients is another certificate.
class server_process {
public:
    server_process(const demo_lab& lab, const std::string& name, const key_files& keys,
                   const key_files& tls, const std::vector<std::string>& more_options = {});

    const client::endpoint& where() const { return where_; }
    pid_t pid() const { return process_.pid(); }
    std::string log() const { return process_.said(); }

    // mint asks over SIP and TLS, as a Front End does.
    mras::received_credentials mint(const std::string& identity,
                                    const std::string& version = "2.0") const;
    // validate asks over rpc and TLS.
    rpc::received_verdict validate(const mras::received_credentials& credentials) const;

private:
    void wait_until_it_listens();

    demo_process process_;
    client::endpoint where_;
};

// listening_port is that of the listener which a server's log describes by `what`; nothing as long
// as there is none.
std::optional<std::uint16_t> listening_port(std::string_view log, std::string_view what);

}  // namespace relayauth::cli
