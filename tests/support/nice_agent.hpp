#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace relayauth::lab {

// nice_agent is libnice as applications use it, in one of the modes for Microsoft's relays, asking
// a relay on 127.0.0.1 for an address. Username and password are base64 text, as MRAS gives them.
// It does nothing by itself: step() lets it do what is due.
class nice_agent {
public:
    enum class mode { oc2007, oc2007r2 };
    nice_agent(mode compatibility, std::uint16_t relay_port, const std::string& username,
               const std::string& password);
    ~nice_agent();
    nice_agent(const nice_agent&) = delete;
    nice_agent& operator=(const nice_agent&) = delete;

    void step();

private:
    struct glib;  // GLib's side, without its headers here
    std::unique_ptr<glib> glib_;
};

}  // namespace relayauth::lab
