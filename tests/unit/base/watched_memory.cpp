#include "watched_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace relayauth::test {
namespace {

const void* watched = nullptr;
std::size_t watched_size = 0;
release seen = release::not_yet;

void look(void* memory) {
    if (memory == nullptr || memory != watched) return;
    watched = nullptr;
    const auto* octets = static_cast<const volatile unsigned char*>(memory);
    const bool zero =
        std::all_of(octets, octets + watched_size, [](unsigned char octet) { return octet == 0; });
    seen = zero ? release::all_zero : release::with_contents;
}

}  // namespace

void watch_release(const void* memory, std::size_t size) {
    watched = memory;
    watched_size = size;
    seen = release::not_yet;
}

release watched_release() {
    return seen;
}

}  // namespace relayauth::test

void* operator new(std::size_t size) {
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    relayauth::test::look(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    relayauth::test::look(memory);
    std::free(memory);
}
