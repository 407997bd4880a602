#include "relayauth/certificate/identity.hpp"

#include <cstddef>
#include <cstdint>

// A certificate file, with its key inside, read in both ways. The seeds that are locked open with
// this password.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace relayauth;
    static const secret password(as_bytes("correct horse"));
    const bytes_view file(data, size);

    const auto about = certificate::read_facts(file, password);
    if (about.has_error() && about.error().text.empty()) __builtin_trap();

    const auto got = certificate::identity::parse({file, {}, &password});
    if (got.has_error() && got.error().text.empty()) __builtin_trap();
    if (got && (got->derive("password").size() != 32 || got->chain_der().empty() ||
                got->private_key_der().empty())) {
        __builtin_trap();
    }
    return 0;
}
