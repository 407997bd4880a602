#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relayauth::mras {
namespace {

std::string relay_xml(std::string_view where, std::string_view element, std::string_view host,
                      std::string_view ports) {
    const std::string name(element);
    return "<mediaRelay><location>" + std::string(where) + "</location><" + name + ">" +
           std::string(host) + "</" + name + ">" + std::string(ports) + "</mediaRelay>";
}
std::string list(std::string_view relays) {
    return "<mediaRelayList>" + std::string(relays) + "</mediaRelayList>";
}
constexpr std::string_view usual_ports = "<udpPort>3478</udpPort><tcpPort>443</tcpPort>";

TEST(RelayDirectory, ListsTheRelaysOfALocationInOrder) {
    const std::vector<media_relay> relays = {{location::internet, "b.example.test", 1, 65535},
                                             {location::intranet, "in.example.test", 3478, 443},
                                             {location::internet, "a.example.test", 3478, 443}};
    const relay_directory directory(relays);
    const auto internet = relay_xml("internet", "hostName", "b.example.test",
                                    "<udpPort>1</udpPort><tcpPort>65535</tcpPort>") +
                          relay_xml("internet", "hostName", "a.example.test", usual_ports);
    const auto intranet = relay_xml("intranet", "hostName", "in.example.test", usual_ports);
    EXPECT_EQ(directory.list_xml(location::internet, route::loadbalanced), list(internet));
    EXPECT_EQ(directory.list_xml(location::intranet, route::loadbalanced), list(intranet));
    EXPECT_EQ(directory.list_xml(std::nullopt, route::loadbalanced), list(intranet + internet));
    EXPECT_EQ(directory.list_xml(location::internet, route::directip), list(internet))
        << "no address to give";
}

TEST(RelayDirectory, GivesAddressesOnlyWhenAskedForThem) {
    for (const auto* host : {"192.0.2.1", "2001:db8::1"}) {
        const media_relay relay{location::internet, host, 3478, 443};
        const relay_directory directory({&relay, 1});
        EXPECT_EQ(directory.list_xml(location::internet, route::loadbalanced),
                  list(relay_xml("internet", "hostName", host, usual_ports)));
        EXPECT_EQ(directory.list_xml(location::internet, route::directip),
                  list(relay_xml("internet", "directIPAddress", host, usual_ports)));
        EXPECT_EQ(directory.list_xml(std::nullopt, route::directip),
                  list(relay_xml("internet", "directIPAddress", host, usual_ports)));
    }
}

// The schema forbids an empty list.
TEST(RelayDirectory, LendsTheOtherLocationsRelays) {
    for (const auto where : {location::internet, location::intranet}) {
        const media_relay relay{where, "r", 3478, 443};
        const relay_directory directory({&relay, 1});
        const auto only = list(relay_xml(to_text(where), "hostName", "r", usual_ports));
        EXPECT_EQ(directory.list_xml(location::internet, route::loadbalanced), only);
        EXPECT_EQ(directory.list_xml(location::intranet, route::loadbalanced), only);
        EXPECT_EQ(directory.list_xml(std::nullopt, route::loadbalanced), only);
    }
}

TEST(RelayDirectory, EscapesHostNames) {
    const media_relay relay{location::internet, "a<b&c", 3478, 443};
    const relay_directory directory({&relay, 1});
    EXPECT_EQ(directory.list_xml(location::internet, route::loadbalanced),
              list(relay_xml("internet", "hostName", "a&lt;b&amp;c", usual_ports)));
}

}  // namespace
}  // namespace relayauth::mras
