#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/client/failure.hpp"
#include "relayauth/client/transport.hpp"
#include "relayauth/rpc/client_codec.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace relayauth::client {

// rpc_answer is the reply to one call and this machine's clock around it. A refusal of the whole
// call is an answer too. Its text is the server's: make it printable before it is shown.
struct rpc_answer {
    rpc::reply reply;
    wall_time sent_at;
    wall_time received_at;

    // How far the server's clock is ahead of this machine's.
    ticks server_ahead() const;
};

// rpc_client makes calls over one connection, one after the other. `link` must outlive it. All text
// in calls must be UTF-8. Each call fails as transport does, and when what comes back is not the
// answer to it; only destroying the connection is left then.
class rpc_client {
public:
    explicit rpc_client(transport& link) : link_(link) {}

    result<rpc_answer, failure> issue(const rpc::issue_call& wanted);
    // At most rpc::max_batch items; as many verdicts come back, in their order.
    result<rpc_answer, failure> validate(std::span<const rpc::validate_item> items);
    // The same for requests that a relay received; their verdicts are received_message_verdicts.
    result<rpc_answer, failure> check_messages(std::span<const rpc::check_message_item> items);
    // Its answer is rpc::explained. What is explained may be any octets.
    result<rpc_answer, failure> explain(const rpc::explain_call& wanted);
    result<rpc_answer, failure> server_info();

private:
    result<rpc_answer, failure> ask(rpc::call call);
    result<rpc::reply, failure> read_reply();

    transport& link_;
    std::string received_;  // what follows the last reply
    std::uint64_t last_id_ = 0;
};

}  // namespace relayauth::client
