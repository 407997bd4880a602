#include "relayauth/server/self_check.hpp"

#include "relayauth/server/self_test.hpp"

namespace relayauth::server {

void self_check::run(std::shared_ptr<const session::settings> in_force, wall_time now) {
    auto found = self_test(std::move(in_force), now);
    const std::lock_guard lock(keeping_);
    const bool news = runs_ == 0 ? found.has_value() : found != problem_;
    ++runs_;
    if (found) ++failures_;
    if (news && found) {
        log_.write(log_level::error, log_.line("self_test_failed").words(*found));
    } else if (news) {
        log_.write(log_level::info, log_.line("self_test_passed").words("again"));
    }
    problem_ = std::move(found);
}

std::optional<std::string> self_check::problem() const {
    const std::lock_guard lock(keeping_);
    return problem_;
}

std::uint64_t self_check::runs() const {
    const std::lock_guard lock(keeping_);
    return runs_;
}

std::uint64_t self_check::failures() const {
    const std::lock_guard lock(keeping_);
    return failures_;
}

}  // namespace relayauth::server
