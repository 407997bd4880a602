#pragma once

#include "relayauth/session/connection.hpp"

#include "talk.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

// The Redis protocol as the tests of this room write it: octets put together after the RESP2
// specification, without the resp room's writer.
namespace relayauth::session {

// command is an array of bulk strings.
std::string command(std::initializer_list<std::string_view> words);

// get asks for `turn/realm/R/user/U/key`.
std::string get(std::string_view user, std::string_view realm = "example.test");

inline constexpr std::string_view nil = "$-1\r\n";

// The long-term keys in realm `example.test` (MD5 over text, by hashlib), as a reply has them: of
// the vectors of protocol notes 3.4, of hand_made::rest_name, and of dated_username.
inline constexpr std::string_view v1_key = "$32\r\n238d661eadffec7b084e55309433fe64\r\n";
inline constexpr std::string_view v2_key = "$32\r\nbcda227ea0dea496f15bf8cb233e93ef\r\n";
inline constexpr std::string_view rest_key = "$32\r\n07026e463f9313befe896d43858ffe13\r\n";
inline constexpr std::string_view dated_key = "$32\r\n186923be848fe08668fd528692b32fb7\r\n";

// The version 2 vector with the flags of 8 hours: it says that it was issued at 19:04:05 the day
// before it expires.
inline constexpr std::string_view dated_username =
    "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QBAHCAhQL33oDTuzgXyRdGI58kazMVosw=";

inline constexpr wall_time an_hour_before =
    credential::hand_made::expiry_2030 - std::chrono::hours(1);

// The settings of make_settings(), realm `example.test`, with its TURN REST secret and, if it is
// not empty, that password.
std::shared_ptr<settings> redis_settings_with(std::string_view password = {});

// resp_talk is one connection to the redis listener of a world.
class resp_talk {
public:
    explicit resp_talk(world& with, peer who = loopback());

    // say brings octets in one read and gives what is sent back.
    std::string say(std::string_view octets, wall_time now = an_hour_before);

    bool closed() const { return closed_; }
    connection& end() { return connection_; }

private:
    world& world_;
    connection connection_;
    output out_;
    bool closed_ = false;
};

}  // namespace relayauth::session
