#pragma once

#include "relayauth/session/connection.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/settings.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A server without sockets: one context, and talks with it.
namespace relayauth::session {

inline constexpr wall_time now_2026 =  // 2026-11-22T09:30:54.5Z
    wall_time::from_unix(std::chrono::seconds(1'795'339'854), std::chrono::milliseconds(500));
inline constexpr std::string_view now_text = "2026-11-22T09:30:54Z";

// heard is an event, copied so that it outlives the call.
struct heard {
    event::kind what;
    session::door door;
    std::optional<credential::refusal> reason;
    std::string detail;
    int status = 0;
    std::string key_id;  // of the credential or the verdict
    std::optional<token::version> version;
    std::string peer;
    std::optional<ticks> offset;
    wall_time peer_time = {};
    wall_time server_time = {};
};

class recorder final : public observer {
public:
    void on_event(const peer& who, const event& happened) override;
    void on_spoilt_answer() override { order += '('; }
    void on_spoilt_answer_end(bool goes_out) override { order += goes_out ? ">)" : ")"; }
    std::vector<heard> all;
    std::string order;  // `e` is an event, `(e)` one of a spoilt answer, `(e>)` if that goes out
};

// Two relays, one realm unless told otherwise, the key `notes` of protocol notes 3.4.
std::shared_ptr<settings> make_settings(std::vector<std::string> realms = {});

peer loopback();                                // 127.0.0.1:40000, plain text
peer remote(std::string address, bool tls);     // 203.0.113.9:40000 as octets
std::vector<char> heap_copy(std::string_view);  // exactly sized, so that ASan sees one octet more

struct world {
    explicit world(std::shared_ptr<settings> chosen = make_settings())
        : in_force(std::move(chosen)), ctx(in_force, events, 42) {}

    // The one event since the last call; a test failure if there are more or less.
    heard only_event();

    std::shared_ptr<settings> in_force;
    recorder events;
    context ctx;
};

// talk is one connection to a world, from its client's point of view.
class talk {
public:
    explicit talk(world& with, peer who = loopback());

    // say brings octets in one read and gives what is sent back, stamped.
    std::string say(std::string_view octets, wall_time now = now_2026);
    // spell brings them one by one.
    std::string spell(std::string_view octets);

    bool closed() const { return closed_; }
    connection& end() { return connection_; }

private:
    world& world_;
    connection connection_;
    output out_;
    bool closed_ = false;
};

inline constexpr wall_time write_time = now_2026 + ticks(82);

}  // namespace relayauth::session
