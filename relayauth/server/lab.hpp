#pragma once

#include "relayauth/net/clock.hpp"
#include "relayauth/server/admin_command.hpp"
#include "relayauth/server/admin_reply.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/options.hpp"
#include "relayauth/session/lab_settings.hpp"

#include <functional>
#include <memory>

namespace relayauth::server {

// lab obeys `relayauth lab`: it moves the clock that judges credentials, keeps the rules, and has
// the sessions told of both. A server without --lab has one too, which refuses. One thread.
class lab {
public:
    using publisher = std::function<void(std::shared_ptr<const session::lab_settings>)>;
    // What it is given by reference must outlive it. `publish` hears of each change.
    lab(const options& chosen, net::movable_clock& clock, log& output, publisher publish);

    // begin tells the sessions that there is a lab, if there is.
    void begin();
    // obey carries out a command of is_for_lab.
    admin_reply obey(const admin_command& what);
    // reply is the state with these words, and what every answer tells.
    admin_reply reply(admin_reply::outcome what, std::string words) const;
    // on_tick tells the sessions what a drift has made of the offset.
    void on_tick();

private:
    admin_reply done(std::string words) const;
    admin_reply carry_out(const move_clock& what);
    admin_reply carry_out(const reset_clock& what);
    admin_reply carry_out(const add_rule& what);
    admin_reply carry_out(const remove_rule& what);
    admin_reply carry_out(const clear_rules& what);
    admin_reply clock_moved();
    admin_reply rules_changed(std::string words);
    void publish();

    bool on_;
    ticks first_offset_;  // --clock-offset
    std::chrono::minutes max_lifetime_;
    net::movable_clock& clock_;
    log& log_;
    publisher publish_;
    ticks published_offset_;
    session::lab_rules rules_;
    std::shared_ptr<const keyring::ring> other_keys_;
};

}  // namespace relayauth::server
