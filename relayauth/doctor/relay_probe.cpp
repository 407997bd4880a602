#include "relayauth/doctor/relay_probe.hpp"

#include "relayauth/client/resolver.hpp"
#include "relayauth/crypto/random.hpp"
#include "relayauth/doctor/time_budget.hpp"
#include "relayauth/doctor/turn_request.hpp"
#include "relayauth/doctor/udp_link.hpp"
#include "relayauth/stun/answer.hpp"
#include "relayauth/stun/wire_constants.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace relayauth::doctor {
namespace {

using std::chrono::milliseconds;
using step = relay_findings::step;
namespace message_type = stun::message_type;
using udp = boost::asio::ip::udp;

// RFC 8489 6.2.1 starts at 500 ms and sends seven times; this is for a relay that is near, and a
// checklist that somebody waits for.
constexpr milliseconds first_retransmission{250};
constexpr int sendings = 4;

constexpr std::uint16_t unauthorized = 401, forbidden = 403, allocation_mismatch = 437,
                        stale_nonce = 438, wrong_credentials = 441;

// RFC 8656 7.4: a relay remembers an allocation for some time after its release, and the kernel may
// give its client's port again. Then the client should try from another one.
constexpr std::size_t addresses = 4;

stun::transaction_id draw_id() {
    stun::transaction_id id{};
    // Without random octets the relay would still answer; nothing secret hangs on them here.
    [[maybe_unused]] const bool random = crypto::fill_random(id);
    return id;
}

std::string error_text(const stun::answer& answer) {
    return std::to_string(answer.error_code) + " " + answer.reason;
}

bool is_of_another(const std::optional<stun::answer>& told) {
    return told &&
           (told->error_code == allocation_mismatch || told->error_code == wrong_credentials);
}

// turn_client is one client of the relay: an address of its own, and at most one allocation.
class turn_client {
public:
    turn_client(const udp::endpoint& where, const time_budget& budget)
        : where_(where), budget_(&budget) {
        move_on();
    }

    // ask sends what `write` makes of an id until the answer to it comes; nothing: none came.
    template <class Write>
    std::optional<stun::answer> ask(Write write) {
        const auto id = draw_id();
        const auto octets = write(id);
        auto wait = first_retransmission;
        for (int i = 0; i < sendings && !budget_->spent() && !unreachable(); ++i) {
            link().send(octets);
            if (auto found = answer_to(id, std::min(wait, budget_->left()))) return found;
            wait *= 2;
        }
        return std::nullopt;
    }

    // allocate_as_stranger asks without credentials.
    std::optional<stun::answer> allocate_as_stranger() { return ask_to_allocate(nullptr); }

    // allocate logs in with the realm and nonce that the relay told; once more if they are stale.
    std::optional<stun::answer> allocate(turn_login login) {
        login_ = std::move(login);
        for (int attempt = 0;; ++attempt) {
            auto told = ask_to_allocate(&login_);
            if (!told || told->nonce.empty() || attempt > 0) return told;
            // 401 with another nonce than the one that was sent is no verdict on the credential.
            const bool again = told->error_code == stale_nonce ||
                               (told->error_code == unauthorized && told->nonce != login_.nonce);
            if (!again) return told;
            login_.nonce = told->nonce;
        }
    }

    std::optional<stun::answer> permit(const stun::address& peer) {
        return ask([&](const auto& id) { return permission_request(id, login_, peer); });
    }

    bool release() {
        const auto told = ask([&](const auto& id) { return release_request(id, login_); });
        return told && told->type == (message_type::refresh | message_type::success_bit);
    }

    void send_to(const stun::address& peer, bytes_view payload) {
        link().send(send_indication(draw_id(), peer, payload));
    }

    // has_packet waits for a packet from `peer` with these octets.
    bool has_packet(const stun::address& peer, bytes_view payload, milliseconds within) {
        const time_budget waiting(within);
        while (!waiting.spent()) {
            const auto octets = link().receive(waiting.left());
            if (!octets) return false;
            const auto read = stun::parse_answer(*octets);
            if (read && read->type == message_type::data_indication && read->peer == peer &&
                std::ranges::equal(read->payload, payload)) {
                return true;
            }
        }
        return false;
    }

    // strange: something came that is no STUN.
    bool strange() const { return strange_; }
    bool unreachable() const { return links_.back()->unreachable(); }

private:
    udp_link& link() { return *links_.back(); }
    // What was used before stays open: the kernel does not give its port again.
    void move_on() { links_.push_back(std::make_unique<udp_link>(where_)); }

    std::optional<stun::answer> ask_to_allocate(const turn_login* login) {
        for (;;) {
            auto told = ask([&](const auto& id) { return allocate_request(id, login); });
            if (!is_of_another(told) || links_.size() == addresses) return told;
            move_on();
        }
    }

    std::optional<stun::answer> answer_to(const stun::transaction_id& id, milliseconds within) {
        const time_budget waiting(within);
        while (!waiting.spent()) {
            const auto octets = link().receive(waiting.left());
            if (!octets) return std::nullopt;
            auto read = stun::parse_answer(*octets);
            if (read && read->id == id) return read;
            strange_ = strange_ || !read;
        }
        return std::nullopt;
    }

    udp::endpoint where_;
    std::vector<std::unique_ptr<udp_link>> links_;
    const time_budget* budget_;
    turn_login login_;
    bool strange_ = false;
};

bool allocated(const std::optional<stun::answer>& told) {
    return told && told->type == (message_type::allocate | message_type::success_bit) &&
           told->relayed;
}

class probe {
public:
    probe(const relay_question& asked, milliseconds within) : asked_(asked), budget_(within) {}

    relay_findings run() {
        const auto places = client::resolve(asked_.where, budget_.left());
        if (!places) {
            found_.reached = step::no_address;
            found_.trouble = places.error().text;
            return found_;
        }
        where_ = udp::endpoint(places->front().address(), places->front().port());
        if (is_closed_to_strangers() && log_in()) relay_one_packet();
        return std::move(found_);
    }

private:
    bool is_closed_to_strangers() {
        turn_client stranger(where_, budget_);
        const auto told = stranger.allocate_as_stranger();
        if (!told) {
            found_.reached = stranger.strange() ? step::not_turn : step::none;
            if (stranger.unreachable()) found_.trouble = "nothing listens there";
            return false;
        }
        if (allocated(told)) {
            found_.reached = step::open;
            return false;
        }
        if (told->error_code != unauthorized || told->realm.empty()) {
            found_.reached = step::not_turn;
            found_.trouble = error_text(*told);
            return false;
        }
        found_.realm = told->realm;
        nonce_ = told->nonce;
        return true;
    }

    // A new socket for each try: a relay remembers who tried first on one.
    bool try_with(const relay_credential& shown) {
        auto client = std::make_unique<turn_client>(where_, budget_);
        login_ = {shown.username, shown.password, found_.realm, nonce_};
        const auto told = client->allocate(login_);
        if (!allocated(told)) {
            found_.refused += (found_.refused.empty() ? "" : " and ") + shown.what;
            found_.trouble = told ? error_text(*told) : "no answer";
            return false;
        }
        found_.used = shown.what;
        found_.trouble.clear();
        here_ = *told->relayed;
        one_ = std::move(client);
        return true;
    }

    bool log_in() {
        found_.reached = step::refused;
        if (!asked_.first.username.empty()) {
            if (try_with(asked_.first)) return true;
            found_.token_refused = true;
        }
        const auto second = asked_.second ? asked_.second(found_.realm) : std::nullopt;
        return second && try_with(*second);
    }

    void relay_one_packet() {
        found_.reached = step::not_relayed;
        turn_client other(where_, budget_);
        const auto told = other.allocate(login_);
        if (!allocated(told)) {
            found_.trouble = told ? error_text(*told) : "no answer to a second allocation";
            one_->release();
            return;
        }
        const auto there = *told->relayed;
        if (is_permitted(one_->permit(there)) && is_permitted(other.permit(here_))) {
            send_until_it_comes(other, there);
        }
        const bool first = one_->release();
        found_.released = other.release() && first;
    }

    bool is_permitted(const std::optional<stun::answer>& told) {
        const bool granted =
            told && told->type == (message_type::create_permission | message_type::success_bit);
        if (granted) return true;
        found_.trouble = told ? error_text(*told) : "no answer to a permission";
        found_.peer_forbidden = told && told->error_code == forbidden;
        return false;
    }

    void send_until_it_comes(turn_client& other, const stun::address& there) {
        const auto payload = draw_id();
        for (int i = 0; i < sendings && !budget_.spent(); ++i) {
            const stopwatch running;
            one_->send_to(there, payload);
            if (!other.has_packet(here_, payload,
                                  std::min(2 * first_retransmission, budget_.left())))
                continue;
            found_.packet_took = running.elapsed();
            found_.reached = step::done;
            return;
        }
    }

    const relay_question& asked_;
    time_budget budget_;
    relay_findings found_;
    udp::endpoint where_;
    std::string nonce_;
    turn_login login_;
    stun::address here_;
    std::unique_ptr<turn_client> one_;
};

}  // namespace

relay_findings probe_relay(const relay_question& asked, std::chrono::milliseconds within) {
    return probe(asked, within).run();
}

}  // namespace relayauth::doctor
