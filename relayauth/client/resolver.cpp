#include "relayauth/client/resolver.hpp"

#include <boost/asio/io_context.hpp>

#include <future>
#include <memory>
#include <thread>

namespace relayauth::client {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

struct lookup {
    boost::system::error_code why;
    std::vector<tcp::endpoint> found;
};

lookup look_up(const endpoint& where) {
    lookup done;
    asio::io_context context;
    tcp::resolver resolver(context);
    const auto entries = resolver.resolve(where.host, std::to_string(where.port),
                                          tcp::resolver::numeric_service, done.why);
    for (const auto& each : entries) done.found.push_back(each.endpoint());
    return done;
}

}  // namespace

result<std::vector<tcp::endpoint>, failure> resolve(const endpoint& where,
                                                    std::chrono::milliseconds timeout) {
    boost::system::error_code no_address;
    const auto address = asio::ip::make_address(where.host, no_address);
    if (!no_address) return std::vector<tcp::endpoint>{tcp::endpoint(address, where.port)};

    // A look-up cannot be called off, so a thread of its own is left behind with one that hangs.
    auto promise = std::make_shared<std::promise<lookup>>();
    auto answer = promise->get_future();
    std::thread([promise, where] { promise->set_value(look_up(where)); }).detach();
    if (answer.wait_for(timeout) != std::future_status::ready) {
        return failure{"no answer from the name service about " + where.host +
                           ": give an address instead of a name, or a longer --timeout",
                       failure_kind::unknown_host};
    }
    auto done = answer.get();
    if (done.why || done.found.empty()) {
        return failure{"cannot find the host " + where.host + ": " + done.why.message(),
                       failure_kind::unknown_host};
    }
    return std::move(done.found);
}

}  // namespace relayauth::client
