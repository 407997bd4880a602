#pragma once

namespace relayauth::lab {

// Whether the programs of this build carry a sanitizer: they are slow then, and AddressSanitizer
// keeps freed memory for a while, so that sizes mean nothing.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool address_sanitizer = true;
#else
inline constexpr bool address_sanitizer = false;
#endif
#ifdef __SANITIZE_THREAD__
inline constexpr bool thread_sanitizer = true;
#else
inline constexpr bool thread_sanitizer = false;
#endif

}  // namespace relayauth::lab
