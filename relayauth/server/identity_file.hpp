#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/identity.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relayauth::server {

// certificate_paths name a certificate and its key; an empty key is in the certificate's file.
struct certificate_paths {
    std::string certificate;
    std::string key;
    std::string option = "--certificate";  // what errors call the two
    std::string key_option = "--key";
};

// pair_paths gives the nth key to the nth certificate; certificates beyond the last key have
// theirs in their own file. Nothing when there are more keys than certificates.
std::optional<std::vector<certificate_paths>> pair_paths(
    const std::vector<std::string>& certificates, const std::vector<std::string>& keys);

// read_password_of reads the password file that `option` names, if it names one. Fails with one
// line that names both.
result<std::optional<secret>, std::string> read_password_of(
    const std::string& password_file, const std::string& option = "--password-file");

// read_identity reads a certificate with its key. Fails with one line that names the file and says
// what to do next. No copy of the key is left behind.
result<certificate::identity, std::string> read_identity(const certificate_paths& paths,
                                                         const std::optional<secret>& password);

}  // namespace relayauth::server
