#include "relayauth/doctor/first_contact.hpp"

#include "relayauth/doctor/shown_name.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace relayauth::doctor {
namespace {

using client::failure_kind;
using std::chrono::milliseconds;

// Enough of what is no answer to tell what it is.
constexpr std::size_t kept_octets = 64;
constexpr milliseconds quick_handshake{2000};

class contact {
public:
    contact(findings& seen, client::connect_settings& settings,
            const client::mras_question& question, const time_budget& budget)
        : seen_(seen), settings_(settings), question_(question), budget_(budget) {}

    std::optional<client::transport> make() {
        auto made = connect(settings_.connect_timeout);
        if (!made && deserves_another(made.error())) {
            const broken_connection first{made.error(), unanswered_, waited_};
            made = connect(settings_.answer_timeout);
            if (made) seen_.broke_first = first;
        }
        if (!made) {
            note_failure(made.error());
            if (!seen_.plain || seen_.plain->what != plain_findings::kind::sip) return std::nullopt;
            // The one that answered in plain text may be another server, which does TLS too.
            const broken_connection second{made.error(), seen_.tls_waited.count() > 0, waited_};
            made = connect(quick_handshake);
            if (!made) return std::nullopt;
            seen_.not_connected.reset();
            seen_.broke_first = second;
        }
        seen_.connect_took = waited_;
        const auto there = made->remote_endpoint();
        seen_.connected_to = client::to_text({there.address().to_string(), there.port()});
        if (const auto session = made->session()) look_at_tls(*session);
        return *std::move(made);
    }

private:
    // One of several servers may be down, or slow. A TCP connection that nobody answers is tried
    // for long enough.
    bool deserves_another(const client::failure& why) const {
        switch (why.kind) {
            case failure_kind::no_handshake:
                return true;
            case failure_kind::refused:
            case failure_kind::unreachable:
                return !unanswered_;
            default:
                return false;
        }
    }

    result<client::transport, client::failure> connect(milliseconds each_step) {
        auto made = connect_once(each_step);
        if (made || made.error().kind != failure_kind::untrusted) return made;
        // Who it is and what it would say is of interest all the same.
        untrusted_ = made.error().text;
        settings_.ca_file.clear();
        return connect_once(each_step);
    }

    result<client::transport, client::failure> connect_once(milliseconds each_step) {
        const stopwatch running;
        auto wanted = settings_;
        wanted.connect_timeout = each_step;
        wanted = within_budget(wanted, budget_, client::default_answer_timeout);
        auto made = client::transport::connect(wanted);
        waited_ = running.elapsed();
        unanswered_ = !made && waited_ >= wanted.connect_timeout;
        return made;
    }

    void note_failure(const client::failure& why) {
        seen_.not_connected = why;
        const bool closed = why.kind == failure_kind::no_handshake;
        if (closed && unanswered_) seen_.tls_waited = waited_;
        if (closed || why.kind == failure_kind::not_tls) try_plain();
    }

    void look_at_tls(const client::tls_session& session) {
        tls_findings shown;
        shown.version = session.version;
        shown.untrusted = untrusted_;
        const auto read = certificate::read_facts(as_bytes(session.certificate), secret());
        if (read) shown.certificate = *read;
        shown.is_for_name = is_for(session.certificate, seen_.name_wanted);
        seen_.tls = std::move(shown);
    }

    // What does not do TLS may speak SIP without.
    void try_plain() {
        auto settings = within_budget(settings_, budget_, client::default_answer_timeout);
        settings.tls = false;
        settings.ca_file.clear();
        plain_findings found;
        const stopwatch running;
        auto link = connect_within(settings, budget_);
        if (link) {
            client::exchange happened;
            const auto answer = client::ask_mras(*link, question_, happened);
            found.received = happened.received.substr(0, kept_octets);
            if (found.received.starts_with("SIP/")) {
                found.what = plain_findings::kind::sip;
            } else if (!found.received.empty()) {
                found.what = plain_findings::kind::other;
            } else if (!answer && answer.error().kind == failure_kind::closed) {
                found.what = plain_findings::kind::closed;
            }
        }
        found.waited = running.elapsed();
        seen_.plain = found;
    }

    findings& seen_;
    client::connect_settings& settings_;
    const client::mras_question& question_;
    const time_budget& budget_;
    std::optional<std::string> untrusted_;
    bool unanswered_ = false;  // of the last attempt, as is waited_
    milliseconds waited_{0};
};

}  // namespace

client::connect_settings within_budget(const client::connect_settings& settings,
                                       const time_budget& budget, milliseconds answer) {
    auto made = settings;
    made.connect_timeout = std::min(made.connect_timeout, budget.left() / 2);
    made.answer_timeout = std::min({made.answer_timeout, answer, budget.left()});
    return made;
}

result<client::transport, client::failure> connect_within(const client::connect_settings& settings,
                                                          const time_budget& budget) {
    auto made = client::transport::connect(settings);
    if (made) {
        made->limit_answers(std::min(settings.answer_timeout, budget.left()));
        made->expect_answer();
    }
    return made;
}

std::optional<client::transport> first_contact(findings& seen, client::connect_settings& settings,
                                               const client::mras_question& question,
                                               const time_budget& budget) {
    return contact(seen, settings, question, budget).make();
}

}  // namespace relayauth::doctor
