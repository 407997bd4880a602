#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace relayauth {

// octets_16 is sixteen octets that are compared at once: an extension of GCC and Clang, which every
// target has in some form. A comparison gives 0xFF where it holds and 0 elsewhere.
using octets_16 = std::uint8_t __attribute__((vector_size(16)));

// hits_in tells which of the sixteen octets from `text` on are `wanted`: a bit each, the first
// one's lowest.
template <class Wanted>
unsigned hits_in(const char* text, Wanted wanted) {
    octets_16 block;
    std::memcpy(&block, text, sizeof block);
    const auto found = wanted(block);
#if defined(__SSE2__)
    return static_cast<unsigned>(_mm_movemask_epi8(std::bit_cast<__m128i>(found)));
#else
    unsigned hits = 0;
    for (unsigned i = 0; i < sizeof block; ++i) hits |= (found[i] != 0 ? 1u : 0u) << i;
    return hits;
#endif
}

// find_octet gives the place of the first octet at or after `at` that is `wanted`, or text.size().
// `wanted` is a generic lambda of comparisons, | and &, which says the same of one octet and of
// octets_16.
template <class Wanted>
std::size_t find_octet(std::string_view text, std::size_t at, Wanted wanted) {
    constexpr auto step = sizeof(octets_16);
    for (; at + step <= text.size(); at += step) {
        const auto hits = hits_in(text.data() + at, wanted);
        if (hits != 0) return at + static_cast<std::size_t>(std::countr_zero(hits));
    }
    if (at == text.size()) return at;
    // The end, shorter than a step, most often has none, nor have the octets before it.
    if (text.size() >= step && hits_in(text.data() + text.size() - step, wanted) == 0) {
        return text.size();
    }
    while (at < text.size() && !wanted(static_cast<std::uint8_t>(text[at]))) ++at;
    return at;
}

}  // namespace relayauth
