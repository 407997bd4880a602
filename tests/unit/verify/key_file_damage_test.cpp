#include "relayauth/verify/key_file.hpp"

#include "key_text.hpp"

#include <gtest/gtest.h>

// Each way in which a key file is no good, and the line that is named.

namespace relayauth::verify {
namespace {

using key_text::file_of;
using key_text::notes_key;
using key_text::start;
using key_text::with_checksum;

// `none` when the file is good.
std::string problem(std::string_view file) {
    // Of its exact size, so that AddressSanitizer sees a step too far.
    const std::vector<std::uint8_t> exact(file.begin(), file.end());
    const auto read = read_key_file(exact);
    return read ? "none" : words(read.error());
}
std::string said(errc why, std::size_t line = 0) {
    return words({why, line});
}

std::string replaced(std::string text, std::string_view old, std::string_view by) {
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), by);
}

TEST(KeyFileDamage, AGoodFileHasNone) {
    EXPECT_EQ(problem(file_of(notes_key())), "none");
}

TEST(KeyFileDamage, AnEmptyFileIsCalledEmpty) {
    EXPECT_EQ(problem(""), said(errc::empty));
}

TEST(KeyFileDamage, AFileCutAtAnyLengthIsCalledCut) {
    const auto file = file_of(notes_key());
    for (std::size_t size = 1; size < file.size(); ++size) {
        EXPECT_EQ(problem(file.substr(0, size)), said(errc::cut)) << size;
    }
}

TEST(KeyFileDamage, AFileWithSomethingAfterItsChecksumIsCalledCut) {
    const auto file = file_of(notes_key());
    EXPECT_EQ(problem(file + "\n"), said(errc::cut));
    EXPECT_EQ(problem(file + notes_key()), said(errc::cut));
    EXPECT_EQ(problem(replaced(file, "\nchecksum", " checksum")), said(errc::cut));
}

TEST(KeyFileDamage, NoFlippedBitGoesUnseen) {
    const auto file = file_of(notes_key());
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        auto altered = file;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ 1 << bit % 8);
        EXPECT_NE(problem(altered), "none") << bit;
    }
    EXPECT_EQ(problem(replaced(file, "505152", "505153")), said(errc::damaged));
    EXPECT_EQ(problem(replaced(file, "Whoever", "whoever")), said(errc::damaged));
}

TEST(KeyFileDamage, AFileWithOtherLineEndsIsCalledDamaged) {
    auto file = file_of(notes_key());
    for (std::size_t at = 0; (at = file.find('\n', at)) != std::string::npos; at += 2) {
        file.insert(at, "\r");
    }
    EXPECT_NE(problem(file), "none");
}

TEST(KeyFileDamage, WhatIsNoKeyFileIsCalledSo) {
    EXPECT_EQ(problem("-----BEGIN CERTIFICATE-----\nMIIB\n"), said(errc::not_a_key_file, 1));
    EXPECT_EQ(problem("hello"), said(errc::not_a_key_file, 1));
    EXPECT_EQ(problem("# hello"), said(errc::not_a_key_file, 1));
    EXPECT_EQ(problem("# hello\nworld\n"), said(errc::not_a_key_file, 2));
    EXPECT_EQ(problem("relayauth-verify-key 1\n"), said(errc::not_a_key_file, 1));
    EXPECT_EQ(problem(std::string(1000, '\0')), said(errc::not_a_key_file, 1));
}

TEST(KeyFileDamage, AnyCommentMayBegin) {
    EXPECT_EQ(problem(with_checksum("# ours\nrelayauth-verify-key 1\n" + notes_key())), "none");
}

TEST(KeyFileDamage, AnotherVersionIsNamedWhateverItsChecksumIs) {
    for (const auto* version : {"2", "10", "", "1 ", "01"}) {
        const auto text = "# ours\nrelayauth-verify-key " + std::string(version) + "\n";
        EXPECT_EQ(problem(text + "another form\n"), said(errc::another_version, 2)) << version;
        EXPECT_EQ(problem(with_checksum(text + notes_key())), said(errc::another_version, 2));
    }
}

TEST(KeyFileDamage, AFileOfOneMebibyteIsReadAndNoLongerOne) {
    const std::string front = notes_key() + "turn-rest " + std::string(64, 'a') + " ";
    const auto longest_realm = max_key_file_bytes - file_of(front + "\n").size();
    EXPECT_EQ(problem(file_of(front + std::string(longest_realm, 'r') + "\n")), "none");
    EXPECT_EQ(problem(file_of(front + std::string(longest_realm + 1, 'r') + "\n")),
              said(errc::too_large));
}

TEST(KeyFileDamage, AFileWithoutKeysIsRefused) {
    EXPECT_EQ(problem(with_checksum(std::string(start))), said(errc::no_key));
}

TEST(KeyFileDamage, EachLineHasItsPlace) {
    const std::vector<std::pair<std::string, std::size_t>> cases = {
        {"\n" + notes_key(), 3},
        {"# more\n" + notes_key(), 3},
        {"keys notes mints\n", 3},
        {"key\n", 3},
        {replaced(notes_key(), "username-tag", "username_tag"), 4},
        {replaced(notes_key(), "username-tag ", "username-tag"), 4},
        {"key notes mints\n", 4},
        {replaced(notes_key(), "password", "passwords"), 5},
        {replaced(notes_key(), "client-id", "id"), 6},
        {notes_key() + "turn-test x y\n", 7},
        {notes_key() + "\n", 7},
        {notes_key() + "key\n", 7},
    };
    for (const auto& [keys, line] : cases) {
        EXPECT_EQ(problem(file_of(keys)), said(errc::unexpected_line, line)) << keys;
    }
}

TEST(KeyFileDamage, AKeysIdHasItsCharacters) {
    const auto with_id = [](std::string_view id) {
        return file_of(replaced(notes_key(), "notes", id));
    };
    EXPECT_EQ(problem(with_id("aA-_09zZ")), "none");
    EXPECT_EQ(problem(with_id(std::string(64, 'a'))), "none");
    EXPECT_EQ(problem(with_id(std::string(65, 'a'))), said(errc::key_id, 3));
    for (const auto* id : {"", "a.b", "a/b", "\xc3\xa4", "@", "[", "`", "{", ":"}) {
        EXPECT_EQ(problem(with_id(id)), said(errc::key_id, 3)) << id;
    }
}

TEST(KeyFileDamage, AKeysStageIsMintsOrATime) {
    for (const auto* stage :
         {"", "mint", "mints ", "verifies-until", "verifies-until ", "verifies-until 0",
          "verifies-until 1893553445", "verifies-until 2030-01-02T03:04:05", "verifies 2030-01-02",
          "verifies-until 2030-01-02T03:04:05.5Z", "verifies-until 2030-02-30T03:04:05Z",
          "until 2030-01-02T03:04:05Z", "verifies-until 2030-01-02T03:04:05Z "}) {
        EXPECT_EQ(problem(file_of(notes_key(stage))), said(errc::key_stage, 3)) << stage;
    }
}

TEST(KeyFileDamage, AKeyIs16To64OctetsInLowerCaseDigits) {
    const auto with = [](std::size_t digits) {
        return file_of(replaced(notes_key(), "505152535455565758595a5b5c5d5e5f60616263",
                                std::string(digits, 'e')));
    };
    for (const std::size_t good : {32u, 64u, 128u}) EXPECT_EQ(problem(with(good)), "none");
    for (const std::size_t bad : {0u, 2u, 30u, 33u, 127u, 130u}) {
        EXPECT_EQ(problem(with(bad)), said(errc::key_octets, 5)) << bad;
    }
    for (const auto* wrong : {"G", "A", " ", "-"}) {
        EXPECT_EQ(problem(file_of(replaced(notes_key(), "a3\n", "a" + std::string(wrong) + "\n"))),
                  said(errc::key_octets, 6));
    }
}

TEST(KeyFileDamage, ARealmAndItsSecretAreChecked) {
    const std::string digits(64, 'a');
    const auto with = [](const std::string& line) {
        return problem(file_of(notes_key() + "turn-rest " + line + "\n"));
    };
    EXPECT_EQ(with(digits + " r"), "none");
    EXPECT_EQ(with(digits), said(errc::realm, 7));
    EXPECT_EQ(with(digits + " "), said(errc::realm, 7));
    EXPECT_EQ(with(digits + " a\tb"), said(errc::realm, 7));
    EXPECT_EQ(with(digits + " a\xff"), said(errc::realm_not_utf8, 7));
    EXPECT_EQ(with(digits + "a r"), said(errc::realm_secret, 7));
    EXPECT_EQ(with(digits.substr(1) + " r"), said(errc::realm_secret, 7));
    EXPECT_EQ(with(std::string(64, 'A') + " r"), said(errc::realm_secret, 7));
    EXPECT_EQ(with(digits + " r\nturn-rest " + digits + " r"), said(errc::realm_twice, 8));
}

TEST(KeyFileDamage, NoWordsQuoteTheFile) {
    auto secret_line = replaced(notes_key(), "505152", "50515g");
    EXPECT_EQ(problem(file_of(secret_line)).find("535455"), std::string::npos);
}

}  // namespace
}  // namespace relayauth::verify
