#include "relayauth/cli/story_text.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

TEST(QuotationText, NamesWhoSaysItAndMarksWhatIsNotAsItMustBe) {
    EXPECT_EQ(quotation_text({true, "edge-a 4711", "clock", "all is well"}),
              "  ok  edge-a 4711   clock: \"all is well\"\n");
    EXPECT_EQ(quotation_text({false, "edge-a 4711", {}, {}}), "  NO  edge-a 4711   not a word\n");
    EXPECT_EQ(quotation_text({true, "a name too long 1", {}, "x"}),
              "  ok  a name too long 1 \"x\"\n");
}

TEST(QuotationText, ShowsNothingThatATerminalWouldObey) {
    EXPECT_EQ(quotation_text({true, "relay-a 1", {}, "a\x1b[2Jb"}).find('\x1b'), std::string::npos);
}

TEST(Wrapped, BreaksAtAHundredCharactersAndIndentsTheRest) {
    const std::string ninety(90, 'a');
    EXPECT_EQ(wrapped("   ", ninety + " 123456", 3), "   " + ninety + " 123456\n");
    EXPECT_EQ(wrapped("   ", ninety + " 1234567", 3), "   " + ninety + "\n   1234567\n");
    const std::string longer(120, 'b');
    EXPECT_EQ(wrapped("x ", longer + " c", 2), "x " + longer + "\n  c\n");
}

TEST(Wrapped, MakesOneBlankOfSeveral) {
    EXPECT_EQ(wrapped("", "clock:      now ", 0), "clock: now\n");
    EXPECT_EQ(wrapped("x", "", 0), "x\n");
}

TEST(WholeLineWith, FindsTheLastThatHasAllAndIsWritten) {
    const std::string log = "one a\ntwo a b\nthree b a\nfour a b";
    EXPECT_EQ(whole_line_with(log, {"a", "b"}), "three b a");
    EXPECT_EQ(whole_line_with(log, {"one"}), "one a");
    EXPECT_EQ(whole_line_with(log, {"four"}), "");
    EXPECT_EQ(whole_line_with(log, {"a", "five"}), "");
}

TEST(ValueOf, IsWhatStandsBehindTheLabel) {
    const std::string said = "server clock:  x\nclock:         now, here\nclocks: two\nend:";
    EXPECT_EQ(value_of(said, "clock:"), "now, here");
    EXPECT_EQ(value_of(said, "clocks:"), "two");
    EXPECT_EQ(value_of(said, "clock"), "");
    EXPECT_EQ(value_of(said, "end:"), "");
    EXPECT_EQ(value_of("empty:  \nempty: y\n", "empty:"), "");
}

TEST(LogExcerpt, KeepsWhatHappenedWhyAndInWhatWords) {
    EXPECT_EQ(log_excerpt("2026-11-26T02:45:03.979Z info validate_refused peer=127.0.0.1:1 "
                          "reason=expired offset=\"+8 h\" words=\"4 h after \\\"expiry\\\"\"",
                          200),
              "validate_refused reason=expired: 4 h after \"expiry\"");
    EXPECT_EQ(log_excerpt("T warning lab words=\"one two three\"", 14), "lab: one two ...");
    EXPECT_EQ(log_excerpt("T warning lab words=\"one two three\"", 18), "lab: one two three");
    EXPECT_EQ(log_excerpt("", 9), "");
}

}  // namespace
}  // namespace relayauth::cli
