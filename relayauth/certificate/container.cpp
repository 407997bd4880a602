#include "relayauth/certificate/container.hpp"

#include "relayauth/certificate/identity.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <string>

namespace relayauth::certificate {
namespace {

constexpr std::uint8_t der_sequence = 0x30;  // X.690 8.9: what every file in DER begins with

failure nothing_known(bytes_view file, const std::string& role) {
    if (file.empty()) {
        return {errc::not_pem_or_pfx, role + ": it is empty; give a PEM or PFX file"};
    }
    if (file.size() > 1 &&
        ((file[0] == 0xFF && file[1] == 0xFE) || (file[0] == 0xFE && file[1] == 0xFF))) {
        return {errc::not_pem_or_pfx,
                role + ": it is UTF-16 text, as Windows shells write it; save it as ASCII"};
    }
    return {errc::not_pem_or_pfx,
            role + ": it is neither PEM (text with -----BEGIN lines) nor PFX; give one of these"};
}

failure bare_der(bytes_view file, const std::string& role) {
    const auto size = static_cast<long>(file.size());
    const auto* at = file.data();
    if (x509_ptr(d2i_X509(nullptr, &at, size))) {
        return {errc::der_encoding,
                role +
                    ": it is a certificate in DER; convert it with: openssl x509 -inform DER -in "
                    "FILE -out cert.pem"};
    }
    at = file.data();
    if (key_ptr(d2i_AutoPrivateKey(nullptr, &at, size))) {
        return {errc::der_encoding,
                role +
                    ": it is a private key in DER; convert it with: openssl pkey -inform DER -in "
                    "FILE -out key.pem"};
    }
    return nothing_known(file, role);
}

}  // namespace

result<container, failure> read_container(bytes_view file, const secret* password,
                                          std::string_view role) {
    if (file.size() > max_file_bytes) {
        return failure{errc::too_large,
                       std::string(role) + ": it is larger than 1 MiB; give a PEM or PFX file"};
    }
    if (!file.empty() && file[0] == der_sequence) {
        if (auto pfx = read_pfx(file, password, role)) return *std::move(pfx);
        return bare_der(file, std::string(role));
    }
    auto text = as_text(file);
    // Some Windows editors put a byte order mark before the first BEGIN line.
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find("-----BEGIN ") != std::string_view::npos) return read_pem(text, password, role);
    return nothing_known(file, std::string(role));
}

}  // namespace relayauth::certificate
