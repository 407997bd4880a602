#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/demo_table.hpp"
#include "relayauth/cli/experiments.hpp"

#include <chrono>
#include <ostream>

namespace relayauth::cli {
namespace {

struct row {
    const char* mint_clock;
    const char* verifier_clock;
    const char* version;
    const char* must_be;
    bool measures_offset;  // an expired credential measures none
    bool names_a_time_zone;
};

// The tolerance is 5 min, the lifetime 8 h.
const std::vector<row>& rows() {
    static const std::vector<row> all = {
        {"0", "-8h", "2.0", "not_yet_valid", true, true},
        {"0", "-6m", "2.0", "not_yet_valid", true, false},
        {"0", "-4m", "2.0", "good", false, false},
        {"0", "0", "2.0", "good", false, false},
        {"0", "+4m", "2.0", "good", false, false},
        {"0", "+7h59m", "2.0", "good", false, false},
        {"0", "+8h1m", "2.0", "expired", false, false},
        {"+8h", "0", "2.0", "not_yet_valid", true, true},
        {"+8h", "0", "1.0", "minted_ahead", false, false},
    };
    return all;
}

std::vector<std::string> clock_options(std::string_view offset) {
    if (offset == "0") return {};
    return {"--clock-offset=" + std::string(offset)};
}

std::string offset_text(const rpc::received_verdict& verdict) {
    const auto* refused = std::get_if<rpc::received_refusal>(&verdict);
    if (refused == nullptr || !refused->offset) return "";
    return signed_duration_text(*refused->offset);
}

bool offset_is(const rpc::received_verdict& verdict, ticks expected) {
    const auto* refused = std::get_if<rpc::received_refusal>(&verdict);
    if (refused == nullptr || !refused->offset) return false;
    const auto miss = *refused->offset - expected;
    constexpr ticks slack = std::chrono::seconds(5);
    return miss < slack && -miss < slack;
}

bool as_it_must_be(const row& each, const rpc::received_verdict& verdict) {
    if (name_of(verdict) != each.must_be) return false;
    const bool zone = words_of(verdict).find("time zone error") != std::string::npos;
    if (zone != each.names_a_time_zone) return false;
    if (!each.measures_offset) return true;
    const auto clock = [](std::string_view text) {
        return text == "0" ? ticks{0} : *parse_duration(text);
    };
    return offset_is(verdict, clock(each.verifier_clock) - clock(each.mint_clock));
}

}  // namespace

bool demo_clock(std::ostream& out, demo_lab& lab) {
    out << "Clock: a credential of 8 h, judged by a server with the same key whose clock is off "
           "(tolerance 5 min).\n"
           "Offset: the judging server's clock minus the credential's issue time.\n\n";
    certificate::create_request wanted;
    wanted.subject = "CN=gobblygook.confusedamused.com";
    wanted.kind = certificate::key_kind::p256;
    const auto keys = lab.make_certificate("clock", wanted);
    const auto verifier = lab.reissue("clock-verifier", keys, "CN=verifier");
    demo_table table(
        out,
        {{"mint's clock", 14}, {"its clock", 11}, {"token", 7}, {"verdict", 15}, {"offset", 20}});

    int number = 0;
    for (const auto& each : rows()) {
        const auto name = "clock" + std::to_string(number++);
        const server_process mint(lab, name + "-mint", keys, keys, clock_options(each.mint_clock));
        const auto credentials = mint.mint("sip:alice@example.com", each.version);
        const server_process judge(lab, name + "-judge", verifier, keys,
                                   clock_options(each.verifier_clock));
        const auto verdict = judge.validate(credentials);
        const auto* token = std::string_view(each.version) == "1.0" ? "v1" : "v2";
        table.add(
            {each.mint_clock, each.verifier_clock, token, name_of(verdict), offset_text(verdict)},
            as_it_must_be(each, verdict), words_of(verdict));
    }
    out << "\n";
    return table.all_as_they_must_be();
}

}  // namespace relayauth::cli
