#include "relayauth/server/log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace relayauth::server {
namespace {

// About 2 MB of lines: seconds of the worst that the rate limit lets through.
constexpr std::size_t queued_lines = 8192;

}  // namespace

struct log::state {
    std::shared_ptr<spdlog::details::thread_pool> thread;
    std::shared_ptr<spdlog::async_logger> logger;
};

log::log(log_format format) : format_(format), state_(std::make_unique<state>()) {
    state_->thread = std::make_shared<spdlog::details::thread_pool>(queued_lines, 1);
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    state_->logger =
        std::make_shared<spdlog::async_logger>("relayauth", std::move(sink), state_->thread,
                                               spdlog::async_overflow_policy::overrun_oldest);
    const char* pattern = format == log_format::json
                              ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                              : "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
    state_->logger->set_pattern(pattern, spdlog::pattern_time_type::utc);
    state_->logger->flush_on(spdlog::level::info);
}

log::~log() {
    if (const auto lost = state_->thread->overrun_counter(); lost > 0) {
        write(log_level::warning, line("log_lines_lost").field("count", std::uint64_t{lost}));
    }
    state_->logger->flush();
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
