#pragma once

#include <string>
#include <string_view>

namespace relayauth::load {

inline constexpr std::string_view sip_run = "0123456789abcdef";
inline constexpr std::string_view mras_type = "application/msrtc-media-relay-auth+xml";

// sip_answer is an answer as a server writes it, part by part, so that a test can spoil one of
// them. As it is: our server's to request 42 of sip_run.
struct sip_answer {
    std::string status = "200 OK";
    std::string call_id = "0123456789abcdef000000000000002a";
    std::string cseq = "1 SERVICE";
    std::string content_type = std::string(mras_type);
    std::string id = "000000000042";
    std::string reason = "OK";

    std::string body() const;
    std::string text() const;                       // with body()
    std::string text(std::string_view with) const;  // with another body
};

// sip_answer_to is the right answer to request `index`.
sip_answer sip_answer_to(unsigned index);

}  // namespace relayauth::load
