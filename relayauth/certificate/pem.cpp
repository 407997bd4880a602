#include "relayauth/base/ascii.hpp"
#include "relayauth/certificate/container.hpp"
#include "relayauth/certificate/key.hpp"
#include "relayauth/certificate/locked.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <string>

namespace relayauth::certificate {
namespace {

// pem_block is one block as PEM_read_bio gives it; the contents may be a private key, so they are
// wiped.
struct pem_block {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* contents = nullptr;
    long size = 0;

    pem_block() = default;
    pem_block(const pem_block&) = delete;
    pem_block& operator=(const pem_block&) = delete;
    ~pem_block() {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(contents, static_cast<std::size_t>(size));
    }
    bytes_view der() const { return {contents, static_cast<std::size_t>(size)}; }
};

// Without a callback of ours OpenSSL would ask the terminal, and a server would wait for ever.
int give_password(char* out, int room, int, void* user) {
    const auto* password = static_cast<const secret*>(user);
    if (!password || password->size() > static_cast<std::size_t>(room)) return -1;
    const auto bytes = password->reveal();
    std::copy(bytes.begin(), bytes.end(), out);
    return static_cast<int>(bytes.size());
}

key_ptr key_of_type(int type, bytes_view der) {
    const auto* at = der.data();
    return key_ptr(d2i_PrivateKey(type, nullptr, &at, static_cast<long>(der.size())));
}

key_ptr plain_key(std::string_view name, bytes_view der) {
    if (name == "RSA PRIVATE KEY") return key_of_type(EVP_PKEY_RSA, der);
    if (name == "EC PRIVATE KEY") return key_of_type(EVP_PKEY_EC, der);
    if (name == "DSA PRIVATE KEY") return key_of_type(EVP_PKEY_DSA, der);
    return key_from_pkcs8(der);
}

// read_key reads any of the `... PRIVATE KEY` blocks. RFC 1421 headers (`Proc-Type: 4,ENCRYPTED`)
// are the traditional way to lock one.
result<key_ptr, failure> read_key(pem_block& block, const secret* password, std::string_view role) {
    const std::string_view name = block.name;
    if (name == "ENCRYPTED PRIVATE KEY") return open_pkcs8(block.der(), password, role);
    const bool locked = std::string_view(block.header).find("ENCRYPTED") != std::string_view::npos;
    if (locked) {
        if (!password) return password_failure(password, role);
        EVP_CIPHER_INFO cipher;
        if (PEM_get_EVP_CIPHER_INFO(block.header, &cipher) != 1 ||
            PEM_do_header(&cipher, block.contents, &block.size, give_password,
                          const_cast<secret*>(password)) != 1) {
            return why_locked(password, true, role);
        }
    }
    if (auto key = plain_key(name, block.der())) return key;
    if (locked) return password_failure(password, role);  // it decrypted to nonsense
    return failure{errc::damaged,
                   std::string(role) +
                       ": its private key does not parse; it is damaged or of a type that "
                       "OpenSSL does not know, export it again"};
}

// A block `TRUSTED CERTIFICATE` has OpenSSL's own trust settings after the certificate.
x509_ptr read_certificate(std::string_view name, bytes_view der) {
    const auto* at = der.data();
    const auto size = static_cast<long>(der.size());
    return x509_ptr(name == "TRUSTED CERTIFICATE" ? d2i_X509_AUX(nullptr, &at, size)
                                                  : d2i_X509(nullptr, &at, size));
}

bool is_certificate(std::string_view name) {
    return name == "CERTIFICATE" || name == "X509 CERTIFICATE" || name == "TRUSTED CERTIFICATE";
}

std::optional<failure> take_block(container& found, pem_block& block, const secret* password,
                                  std::string_view role) {
    const std::string_view name = block.name;
    if (is_certificate(name)) {
        auto certificate = read_certificate(name, block.der());
        if (!certificate) {
            return failure{errc::damaged,
                           std::string(role) + ": certificate " +
                               std::to_string(found.certificates.size() + 1) +
                               " in it does not parse; it is damaged, export it again"};
        }
        found.certificates.push_back(std::move(certificate));
    } else if (name.ends_with("PRIVATE KEY")) {
        auto key = read_key(block, password, role);
        if (key) {
            found.keys.push_back(*std::move(key));
        } else if (!found.unreadable_key) {
            found.unreadable_key = key.error();
        }
    }
    return std::nullopt;
}

}  // namespace

result<container, failure> read_pem(std::string_view file, const secret* password,
                                    std::string_view role) {
    const handle<BIO, BIO_free> text(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
    container found;
    std::size_t keys_tried = 0;
    while (text) {
        pem_block block;
        if (PEM_read_bio(text.get(), &block.name, &block.header, &block.contents, &block.size) !=
            1) {
            break;
        }
        keys_tried += std::string_view(block.name).ends_with("PRIVATE KEY") ? 1 : 0;
        if (keys_tried > max_keys || found.certificates.size() >= max_certificates) {
            return failure{errc::too_large,
                           std::string(role) +
                               ": it holds more than 4 private keys or 100 certificates; give "
                               "only the one to use, with its chain"};
        }
        if (auto wrong = take_block(found, block, password, role)) return *std::move(wrong);
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE) return found;
    return failure{errc::damaged,
                   std::string(role) +
                       ": a PEM block in it is damaged (its base64 or its END line); "
                       "export it again"};
}

}  // namespace relayauth::certificate
