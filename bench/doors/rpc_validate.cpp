// rpc Validate in batches of 100 over one TCP connection, to a server with one worker, against the
// library's check of the same usernames.

#include "measure.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/client/rpc_client.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/verify/verifier.hpp"

#include "running_server.hpp"
#include "tcp_stream.hpp"
#include "temporary_folder.hpp"

#include <string>
#include <variant>

namespace relayauth::doors {
namespace {

constexpr std::size_t batch = 100;
constexpr int frames_in_flight = 8;
constexpr double round_seconds = 1.0;

std::vector<std::string> mint(const lab::running_server& server) {
    client::connect_settings settings;
    settings.server = {"127.0.0.1", server.port()};
    settings.tls = false;
    auto link = client::transport::connect(settings);
    if (!link) return {};
    client::rpc_client caller(*link);
    std::vector<std::string> usernames;
    for (std::size_t i = 0; i < batch; ++i) {
        const auto identity = "sip:user" + std::to_string(i) + "@example.test";
        rpc::issue_call wanted;
        wanted.identity = identity;
        const auto answer = caller.issue(wanted);
        if (!answer) return {};
        const auto* minted = std::get_if<rpc::received_credential>(&answer->reply.result);
        if (minted == nullptr) return {};
        usernames.push_back(minted->username);
    }
    return usernames;
}

std::string frame_of(const std::vector<std::string>& usernames) {
    std::vector<rpc::validate_item> items(usernames.size());
    for (std::size_t i = 0; i < items.size(); ++i) items[i].username = usernames[i];
    rpc::call call;
    call.id = 1;
    call.body = rpc::validate_call{items};
    std::string frame;
    rpc::write_call(frame, call);
    return frame;
}

// asker keeps frames in flight on one connection and counts the replies that say good throughout.
class asker {
public:
    asker(std::uint16_t port, std::string frame) : link_(port), frame_(std::move(frame)) {
        std::string start;
        rpc::write_preface(start);
        link_.send(start);
    }

    // Items answered a second; 0 if the connection or an answer was not right.
    double run() {
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < frames_in_flight; ++i) link_.send(frame_);
        std::size_t replies = 0, in_flight = frames_in_flight;
        while (in_flight > 0) {
            if (link_.receive(received_, std::chrono::seconds(5)) != lab::stream::outcome::octets)
                return 0;
            const auto done = take_replies();
            replies += done;
            in_flight -= done;
            if (seconds_since(begin) > round_seconds) continue;
            for (std::size_t i = 0; i < done; ++i) link_.send(frame_);
            in_flight += done;
        }
        return wrong_ ? 0 : static_cast<double>(replies * batch) / seconds_since(begin);
    }

private:
    std::size_t take_replies() {
        std::size_t count = 0, at = 0;
        const auto octets = as_bytes(received_);
        while (octets.size() - at >= 4) {
            const std::size_t size = load_be32(octets.data() + at);
            if (octets.size() - at < 4 + size) break;
            if (first_) look_at(octets.subspan(at + 4, size));
            wrong_ = wrong_ || size != reply_size_;  // all good ones are of one size
            at += 4 + size;
            ++count;
        }
        received_.erase(0, at);
        return count;
    }

    void look_at(bytes_view payload) {
        first_ = false;
        reply_size_ = payload.size();
        const auto reply = rpc::parse_reply(payload);
        const auto* verdicts =
            reply ? std::get_if<rpc::received_verdicts>(&reply->result) : nullptr;
        wrong_ = verdicts == nullptr || verdicts->size() != batch;
        for (std::size_t i = 0; !wrong_ && i < batch; ++i) {
            wrong_ = !std::holds_alternative<rpc::received_good_credential>((*verdicts)[i]);
        }
    }

    lab::tcp_stream link_;
    std::string frame_, received_;
    std::size_t reply_size_ = 0;
    bool first_ = true, wrong_ = false;
};

double check_all(const verify::verifier& library, const std::vector<std::string>& usernames) {
    const auto begin = std::chrono::steady_clock::now();
    std::size_t checks = 0;
    while (seconds_since(begin) < round_seconds / 2) {
        for (const auto& each : usernames) {
            if (!library.check(each).good()) return 0;
        }
        checks += usernames.size();
    }
    return static_cast<double>(checks) / seconds_since(begin);
}

}  // namespace

bool measure_rpc_validate() {
    const lab::running_server server({"--workers", "1"});
    const lab::temporary_folder folder;
    const auto key_file = folder.path() + "/verify.key";
    const auto& used = lab::shared_certificate();
    const auto exported =
        lab::run({lab::relayauth_program, "keys", "export", "--certificate", used.certificate,
                  "--key", used.key, "--purpose", "verify", "--out", key_file});
    const auto library = verify::verifier::load(key_file);
    const auto usernames = mint(server);
    if (exported.code != 0 || !library || usernames.empty()) return false;

    asker asks(server.port(), frame_of(usernames));
    pair rates;
    for (int i = 0; i < rounds; ++i) {
        rates.ours.push_back(asks.run());
        rates.theirs.push_back(check_all(*library.operator->(), usernames));
    }
    rates.print("rpc Validate, batches of 100 / verifier::check, items/s", 0.6);
    return median(rates.ours) > 0 && median(rates.theirs) > 0;
}

}  // namespace relayauth::doors
