#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/identity.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace relayauth::certificate {

// vector_file gives the octets of one of tests/vectors' files, all made with the openssl command.
inline std::string vector_file(const std::string& name) {
    std::ifstream in(RELAYAUTH_SOURCE_DIR "/tests/vectors/" + name, std::ios::binary);
    std::string octets{std::istreambuf_iterator<char>(in), {}};
    EXPECT_FALSE(octets.empty()) << name;
    return octets;
}

inline secret password_of(std::string_view text) {
    return secret(as_bytes(text));
}

// What locks every locked vector.
inline secret right_password() {
    return password_of("correct horse");
}

inline result<identity, failure> parse(std::string_view certificate, std::string_view key = {},
                                       const secret* password = nullptr) {
    return identity::parse({as_bytes(certificate), as_bytes(key), password});
}

inline result<identity, failure> parse_locked(std::string_view certificate,
                                              std::string_view key = {}) {
    const secret password = right_password();
    return parse(certificate, key, &password);
}

// why_not gives the reason, and a test failure where there is none or its text is not one line.
template <class T>
errc why_not(const result<T, failure>& got) {
    EXPECT_TRUE(got.has_error());
    if (!got.has_error()) return errc::crypto_unavailable;
    EXPECT_FALSE(got.error().text.empty());
    EXPECT_EQ(got.error().text.find('\n'), std::string::npos);
    return got.error().why;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace relayauth::certificate
