#pragma once

#include "temporary_folder.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// lab_certificate names two PEM files.
struct lab_certificate {
    std::string certificate;
    std::string key;
};

// make_certificate makes NAME.pem and NAME.key in `folder` with the openssl program: self-signed,
// P-256, good for 30 days. `options` go to `openssl req`, `environment` too (libfaketime, for one).
lab_certificate make_certificate(const temporary_folder& folder, std::string_view name,
                                 const std::vector<std::string>& options = {},
                                 const std::vector<std::string>& environment = {});

// renew makes NAME.pem in `folder` for a key that exists, under another subject.
lab_certificate renew(const temporary_folder& folder, std::string_view name,
                      const lab_certificate& old);

// lab_authority signs certificates for clients.
class lab_authority {
public:
    explicit lab_authority(const temporary_folder& folder);
    const std::string& certificate() const { return own_.certificate; }

    // sign makes NAME.pem and NAME.key with the DNS name NAME and this extended key usage, as
    // `serverAuth`.
    lab_certificate sign(std::string_view name, std::string_view usage) const;

private:
    const temporary_folder& folder_;
    lab_certificate own_;
};

}  // namespace relayauth::lab
