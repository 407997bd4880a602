#include "relayauth/net/worker.hpp"

#include "relayauth/net/connection.hpp"

#include <boost/asio/post.hpp>

namespace relayauth::net {

worker::worker(std::shared_ptr<const session::settings> settings,
               std::shared_ptr<const tls_context> tls, const limits& bounds, guarded_clock& time,
               shared_counts& counts, observer& events, std::uint64_t tag_seed)
    : work_(boost::asio::make_work_guard(io_)),
      sweep_timer_(io_),
      context_(std::move(settings), events, tag_seed),
      tls_(std::move(tls)),
      limits_(bounds),
      clock_(time),
      counts_(counts),
      events_(events),
      read_buffer_(read_buffer_bytes),
      plain_buffer_(plain_buffer_bytes) {}

worker::~worker() {
    join();
}

void worker::start() {
    thread_ = std::thread([this] {
        arm_sweep();
        io_.run();
    });
}

void worker::join() {
    if (thread_.joinable()) thread_.join();
}

void worker::adopt(boost::asio::ip::tcp::socket socket, session::listener at) {
    boost::asio::post(io_, [this, at, taken = std::move(socket)]() mutable {
        auto fresh = std::make_shared<connection>(*this, std::move(taken), at);
        connections_.push_back(fresh);
        fresh->start(connections_.size() - 1);
    });
}

void worker::replace(std::shared_ptr<const session::settings> settings,
                     std::shared_ptr<const tls_context> tls) {
    boost::asio::post(io_, [this, settings = std::move(settings), tls = std::move(tls)]() mutable {
        context_.replace(std::move(settings));
        tls_ = std::move(tls);
    });
}

void worker::replace_lab(std::shared_ptr<const session::lab_settings> lab) {
    boost::asio::post(
        io_, [this, lab = std::move(lab)]() mutable { context_.replace_lab(std::move(lab)); });
}

void worker::drain() {
    boost::asio::post(io_, [this] { begin_drain(); });
}

// A copy of the list, since connections take themselves out of it while we walk.
void worker::begin_drain() {
    const auto open = connections_;
    for (const auto& each : open) each->drain();
    draining_ = true;
    if (connections_.empty()) io_.stop();
}

// Steady timers that are already due would hang under libfaketime; this one never is when armed.
void worker::arm_sweep() {
    sweep_timer_.expires_after(sweep_interval);
    sweep_timer_.async_wait([this](boost::system::error_code cancelled) {
        if (cancelled) return;
        sweep();
        arm_sweep();
    });
}

void worker::sweep() {
    const auto now = clock_.mono();
    // Backwards: an ended connection's place is taken by the last one, which was looked at already.
    for (auto i = connections_.size(); i-- > 0;) {
        const auto each = connections_[i];
        each->check_deadline(now);
    }
    events_.on_tick();
}

std::string_view worker::busy_because(bool over_memory, bool held) {
    // A held clock first: it casts doubt on what is answered all the same.
    if (!held) {
        return over_memory || draining_ ? "shutting down, or at the limit of --max-memory"
                                        : std::string_view();
    }
    const auto generation = clock_.generation();
    const auto now = clock_.mono();
    // It says how far the clock is off and for how long, and nobody counts more than seconds.
    if (generation != held_generation_ || held_because_.empty() ||
        now - held_told_at_ >= std::chrono::seconds(1)) {
        held_because_ = clock_.why();
        held_generation_ = generation;
        held_told_at_ = now;
    }
    // Released meanwhile; but this request came with a time of before.
    if (held_because_.empty()) return "this server's clock was held until just now";
    return held_because_;
}

void worker::remove(connection& ended) {
    const auto place = ended.place();
    if (place + 1 != connections_.size()) {
        std::swap(connections_[place], connections_.back());
        connections_[place]->move_to(place);
    }
    connections_.pop_back();  // handlers still in flight hold their own share
    if (draining_ && connections_.empty()) io_.stop();
}

}  // namespace relayauth::net
