#include "allocation_count.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> count{0};
relayauth::bytes_view watched_for;
std::size_t leaks = 0;

void look_through(void* memory) {
    if (memory == nullptr || watched_for.empty()) return;
    const auto* const begin = static_cast<const std::uint8_t*>(memory);
    const auto* const end = begin + malloc_usable_size(memory);
    if (std::search(begin, end, watched_for.begin(), watched_for.end()) != end) ++leaks;
}
}  // namespace

// Replacing these in the program also counts what libprotobuf allocates (C++
// [replacement.functions]).
void* operator new(std::size_t size) {
    ++count;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    look_through(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    look_through(memory);
    std::free(memory);
}

namespace relayauth::rpc {

std::size_t allocation_count() {
    return count;
}

leak_watch::leak_watch(bytes_view mark) {
    leaks = 0;
    watched_for = mark;
}

leak_watch::~leak_watch() {
    watched_for = {};
}

std::size_t leak_watch::found() const {
    return leaks;
}

}  // namespace relayauth::rpc
