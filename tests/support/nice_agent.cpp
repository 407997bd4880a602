#include "nice_agent.hpp"

#include <gtest/gtest.h>
#include <nice/agent.h>

namespace relayauth::lab {
namespace {

void drop(NiceAgent*, guint, guint, guint, gchar*, gpointer) {}

}  // namespace

struct nice_agent::glib {
    GMainContext* context = nullptr;
    NiceAgent* agent = nullptr;
};

nice_agent::nice_agent(mode compatibility, std::uint16_t relay_port, const std::string& username,
                       const std::string& password)
    : glib_(std::make_unique<glib>()) {
    glib_->context = g_main_context_new();
    glib_->agent =
        nice_agent_new(glib_->context, compatibility == mode::oc2007 ? NICE_COMPATIBILITY_OC2007
                                                                     : NICE_COMPATIBILITY_OC2007R2);
    auto* agent = glib_->agent;
    // It would look for a router to ask, and for every address of this machine.
    g_object_set(agent, "upnp", FALSE, nullptr);
    NiceAddress loopback;
    nice_address_init(&loopback);
    EXPECT_TRUE(nice_address_set_from_string(&loopback, "127.0.0.1"));
    EXPECT_TRUE(nice_agent_add_local_address(agent, &loopback));
    const auto stream = nice_agent_add_stream(agent, 1);
    // Without somebody to give data to, it does not look at its sockets in this context.
    nice_agent_attach_recv(agent, stream, 1, glib_->context, &drop, nullptr);
    EXPECT_TRUE(nice_agent_set_relay_info(agent, stream, 1, "127.0.0.1", relay_port,
                                          username.c_str(), password.c_str(),
                                          NICE_RELAY_TYPE_TURN_UDP));
    EXPECT_TRUE(nice_agent_gather_candidates(agent, stream));
}

nice_agent::~nice_agent() {
    g_object_unref(glib_->agent);
    g_main_context_unref(glib_->context);
}

void nice_agent::step() {
    while (g_main_context_iteration(glib_->context, FALSE)) {
    }
}

}  // namespace relayauth::lab
