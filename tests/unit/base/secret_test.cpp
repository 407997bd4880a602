#include "relayauth/base/secret.hpp"

#include "watched_memory.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace relayauth {
namespace {

using test::release;

secret make(std::string_view text) {
    return secret(as_bytes(text));
}

template <class T>
concept printable = requires(std::ostream& out, const T& value) {
    out << value;
};

TEST(Wipe, ZeroesExactlyTheGivenOctets) {
    std::array<std::uint8_t, 6> memory = {1, 2, 3, 4, 5, 6};
    wipe(std::span(memory).subspan(1, 4));
    EXPECT_EQ(memory, (std::array<std::uint8_t, 6>{1, 0, 0, 0, 0, 6}));
    wipe({});
}

TEST(Secret, KeepsItsOctets) {
    const auto s = make("key\xFF");
    EXPECT_EQ(s.size(), 4u);
    EXPECT_FALSE(s.empty());
    EXPECT_EQ(as_text(s.reveal()), "key\xFF");
}

TEST(Secret, CopiesWhatItIsMadeFrom) {
    std::string text = "key";
    const secret s(as_bytes(text));
    text = "???";
    EXPECT_EQ(as_text(s.reveal()), "key");
}

TEST(Secret, StartsEmptyOrZeroed) {
    EXPECT_TRUE(secret().empty());
    EXPECT_EQ(secret().size(), 0u);
    secret s(std::size_t{3});
    EXPECT_EQ(as_text(s.reveal()), std::string_view("\0\0\0", 3));
    s.reveal_for_writing()[1] = 'x';
    EXPECT_EQ(as_text(s.reveal()), std::string_view("\0x\0", 3));
}

TEST(Secret, CloneOwnsOctetsOfItsOwn) {
    auto s = make("key");
    const auto copy = s.clone();
    s.reveal_for_writing()[0] = '?';
    EXPECT_EQ(as_text(copy.reveal()), "key");
}

TEST(Secret, MovesAndLeavesNothingBehind) {
    auto from = make("key");
    auto to = std::move(from);
    EXPECT_EQ(as_text(to.reveal()), "key");
    EXPECT_TRUE(from.empty());
    auto assigned = make("other");
    assigned = std::move(to);
    EXPECT_EQ(as_text(assigned.reveal()), "key");
    EXPECT_TRUE(to.empty());
}

TEST(Secret, SurvivesAssignmentToItself) {
    auto s = make("key");
    auto& same = s;
    s = std::move(same);
    EXPECT_EQ(as_text(s.reveal()), "key");
}

TEST(Secret, IsWipedWhenItGoes) {
    {
        const auto s = make("a key long enough for the heap");
        test::watch_release(s.reveal().data(), s.size());
    }
    EXPECT_EQ(test::watched_release(), release::all_zero);
}

TEST(Secret, IsWipedWhenItIsAssignedTo) {
    auto s = make("a key long enough for the heap");
    test::watch_release(s.reveal().data(), s.size());
    s = make("another");
    EXPECT_EQ(test::watched_release(), release::all_zero);
}

TEST(Secret, TheWatchSeesWhatIsNotWiped) {
    auto plain = std::make_unique<std::array<char, 8>>();
    plain->fill('x');
    test::watch_release(plain.get(), plain->size());
    EXPECT_EQ(test::watched_release(), release::not_yet);
    // Volatile, or the compiler may leave out a store that nobody reads before the memory goes.
    *const_cast<volatile char*>(plain->data()) = 'y';
    plain.reset();
    EXPECT_EQ(test::watched_release(), release::with_contents);
}

TEST(Secret, CannotBeCopiedPrintedOrMadeByAccident) {
    EXPECT_FALSE(std::is_copy_constructible_v<secret>);
    EXPECT_FALSE(std::is_copy_assignable_v<secret>);
    EXPECT_FALSE(printable<secret>);
    EXPECT_FALSE((std::is_convertible_v<bytes_view, secret>));
    EXPECT_FALSE((std::is_convertible_v<std::size_t, secret>));
    EXPECT_FALSE((std::is_convertible_v<secret, std::string>));
    EXPECT_FALSE((std::is_convertible_v<secret, bytes_view>));
}

}  // namespace
}  // namespace relayauth
