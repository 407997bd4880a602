#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/certificate/create.hpp"
#include "relayauth/client/failure.hpp"

#include <string>

namespace relayauth::cli {

// written_files says where a new certificate and its key are.
struct written_files {
    std::string certificate;
    std::string key;
};

// write_certificate_files makes `folder` if need be and writes DIR/key.pem (0600 from its first
// moment) and DIR/cert.pem (0644, both less the umask). Nothing is ever overwritten: if either is
// there already, none is written. Fails with one line that names the file.
result<written_files, client::failure> write_certificate_files(const std::string& folder,
                                                               const certificate::created& made);

}  // namespace relayauth::cli
