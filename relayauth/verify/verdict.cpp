#include "relayauth/verify/verdict.hpp"

#include "relayauth/credential/validate.hpp"
#include "relayauth/credential/words.hpp"

namespace relayauth::verify {

verdict::verdict(const credential::verdict& decided, std::optional<wall_time> deadline)
    : refused_(decided.refused),
      dialect_(decided.dialect),
      detail_(decided.detail),
      key_id_(decided.key_id()),
      server_time_(decided.server_time),
      window_(decided.window),
      deadline_(deadline),
      accept_lifetime_(decided.accept_lifetime) {}

std::string verdict::words() const {
    credential::verdict decided;
    decided.refused = refused_;
    decided.detail = detail_;
    decided.server_time = server_time_;
    decided.dialect = dialect_;
    decided.window = window_;
    decided.accept_lifetime = accept_lifetime_;
    return credential::words(decided, ticks{0});
}

std::optional<time_point> verdict::expires_at() const {
    if (!window_) return std::nullopt;
    return to_time_point(window_->expires_at);
}

std::optional<time_point> verdict::issued_at() const {
    if (!window_ || !window_->issued_at) return std::nullopt;
    return to_time_point(*window_->issued_at);
}

std::optional<ticks> verdict::offset() const {
    if (!window_ || !window_->issued_at) return std::nullopt;
    return server_time_ - *window_->issued_at;
}

std::optional<time_point> verdict::deadline() const {
    if (!deadline_) return std::nullopt;
    return to_time_point(*deadline_);
}

}  // namespace relayauth::verify
