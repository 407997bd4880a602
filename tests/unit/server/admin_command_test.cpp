#include "relayauth/server/admin_command.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using namespace std::chrono_literals;

void expect_refused(std::string_view line) {
    const auto read = parse_admin_command(line);
    ASSERT_FALSE(read.has_value()) << line;
    EXPECT_EQ(read.error().find('\n'), std::string::npos);
    EXPECT_NE(read.error(), "");
}

std::string round(const admin_command& what) {
    const auto line = to_line(what);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto read = parse_admin_command(line);
    EXPECT_TRUE(read.has_value()) << line << ": " << read.error();
    return read ? to_line(*read) : "";
}

TEST(AdminCommand, IsWrittenAsItIsRead) {
    EXPECT_EQ(round(move_clock{-8h, std::nullopt}),
              R"({"command":"lab clock","offset_ms":-28800000})");
    EXPECT_EQ(round(move_clock{0h, 200}),
              R"({"command":"lab clock","offset_ms":0,"drift_ppm":200})");
    EXPECT_EQ(round(reset_clock{}), R"({"command":"lab clock","reset":true})");
    const auto rule = session::make_lab_rule("sip:\"bob\"@*", session::lie::delay, 2500ms);
    EXPECT_EQ(round(add_rule{*rule}),
              R"({"command":"lab rule","identity":"sip:\"bob\"@*","rule":"delay","ms":2500})");
    EXPECT_EQ(round(remove_rule("*")), R"({"command":"lab remove","identity":"*"})");
    EXPECT_EQ(round(clear_rules{}), R"({"command":"lab clear"})");
    EXPECT_EQ(round(list_lab{}), R"({"command":"lab list"})");
    EXPECT_EQ(round(accept_clock{}), R"({"command":"clock accept"})");
    EXPECT_EQ(round(tell_clock{}), R"({"command":"clock status"})");
}

TEST(AdminCommand, AllButTheClockTwoAreForALab) {
    EXPECT_FALSE(is_for_lab(accept_clock{}));
    EXPECT_FALSE(is_for_lab(tell_clock{}));
    EXPECT_TRUE(is_for_lab(list_lab{}));
    EXPECT_TRUE(is_for_lab(move_clock{}));
}

TEST(AdminCommand, IsRefusedWhenItIsNone) {
    for (const auto* line : {"",
                             " ",
                             "{",
                             "[]",
                             "{}",
                             R"({"command":7})",
                             R"({"command":"stop"})",
                             "\xFF\x00\x01",
                             R"({"command":"lab clock"})",
                             R"({"command":"lab clock","reset":false})",
                             R"({"command":"lab clock","offset_ms":"1"})",
                             R"({"command":"lab clock","offset_ms":9223372036854775807})",
                             R"({"command":"lab clock","drift_ppm":500001})",
                             R"({"command":"lab rule"})",
                             R"({"command":"lab rule","identity":"*","rule":"late"})",
                             R"({"command":"lab rule","identity":"*","rule":"delay"})",
                             R"({"command":"lab rule","identity":"*","rule":"delay","ms":60001})",
                             R"({"command":"lab rule","identity":"*","rule":"expired","ms":1})",
                             R"({"command":"lab rule","identity":"","rule":"expired"})",
                             R"({"command":"lab remove"})"}) {
        expect_refused(line);
    }
    expect_refused(R"({"command":"lab list","more":")" + std::string(max_admin_line, 'x') + "\"}");
}

// Truncated, or with one octet changed, it is another command or none; never a fault.
TEST(AdminCommand, SurvivesDamage) {
    const auto rule = session::make_lab_rule("sip:bob@*", session::lie::lifetime, 10s);
    const auto line = to_line(add_rule{*rule});
    for (std::size_t size = 0; size < line.size(); ++size) expect_refused(line.substr(0, size));
    for (std::size_t i = 0; i < line.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            auto damaged = line;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            if (const auto read = parse_admin_command(damaged)) round(*read);
        }
    }
}

}  // namespace
}  // namespace relayauth::server
