#include "relayauth/session/settings.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

TEST(Settings, ShowRelaysAndRealmsToBothDoors) {
    const std::vector<mras::media_relay> relays = {
        {mras::location::internet, "turn.example.test", 3478, 443},
        {mras::location::intranet, "10.0.0.7", 3479, 444}};
    const settings made(relays, {"one", "two"});

    EXPECT_EQ(made.validate.realms, (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(made.realm_views, (std::vector<std::string_view>{"one", "two"}));
    EXPECT_EQ(made.realm_views[0].data(), made.validate.realms[0].data());

    ASSERT_EQ(made.relay_views.size(), 2u);
    EXPECT_EQ(made.relay_views[0].where, rpc::relay_location::internet);
    EXPECT_EQ(made.relay_views[0].host, "turn.example.test");
    EXPECT_EQ(made.relay_views[0].udp_port, 3478);
    EXPECT_EQ(made.relay_views[0].tcp_port, 443);
    EXPECT_EQ(made.relay_views[1].where, rpc::relay_location::intranet);
    EXPECT_EQ(made.relay_views[1].udp_port, 3479);
    EXPECT_EQ(made.relay_views[1].tcp_port, 444);
    EXPECT_EQ(made.relay_views[1].host.data(), made.relays[1].host.data());
    const auto list =
        made.relay_directory.list_xml(mras::location::intranet, mras::route::loadbalanced);
    EXPECT_NE(list.find("10.0.0.7"), std::string_view::npos);
}

TEST(Settings, AreWhatTheProjectPromisesByDefault) {
    const mras::media_relay relay;
    const settings made({&relay, 1}, {});
    EXPECT_EQ(made.issue.max_lifetime, std::chrono::minutes(480));
    EXPECT_EQ(made.validate.time.tolerance, std::chrono::seconds(300));
    EXPECT_EQ(made.validate.time.expiry_grace, ticks{0});
    EXPECT_EQ(made.sip_limits.max_message_bytes, 524'288u);
    EXPECT_EQ(made.sip_limits.max_header_bytes, 16'384u);
    EXPECT_EQ(made.sip_limits.max_headers, 100u);
    EXPECT_EQ(made.max_frame_bytes, 524'288u);
    EXPECT_EQ(made.max_pending_output, 1'048'576u);
}

}  // namespace
}  // namespace relayauth::session
