#include "relayauth/client/mras_client.hpp"

#include "relayauth/client/clock.hpp"
#include "relayauth/client/mras_message.hpp"

#include <array>

namespace relayauth::client {
namespace {

// answer_reader cuts the stream into messages until the final answer is there.
class answer_reader {
public:
    answer_reader(const mras_ids& ids, std::string& received) : ids_(ids), received_(received) {}

    // next looks at everything received so far; nothing: more octets are needed.
    std::optional<result<mras_answer, failure>> next() {
        for (;;) {
            const auto rest = std::span(received_).subspan(seen_);
            const auto step = framer_.next(rest, table_);
            seen_ += step.consumed;
            switch (step.kind) {
                case sip::step::kind::need_more:
                    return std::nullopt;
                case sip::step::kind::keep_alive:
                    break;
                case sip::step::kind::broken:
                    return broken(step.why, std::string_view(rest.data(), rest.size()));
                case sip::step::kind::message: {
                    const std::string_view body(step.body.data(), step.body.size());
                    if (auto answer = read_mras_answer(table_, body, ids_)) return answer;
                    break;
                }
            }
        }
    }

private:
    static failure broken(sip::errc why, std::string_view rest) {
        // Other protocols with a head like SIP's, HTTP for one, look like SIP that is damaged.
        const bool other = why == sip::errc::not_sip || !rest.starts_with("SIP/");
        if (other) return {no_sip_words(rest)};
        return {"the answer is damaged (" + std::string(sip::to_text(why)) + "): see --trace"};
    }

    const mras_ids& ids_;
    std::string& received_;
    std::size_t seen_ = 0;
    sip::limits limits_;
    sip::framer framer_{limits_};
    sip::header_table table_;
};

}  // namespace

result<mras_answer, failure> ask_mras(transport& link, const mras_question& question,
                                      exchange& trace) {
    trace = {};
    const auto ids = draw_mras_ids();
    if (!ids) return failure{"this system has no random octets to give"};
    const auto& settings = link.settings();
    trace.sent_at = wall_now();
    trace.sent = write_mras_question(question, *ids, settings.server, link.local_address(),
                                     settings.tls, trace.sent_at);
    link.expect_answer();
    if (auto wrong = link.write(as_bytes(trace.sent))) return *wrong;

    answer_reader reader(*ids, trace.received);
    std::array<std::uint8_t, 16 * 1024> buffer{};
    for (;;) {
        const auto size = link.read_some(buffer);
        if (!size) return size.error();
        trace.received_at = wall_now();
        trace.received += as_text(bytes_view(buffer).first(*size));
        if (auto answer = reader.next()) return *std::move(answer);
    }
}

}  // namespace relayauth::client
