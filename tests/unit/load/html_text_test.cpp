#include "relayauth/load/html_text.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using namespace std::chrono_literals;

TEST(Html, EscapesWhatHtmlWouldRead) {
    EXPECT_EQ(html("<script>alert('1')</script> & \"x\""),
              "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
    EXPECT_EQ(html("&lt;"), "&amp;lt;");
}

TEST(Html, ShowsWhatIsNoVisibleCharacter) {
    EXPECT_EQ(html("a\nb\x1b\xFF\xE2\x80\xAE"), "a\\nb\\x1b\\xff\\u202e");
}

TEST(Html, IsBoundedBeforeItIsEscaped) {
    EXPECT_EQ(html(std::string(300, '&')).size(), 200 * 5 + 3u);
}

TEST(HtmlDuration, IsNotBrokenIntoTwoLines) {
    EXPECT_EQ(html_duration(12'345ns), "12.3&nbsp;\xC2\xB5s");
    EXPECT_EQ(html_duration(1ms), "1.00&nbsp;ms");
    EXPECT_EQ(html_duration(0ns), "0&nbsp;\xC2\xB5s");
}

}  // namespace
}  // namespace relayauth::load
