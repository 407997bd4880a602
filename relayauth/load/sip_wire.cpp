#include "relayauth/load/sip_wire.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/load/ids.hpp"
#include "relayauth/load/mras_answer_check.hpp"
#include "relayauth/mras/vocabulary.hpp"
#include "relayauth/sip/request.hpp"
#include "relayauth/sip/response.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace relayauth::load {
namespace {

bool is_our_cseq(std::string_view value) {
    if (!value.starts_with('1')) return false;
    value.remove_prefix(1);
    const auto method = ascii::trim(value);
    return method.size() != value.size() && method == "SERVICE";
}

// `SIP 503`, one static text for each status.
std::string_view status_word(int status) {
    static const auto words = [] {
        std::array<std::string, 700> made;
        for (std::size_t i = 0; i < made.size(); ++i) made[i] = "SIP " + std::to_string(i);
        return made;
    }();
    const auto place = static_cast<std::size_t>(status);
    return place < words.size() ? std::string_view(words[place]) : "SIP status";
}

answer broken(std::string_view why) {
    answer lost;
    lost.kind = answer::kind::broken;
    lost.why = why;
    return lost;
}

}  // namespace

sip_wire::sip_wire(std::string run, service_template requests)
    : run_(std::move(run)),
      requests_(std::move(requests)),
      table_(std::make_unique<sip::header_table>()) {}

void sip_wire::write(std::string& out, const request& wanted) {
    requests_.write(out, wanted);
}

framing sip_wire::new_framing() const {
    return {sip::framer(limits_)};
}

answer sip_wire::read(std::span<char> input, framing& state, std::uint64_t sent) {
    const auto step = state.sip.next(input, *table_);
    answer found;
    switch (step.kind) {
        case sip::step::kind::need_more:
            break;
        case sip::step::kind::keep_alive:
            found.kind = answer::kind::nothing;
            break;
        case sip::step::kind::broken:
            return broken(sip::to_text(step.why));
        case sip::step::kind::message:
            found = read_message({step.body.data(), step.body.size()}, sent);
            break;
    }
    found.consumed = step.consumed;
    return found;
}

answer sip_wire::read_message(std::string_view body, std::uint64_t sent) {
    answer found;
    const auto head = sip::parse_response(*table_);
    if (!head) return broken("a request instead of an answer");
    if (head->status < 200) {
        found.kind = answer::kind::nothing;
        return found;
    }
    found.kind = answer::kind::whole;
    if (!head->call_id.starts_with(run_)) return found;
    found.index = read_hex(head->call_id.substr(run_.size()), index_hex_digits);
    if (found.index && *found.index >= sent) found.index.reset();
    if (!found.index) return found;
    found.what = outcome::wrong;
    if (!is_our_cseq(head->cseq)) {
        found.why = "CSeq";
    } else if (head->status >= 300) {
        found.what = outcome::refused;
        found.why = status_word(head->status);
    } else if (!sip::media_type_is(head->content_type, mras::media_type)) {
        found.why = "Content-Type";
    } else {
        const auto checked = check_mras_body(body, *found.index, sent);
        found.what = checked.what;
        found.why = checked.why;
        found.username = checked.username;
        found.password = checked.password;
        found.duration_minutes = checked.duration_minutes;
    }
    return found;
}

unchecked_sip_wire::unchecked_sip_wire(service_template requests)
    : requests_(std::move(requests)) {}

void unchecked_sip_wire::write(std::string& out, const request& wanted) {
    requests_.write(out, wanted);
}

framing unchecked_sip_wire::new_framing() const {
    return {sip::framer(limits_)};
}

// The end of the head, then Content-Length as servers usually write it: no more is needed to count.
answer unchecked_sip_wire::read(std::span<char> input, framing&, std::uint64_t) {
    const std::string_view text(input.data(), input.size());
    const auto end = text.find("\r\n\r\n");
    answer found;
    if (end == std::string_view::npos) {
        if (input.size() > limits_.max_header_bytes) return broken("no end of the headers");
        return found;
    }
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto head = text.substr(0, end + 2);
    const auto at = head.find(name);
    std::size_t length = 0;
    if (at == std::string_view::npos) return broken("no Content-Length");
    const auto read =
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    if (read.ec == std::errc::invalid_argument) return broken("no Content-Length");
    if (read.ec != std::errc() || length > limits_.max_message_bytes)
        return broken("message too long");
    if (input.size() < end + 4 + length) return found;
    found.consumed = end + 4 + length;
    found.kind = text.starts_with("SIP/2.0 1") ? answer::kind::nothing : answer::kind::whole;
    if (found.kind == answer::kind::nothing) return found;
    const bool good = text.starts_with("SIP/2.0 200 ");
    found.what = good ? outcome::good : outcome::refused;
    if (!good) found.why = "SIP status";
    return found;
}

}  // namespace relayauth::load
