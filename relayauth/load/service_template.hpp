#pragma once

#include "relayauth/load/wire.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::load {

// service_template is a Front End's SERVICE as the protocol notes (2.1) saw it: two Vias that do
// not stand together, Record-Route, ms-* headers, an MRAS request for 480 minutes. Only ids and
// identity differ from request to request, and their places are found once, so that writing one is
// a copy and a few digits: a generator must cost less than what it measures.
class service_template {
public:
    // `run` is 16 hex digits that begin each Call-ID; `host` is where the SERVICE goes, `local`
    // this end's address as a Via has it.
    service_template(std::string_view run, std::string_view host, std::string_view local, bool tls);

    void write(std::string& out, const request& wanted) const;

    std::size_t size() const { return text_.size(); }

private:
    enum class field { index_hex, index_decimal, identity };
    struct place {
        field what;
        std::size_t offset;
    };
    std::string expand(std::string_view pattern, std::vector<place>& places) const;

    std::string run_, host_, local_, transport_;
    std::string text_;
    std::vector<place> places_;
};

}  // namespace relayauth::load
