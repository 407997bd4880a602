#include "relayauth/server/log.hpp"

#include <spdlog/async.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <string_view>

namespace relayauth::server {
namespace {

// About 2 MB of lines: seconds of the worst that the rate limit lets through.
constexpr std::size_t queued_lines = 8192;
// How long a reader of our output may stall before lines fall away; then none waits until it reads
// again, so that a stuck reader cannot keep a stopping server up.
constexpr int patience_ms = 500;
// A pipe that poll calls writable takes this much without blocking (POSIX, PIPE_BUF).
constexpr std::size_t at_once = 4096;

// patient_sink writes to standard error and never waits long for whoever reads it.
class patient_sink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
public:
    std::uint64_t lost() const { return lost_; }

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t formatted;
        formatter_->format(message, formatted);
        std::string_view left(formatted.data(), formatted.size());
        while (!left.empty()) {
            pollfd out{STDERR_FILENO, POLLOUT, 0};
            const bool ready =
                ::poll(&out, 1, stuck_ ? 0 : patience_ms) == 1 && (out.revents & POLLOUT) != 0;
            stuck_ = !ready;
            const auto written =
                ready ? ::write(STDERR_FILENO, left.data(), std::min(left.size(), at_once)) : -1;
            if (written <= 0) {
                if (ready && errno == EINTR) continue;
                ++lost_;  // its end too, if it had begun
                return;
            }
            left.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void flush_() override {}

    bool stuck_ = false;
    std::atomic<std::uint64_t> lost_{0};
};

}  // namespace

struct log::state {
    std::shared_ptr<patient_sink> sink = std::make_shared<patient_sink>();
    std::shared_ptr<spdlog::async_logger> logger;
    std::shared_ptr<spdlog::details::thread_pool>
        thread;  // the first to go: it writes what is queued
};

log::log(log_format format) : format_(format), state_(std::make_unique<state>()) {
    state_->thread = std::make_shared<spdlog::details::thread_pool>(queued_lines, 1);
    state_->logger = std::make_shared<spdlog::async_logger>(
        "relayauth", state_->sink, state_->thread, spdlog::async_overflow_policy::overrun_oldest);
    const char* pattern = format == log_format::json
                              ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                              : "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
    state_->logger->set_pattern(pattern, spdlog::pattern_time_type::utc);
    state_->logger->flush_on(spdlog::level::info);
}

log::~log() {
    if (const auto lost = lines_lost(); lost > 0) {
        write(log_level::warning, line("log_lines_lost").field("count", lost));
    }
    state_->logger->flush();
}

std::uint64_t log::lines_lost() const {
    return state_->thread->overrun_counter() + state_->sink->lost();
}

void log::write(log_level level, const log_line& line) {
    switch (level) {
        case log_level::info:
            state_->logger->info("{}", line.text());
            return;
        case log_level::warning:
            state_->logger->warn("{}", line.text());
            return;
        case log_level::error:
            state_->logger->error("{}", line.text());
            return;
    }
}

}  // namespace relayauth::server
