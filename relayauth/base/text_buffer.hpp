#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace relayauth {

// text_buffer is memory that one message after another is written into. Unlike a std::string it
// asks for room once for many pieces, so that a literal costs a few stores; and clear() keeps the
// memory, so that a warm one allocates nothing. One thread at a time.
class text_buffer {
public:
    void clear() { used_ = 0; }
    bool empty() const { return used_ == 0; }
    std::size_t size() const { return used_; }

    // Valid until the next put.
    std::string_view text() const { return {memory_.data(), used_}; }

    // put appends `parts`, all convertible to std::string_view, one after the other. None of them
    // may look into this buffer.
    template <class... Parts>
    void put(const Parts&... parts) {
        put_views(std::string_view(parts)...);
    }

    void put_number(std::uint64_t value) {
        constexpr std::size_t most_digits = 20;
        char* const at = room(most_digits);
        used_ += static_cast<std::size_t>(std::to_chars(at, at + most_digits, value).ptr - at);
    }

private:
    template <class... Views>
    void put_views(Views... views) {
        const auto size = (views.size() + ...);
        char* at = room(size);
        used_ += size;
        ((std::char_traits<char>::copy(at, views.data(), views.size()), at += views.size()), ...);
    }

    char* room(std::size_t octets) {
        if (memory_.size() - used_ < octets) grow(octets);
        return memory_.data() + used_;
    }
    void grow(std::size_t octets);

    std::vector<char> memory_;  // its octets from used_ on are room, not content
    std::size_t used_ = 0;
};

}  // namespace relayauth
