#include "relayauth/sip/errc.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace relayauth::sip {
namespace {

constexpr int count = static_cast<int>(errc::cseq_method_differs) + 1;

TEST(SipErrc, EveryValueHasAPhraseOfItsOwn) {
    std::set<std::string_view> phrases;
    for (int i = 0; i < count; ++i) {
        const auto phrase = to_text(static_cast<errc>(i));
        EXPECT_FALSE(phrase.empty()) << i;
        EXPECT_TRUE(phrases.insert(phrase).second) << phrase;
    }
}

TEST(SipErrc, PhrasesCanStandInAStatusLine) {
    for (int i = 0; i < count; ++i) {
        for (const char c : to_text(static_cast<errc>(i))) EXPECT_TRUE(c >= ' ' && c <= '~') << i;
    }
}

TEST(SipErrc, PhrasesNameTheField) {
    EXPECT_EQ(to_text(errc::missing_from), "Missing From Header");
    EXPECT_EQ(to_text(errc::missing_to), "Missing To Header");
    EXPECT_EQ(to_text(errc::missing_call_id), "Missing Call-ID Header");
    EXPECT_EQ(to_text(errc::missing_cseq), "Missing CSeq Header");
    for (const auto why : {errc::content_length_missing, errc::content_length_malformed,
                           errc::content_lengths_differ}) {
        EXPECT_NE(to_text(why).find("Content-Length"), std::string_view::npos);
    }
    for (const auto why : {errc::malformed_cseq, errc::cseq_too_large, errc::cseq_method_differs}) {
        EXPECT_NE(to_text(why).find("CSeq"), std::string_view::npos);
    }
}

TEST(SipErrc, NoPhraseForANumberThatIsNone) {
    EXPECT_TRUE(to_text(static_cast<errc>(count)).empty());
}

}  // namespace
}  // namespace relayauth::sip
