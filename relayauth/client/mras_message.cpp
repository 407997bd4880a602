#include "relayauth/client/mras_message.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/crypto/random.hpp"
#include "relayauth/mras/request.hpp"
#include "relayauth/sip/request.hpp"
#include "relayauth/sip/response.hpp"

#include <array>

namespace relayauth::client {
namespace {

constexpr std::string_view cseq_method = "SERVICE";

// The form of a real Edge's URI (protocol notes 2.1); servers that care know their own id behind
// MRAS:, others take any.
std::string mras_uri(const endpoint& server) {
    return "sip:mras@" + uri_host(server) + ";gruu;opaque=srvr:MRAS:AAAAAAAAAAAAAAAAAAAAAAAA";
}

bool is_our_cseq(std::string_view value) {
    const auto digits = value.find_first_not_of("0123456789");
    if (digits == std::string_view::npos || value.substr(0, digits) != "1") return false;
    return ascii::trim(value.substr(digits)) == cseq_method;
}

result<mras_answer, failure> read_body(mras_answer answer, std::string_view content_type,
                                       std::string_view body, const mras_ids& ids) {
    if (!sip::media_type_is(content_type, mras::media_type)) {
        return failure{"the answer's Content-Type is not " + std::string(mras::media_type) +
                       ": what answers is no A/V authentication service"};
    }
    answer.response = mras::parse_response(body);
    if (!answer.response) return failure{"the answer's body is not an MRAS response: see --trace"};
    const bool ok = answer.response->reason == to_text(mras::reason_phrase::ok);
    const auto& echoed = answer.response->request_id;
    // An answer to a malformed request has none (MS-AVEDGEA 2.2.2.2).
    if (echoed != ids.request_id && (ok || !echoed.empty())) {
        return failure{"the answer's requestID is not the question's: see --trace"};
    }
    return answer;
}

}  // namespace

std::optional<mras_ids> draw_mras_ids() {
    std::array<std::uint8_t, 32> random{};
    if (!crypto::fill_random(random)) return std::nullopt;
    const bytes_view octets = random;
    mras_ids ids;
    ids.call_id = to_hex(octets.first(16));
    ids.from_tag = to_hex(octets.subspan(16, 5));
    ids.branch = to_hex(octets.subspan(21, 7));
    ids.request_id = std::to_string(load_be32(&random[28]) % 10'000'000);
    return ids;
}

std::string write_mras_question(const mras_question& question, const mras_ids& ids,
                                const endpoint& server, std::string_view local_address, bool tls,
                                wall_time now) {
    const auto to = mras_uri(server);
    mras::credentials_request one;
    one.id = ids.request_id;
    one.identity = question.identity;
    one.where = question.where;
    one.duration_minutes = question.duration_minutes;

    mras::request asked;
    asked.request_id = ids.request_id;
    asked.to = to;
    asked.from = question.identity;
    asked.version_text = question.version;
    asked.by = question.by;
    asked.credentials = std::span(&one, 1);
    std::string body;
    mras::write_request(body, asked);

    std::array<char, sip_date_size> date{};
    sip_date(now, date.data());
    const auto uri = "sip:" + to_text(server) + ";grid";
    sip::service_request message;
    message.uri = uri;
    message.to_uri = to;
    message.from_uri = question.identity;
    message.from_tag = ids.from_tag;
    message.call_id = ids.call_id;
    message.branch = ids.branch;
    message.transport = tls ? "TLS" : "TCP";
    message.sent_by = local_address;
    message.date = std::string_view(date.data(), date.size());
    message.content_type = mras::media_type;
    message.body = body;
    std::string out;
    sip::write_service_request(out, message);
    return out;
}

std::optional<result<mras_answer, failure>> read_mras_answer(const sip::header_table& table,
                                                             std::string_view body,
                                                             const mras_ids& ids) {
    const auto read = sip::parse_response(table);
    if (!read) return failure{"the server sent a request instead of an answer: see --trace"};
    if (read->status < 200) return std::nullopt;
    if (read->call_id != ids.call_id || !is_our_cseq(read->cseq)) {
        return failure{"the answer belongs to another question (Call-ID or CSeq): see --trace"};
    }
    mras_answer answer;
    answer.sip_status = read->status;
    answer.sip_reason = read->reason;
    answer.warning = warning_text(read->warning);
    answer.server_date = parse_sip_date(read->date);
    answer.request_id = ids.request_id;
    if (answer.sip_status >= 300) return answer;
    return read_body(std::move(answer), read->content_type, body, ids);
}

std::string warning_text(std::string_view value) {
    const auto open = value.find('"');
    const auto close = value.rfind('"');
    if (open == close) return std::string(value);
    const auto quoted = value.substr(open + 1, close - open - 1);
    std::string text;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 1 < quoted.size()) ++i;
        text += quoted[i];
    }
    return text;
}

std::string no_sip_words(std::string_view received) {
    const std::string text = "what answers does not speak SIP";
    // RFC 8446 5.1: an alert or a handshake record, and version 3.
    if (received.size() > 1 && (received[0] == 0x15 || received[0] == 0x16) && received[1] == 3) {
        return text + " (a TLS server? leave out --tcp)";
    }
    if (received.starts_with("HTTP/")) return text + " but HTTP: another --server HOST:PORT?";
    return text + ": another --server HOST:PORT?";
}

}  // namespace relayauth::client
