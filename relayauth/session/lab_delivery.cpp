#include "relayauth/session/lab_delivery.hpp"

namespace relayauth::session {

lab_delivery deliver(const lab_rule& rule, std::size_t began, std::string& out) {
    lab_delivery how;
    switch (rule.what) {
        case lie::delay:
            how.held_from = began;
            how.held_for = rule.time;
            break;
        case lie::truncated:
            how.cut_to = began + (out.size() - began) / 2;
            break;
        case lie::no_answer:
            out.resize(began);
            break;
        case lie::reset:
            out.resize(began);
            how.reset = true;
            break;
        case lie::expired:
        case lie::not_yet_valid:
        case lie::wrong_key:
        case lie::lifetime:
        case lie::server_busy:
        case lie::time_out:
        case lie::forbidden:
        case lie::not_supported:
            break;
    }
    return how;
}

}  // namespace relayauth::session
