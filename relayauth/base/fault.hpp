#pragma once

#include <optional>

namespace relayauth {

// fault says what is wrong, if anything: a std::optional<Errc> in one word. An optional is put
// together from two stores, value and flag, and handed on by one load, which the processor holds
// until both have reached the cache: 5 ns at every return, and parsers return often.
template <class Errc>
class fault {
public:
    constexpr fault(std::nullopt_t) {}
    constexpr fault(Errc why) : code_(static_cast<int>(why)) {}

    constexpr explicit operator bool() const { return code_ != none; }
    // What is wrong; only if something is.
    constexpr Errc operator*() const { return static_cast<Errc>(code_); }
    constexpr operator std::optional<Errc>() const {
        return code_ == none ? std::nullopt : std::optional(**this);
    }
    constexpr bool operator==(const fault&) const = default;

private:
    static constexpr int none = -1;
    int code_ = none;
};

}  // namespace relayauth
