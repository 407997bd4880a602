#pragma once

#include <memory>

// OpenSSL's own names for X509 and EVP_PKEY, so that headers of this room need none of its own.
struct x509_st;
struct evp_pkey_st;

namespace relayauth::certificate {

struct free_handle {
    void operator()(x509_st* certificate) const;
    void operator()(evp_pkey_st* key) const;
};
using x509_ptr = std::unique_ptr<x509_st, free_handle>;
using key_ptr = std::unique_ptr<evp_pkey_st, free_handle>;

// handle owns an OpenSSL object that only one .cpp knows: handle<BIO, BIO_free>.
template <auto Free>
struct free_with {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <class T, auto Free>
using handle = std::unique_ptr<T, free_with<Free>>;

// error_scope empties OpenSSL's error queue of this thread when it begins and when it ends: what
// we tried and gave up must not turn up as the reason for some later TLS failure.
class error_scope {
public:
    error_scope();
    ~error_scope();
    error_scope(const error_scope&) = delete;
    error_scope& operator=(const error_scope&) = delete;
};

}  // namespace relayauth::certificate
