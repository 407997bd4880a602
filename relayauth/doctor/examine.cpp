#include "relayauth/doctor/examine.hpp"

#include "relayauth/client/clock.hpp"
#include "relayauth/client/mras_client.hpp"
#include "relayauth/client/resolver.hpp"
#include "relayauth/client/transport.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/doctor/first_contact.hpp"
#include "relayauth/doctor/http_probe.hpp"
#include "relayauth/doctor/relay_probe.hpp"
#include "relayauth/doctor/rpc_attempts.hpp"
#include "relayauth/doctor/rpc_door.hpp"
#include "relayauth/doctor/time_budget.hpp"
#include "relayauth/doctor/token_look.hpp"
#include "relayauth/mras/ip_literal.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

namespace relayauth::doctor {
namespace {

using client::failure_kind;
using std::chrono::milliseconds;

constexpr milliseconds web_answer{700};
constexpr milliseconds quick_answer{1500};
constexpr std::size_t clock_exchanges = 8;
constexpr milliseconds longest_clock_reading{3000};
// Dates have whole seconds: asking at different parts of a second tells more.
constexpr milliseconds between_dates{130};
constexpr milliseconds longest_relay_probe{5000};
// Enough of what is no answer to tell what it is.
constexpr std::size_t kept_octets = 64;

class examination {
public:
    explicit examination(const question& asked) : asked_(asked), settings_(asked.server) {}

    findings run() {
        introduce();
        if (find_name() && connect()) {
            ask_service();
            ask_rpc();
            ask_as_web_client();
            read_dates();
            compare_key();
            try_relay();
        }
        return std::move(seen_);
    }

private:
    void introduce() {
        seen_.at = client::wall_now();
        seen_.server = client::to_text(settings_.server);
        seen_.host = settings_.server.host;
        const auto& name = settings_.server_name;
        seen_.name_is_given = !name.empty();
        seen_.name_wanted = client::certificate_name(name.empty() ? seen_.host : name);
        seen_.name_is_address =
            mras::is_ipv4_literal(seen_.name_wanted) || mras::is_ipv6_literal(seen_.name_wanted);
        seen_.tls_wanted = settings_.tls;
        seen_.tolerance = asked_.tolerance;
        seen_.kernel = ask_kernel();
        if (asked_.relay) seen_.relay = client::to_text(*asked_.relay);
        if (asked_.key != nullptr) seen_.key = {asked_.key->file, asked_.key->key_id, {}, {}};
    }

    bool find_name() {
        const auto found = client::resolve(settings_.server,
                                           std::min(settings_.connect_timeout, budget_.left() / 2));
        if (!found) {
            seen_.unresolved = found.error();
            return false;
        }
        for (const auto& each : *found) {
            const auto text = each.address().to_string();
            const bool known = std::ranges::find(seen_.addresses, text) != seen_.addresses.end();
            if (!known) seen_.addresses.push_back(text);
        }
        return true;
    }

    client::connect_settings within_budget(milliseconds answer) const {
        return doctor::within_budget(settings_, budget_, answer);
    }

    bool connect() {
        auto made = first_contact(seen_, settings_, mras_question(), budget_);
        if (!made) return false;
        link_ = std::make_unique<client::transport>(*std::move(made));
        return true;
    }

    client::mras_question mras_question() const {
        client::mras_question made;
        made.identity = asked_.identity;
        return made;
    }

    void ask_service() {
        if (budget_.spent()) return;
        ask_service_once();
        if (is_silent()) ask_another_server();
    }

    // What does not answer may be one of several servers, which is down.
    void ask_another_server() {
        const auto first = *seen_.service;
        const bool closed = first.failed->kind == failure_kind::closed;
        auto again = connect_within(
            within_budget(closed ? client::default_answer_timeout : quick_answer), budget_);
        if (!again) return;
        link_ = std::make_unique<client::transport>(*std::move(again));
        ask_service_once();
        if (seen_.service->failed) {
            seen_.service = first;
        } else {
            seen_.broke_first = broken_connection{*first.failed, !closed, first.took};
        }
    }

    void ask_service_once() {
        link_->limit_answers(std::min(link_->settings().answer_timeout, budget_.left()));
        service_findings found;
        client::exchange happened;
        const stopwatch running;
        const auto answer = client::ask_mras(*link_, mras_question(), happened);
        found.took = running.elapsed();
        if (!answer) {
            found.failed = answer.error();
            found.received = happened.received.substr(0, kept_octets);
        } else {
            found.sip_status = answer->sip_status;
            found.sip_reason = answer->sip_reason;
            found.warning = answer->warning;
            if (answer->response) found.reason_phrase = answer->response->reason;
            note_date(*answer, happened);
        }
        if (found.granted()) {
            got_ = answer->response->credentials;
            seen_.credential = look_at(got_);
        }
        seen_.date_clock = dates_.best();
        seen_.service = std::move(found);
    }

    // Nothing came, and not because the server refuses this client.
    bool is_silent() const {
        return seen_.service && seen_.service->failed && seen_.service->received.empty() &&
               seen_.service->failed->kind != failure_kind::tls;
    }

    // Many a server waits for the end of what it takes for its own protocol.
    void ask_as_web_client() {
        if (seen_.rpc || !is_silent() || budget_.left() < 3 * web_answer) return;
        auto settings = within_budget(web_answer);
        settings.connect_timeout = std::min(settings.connect_timeout, web_answer);
        seen_.service->received = answer_to_get(settings, budget_);
    }

    void note_date(const client::mras_answer& answer, const client::exchange& happened) {
        if (!answer.server_date) return;
        dates_.add(*answer.server_date, happened.sent_at, happened.received_at);
    }

    // Connections and answers may take longer than the first of them did, and no less than is
    // usual.
    client::connect_settings rpc_settings() const {
        const auto longer = [](milliseconds took) {
            return std::max(quick_answer, took + took / 2);
        };
        const bool answered = !seen_.service->failed;
        auto settings = within_budget(answered ? longer(seen_.service->took) : quick_answer);
        settings.connect_timeout = std::min(settings.connect_timeout, longer(seen_.connect_took));
        return settings;
    }

    bool has_time_for_another() const {
        const auto usual = std::max(quick_answer, seen_.service->took);
        return budget_.left() > usual + 2 * seen_.connect_took;
    }

    // A relayauth may be told not to answer SERVICE. Of others that answer nothing no more can be
    // learned.
    void ask_rpc() {
        if (!seen_.service || budget_.spent()) return;
        if (seen_.service->failed) {
            if (!is_silent()) return;
            auto found = door_.ask(rpc_settings(), budget_, nullptr);
            if (found.is != rpc_findings::door::open) return;
            seen_.rpc = std::move(found);
            return read_clock();
        }
        const bool usable = seen_.credential && seen_.credential->problem.empty();
        const auto* shown = usable ? &got_.front() : nullptr;
        seen_.rpc = door_.ask(rpc_settings(), budget_, shown);
        if (seen_.rpc->is != rpc_findings::door::open) ask_rpc_again(shown);
        read_clock();
    }

    // As often as there is time: the exchange with the least delay tells most.
    void read_clock() {
        const time_budget clock(std::min(longest_clock_reading, budget_.left() / 3));
        while (door_.clock() && door_.exchanges() < clock_exchanges && !clock.spent()) {
            if (ticks(clock.left()) <= 2 * door_.clock()->error) break;
            if (!door_.read_clock(clock.left())) break;
        }
        seen_.clock = door_.clock();
    }

    // What came to nothing may be one of several servers behind this name.
    void ask_rpc_again(const mras::received_credentials* shown) {
        if (!has_time_for_another()) return;
        seen_.rpc = joined_attempts(*seen_.rpc, door_.ask(rpc_settings(), budget_, shown));
        if (seen_.rpc->is == rpc_findings::door::open || !has_time_for_another()) return;
        seen_.rpc = after_another_service(*seen_.rpc, ask_another_service());
    }

    std::optional<broken_connection> ask_another_service() const {
        const stopwatch running;
        const auto settings = rpc_settings();
        auto link = connect_within(settings, budget_);
        client::exchange happened;
        std::optional<client::failure> why;
        if (!link) {
            why = link.error();
        } else if (const auto answer = client::ask_mras(*link, mras_question(), happened);
                   !answer) {
            why = answer.error();
        }
        if (!why) return std::nullopt;
        const auto limit = link ? settings.answer_timeout : settings.connect_timeout;
        const auto waited = running.elapsed();
        const bool unanswered = why->kind == failure_kind::silent || waited >= limit;
        return broken_connection{*why, unanswered, waited};
    }

    // Without rpc only the Date tells the time.
    void read_dates() {
        if (seen_.clock || !seen_.service) return;
        const time_budget clock(std::min(longest_clock_reading, budget_.left()));
        for (std::size_t i = 1; dates_.best() && seen_.service->granted(); ++i) {
            if (i == clock_exchanges || clock.spent()) break;
            std::this_thread::sleep_for(std::min(between_dates, clock.left()));
            link_->limit_answers(clock.left());
            client::exchange happened;
            const auto answer = client::ask_mras(*link_, mras_question(), happened);
            if (!answer) break;
            note_date(*answer, happened);
        }
        seen_.clock = dates_.best();
        seen_.date_clock.reset();
    }

    void compare_key() {
        if (asked_.key == nullptr) return;
        auto& found = *seen_.key;
        if (seen_.rpc) {
            const auto& rpc = *seen_.rpc;
            found.server_id = rpc.signed_by.empty() ? rpc.minting_key : rpc.signed_by;
        }
        if (!asked_.key->ring.entries().empty() && !got_.empty()) {
            const credential::validate_request request{got_.front().username};
            const auto told = credential::validate(request, asked_.key->ring, {}, seen_.at);
            found.signed_the_token = told.signer != nullptr;
        }
    }

    // The token first: it is what users get. A relay that knows only a shared secret takes the
    // other.
    void try_relay() {
        if (!asked_.relay || budget_.spent()) return;
        if (!seen_.credential || !seen_.credential->problem.empty()) return;
        relay_question wanted;
        wanted.where = *asked_.relay;
        wanted.first = {"the MRAS token", got_.front().username, got_.front().password};
        wanted.second = [this](const std::string& realm) -> std::optional<relay_credential> {
            const auto got = door_.issue_rest_name(asked_.identity, realm, budget_.left());
            if (!got) return std::nullopt;
            return relay_credential{"a TURN REST name", got->username, got->password};
        };
        seen_.relayed = probe_relay(wanted, std::min(longest_relay_probe, budget_.left()));
    }

    const question& asked_;
    client::connect_settings settings_;
    time_budget budget_{longest_examination};
    findings seen_;
    std::unique_ptr<client::transport> link_;
    rpc_door door_;
    std::vector<mras::received_credentials> got_;
    date_estimate dates_;
};

}  // namespace

findings examine(const question& asked) {
    return examination(asked).run();
}

}  // namespace relayauth::doctor
