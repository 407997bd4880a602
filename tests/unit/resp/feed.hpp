#pragma once

#include "relayauth/resp/framer.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::resp {

using words = std::vector<std::string>;

// talk is all that a framer saw in a stream, copied so that it outlives the octets.
struct talk {
    std::vector<words> commands;
    std::optional<errc> broken;
    std::uint8_t got = 0;
    std::string pending;          // octets not consumed
    bool inside_command = false;  // at the end

    bool operator==(const talk&) const = default;
};

// stream feeds one framer as a connection does: octets come in pieces, consumed ones are dropped.
class stream {
public:
    void feed(std::string_view piece) {
        seen_.pending.append(piece);
        while (!seen_.broken) {
            // A block of exactly this size: ASan sees a read of one octet too many.
            const std::vector<char> octets(seen_.pending.begin(), seen_.pending.end());
            const auto got = framer_.next(as_bytes({octets.data(), octets.size()}), *table_);
            if (!got) {
                seen_.broken = got.error().why;
                seen_.got = got.error().got;
                return;
            }
            ASSERT_LE(got->consumed, octets.size());
            seen_.inside_command = framer_.inside_command();
            if (got->is_command) note();
            seen_.pending.erase(0, got->consumed);
            if (!got->is_command) return;
        }
    }

    const talk& seen() const { return seen_; }

private:
    void note() {
        ASSERT_FALSE(table_->arguments().empty());
        words all;
        for (const auto each : table_->arguments()) all.emplace_back(as_text(each));
        seen_.commands.push_back(all);
    }

    std::unique_ptr<command_table> table_ = std::make_unique<command_table>();
    framer framer_;
    talk seen_;
};

inline talk fed(std::initializer_list<std::string_view> pieces) {
    stream s;
    for (const auto piece : pieces) s.feed(piece);
    return s.seen();
}

inline talk fed_in_pieces(std::string_view bytes, std::size_t size) {
    stream s;
    for (std::size_t at = 0; at < bytes.size(); at += size) s.feed(bytes.substr(at, size));
    return s.seen();
}

inline talk fed_byte_by_byte(std::string_view bytes) {
    return fed_in_pieces(bytes, 1);
}

// breaks_with tells that `bytes` lose the framing for `why` with no command before, however fed.
inline testing::AssertionResult breaks_with(std::string_view bytes, errc why) {
    const std::size_t piece = bytes.size() < 8192 ? 1 : 1021;  // every look copies
    for (const auto& seen : {fed({bytes}), fed_in_pieces(bytes, piece)}) {
        if (!seen.commands.empty()) return testing::AssertionFailure() << "a command: " << bytes;
        if (!seen.broken) return testing::AssertionFailure() << "not broken: " << bytes;
        if (*seen.broken != why) {
            return testing::AssertionFailure() << to_text(*seen.broken) << ": " << bytes;
        }
    }
    return testing::AssertionSuccess();
}

// octets_of is a literal with its NULs.
template <std::size_t Size>
std::string octets_of(const char (&literal)[Size]) {
    return std::string(literal, Size - 1);
}

}  // namespace relayauth::resp
