#include "relayauth/base/find_octet.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relayauth {
namespace {

constexpr auto is_low_or_x = [](auto octet) { return (octet < 0x20) | (octet == 'x'); };

std::size_t by_hand(std::string_view text, std::size_t at) {
    while (at < text.size() && !is_low_or_x(static_cast<std::uint8_t>(text[at]))) ++at;
    return at;
}

TEST(FindOctet, FindsTheFirstOneAtEveryPlaceOfEverySize) {
    for (std::size_t size = 0; size < 70; ++size) {
        for (std::size_t place = 0; place <= size; ++place) {
            std::string text(size, '\xFF');
            if (place < size) text[place] = 'x';
            if (place + 3 < size) text[place + 3] = '\x1F';
            const std::vector<char> exact(text.begin(), text.end());  // nothing behind it
            const std::string_view view(exact.data(), exact.size());
            for (std::size_t at = 0; at <= size; ++at) {
                ASSERT_EQ(find_octet(view, at, is_low_or_x), by_hand(text, at))
                    << size << " " << place << " " << at;
            }
        }
    }
}

TEST(FindOctet, SeesEveryValueAsItIs) {
    for (int octet = 0; octet < 256; ++octet) {
        std::string text(20, 'a');
        text[5] = static_cast<char>(octet);
        EXPECT_EQ(find_octet(text, 0, is_low_or_x), octet < 0x20 || octet == 'x' ? 5u : 20u);
    }
}

TEST(FindOctet, LooksAtNothingBeforeItsStart) {
    EXPECT_EQ(find_octet("xxxxxxxxxxxxxxxxxxxaaa", 19, is_low_or_x), 22u);
    EXPECT_EQ(find_octet("", 0, is_low_or_x), 0u);
}

}  // namespace
}  // namespace relayauth
