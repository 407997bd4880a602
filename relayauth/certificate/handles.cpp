#include "relayauth/certificate/handles.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace relayauth::certificate {

void free_handle::operator()(x509_st* certificate) const {
    X509_free(certificate);
}
void free_handle::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

error_scope::error_scope() {
    ERR_clear_error();
}
error_scope::~error_scope() {
    ERR_clear_error();
}

}  // namespace relayauth::certificate
