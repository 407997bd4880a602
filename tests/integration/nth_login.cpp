#include "nth_login.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/issue_rest_name.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace relayauth::lab {
namespace {

constexpr wall_time new_year_2030 = wall_time::from_unix(std::chrono::seconds(1'893'456'000));

// Of lengths that are no multiple of 4 and that are one, and not all ASCII.
const std::array<std::string, 7> realms = {
    "r", "ab", "lab", "rtcmedia", "example.com", "t\xc3\xbcrn.example", "a realm with blanks"};

secret secret_of(std::string_view text) {
    return secret(as_bytes(text));
}

const keyring::ring& ring() {
    static const keyring::ring made = [] {
        keyring::key_secrets secrets{secret_of("the username tag"), secret_of("the password"),
                                     secret_of("the client id")};
        for (const auto& realm : realms) {
            secrets.turn_rest.push_back({realm, secret_of("the secret of " + realm)});
        }
        std::vector<keyring::entry> entries;
        entries.push_back({keyring::signing_key("lab", secrets)});
        return keyring::ring(std::move(entries));
    }();
    return made;
}

std::string decoded(std::string_view base64) {
    std::vector<std::uint8_t> out(base64.size());
    out.resize(decode_base64(base64, out).value_or(0));
    return {out.begin(), out.end()};
}

}  // namespace

nth_login::nth_login(unsigned n)
    : n_(n),
      now_(new_year_2030 + std::chrono::seconds(977) * n),
      identity_("sip:user" + std::to_string(n) + "@example.test"),
      duration_(1 + n % 480),
      realm_(realms[n % realms.size()]),
      nonce_(1 + n % 61, static_cast<char>('a' + n % 26)) {}

nice_login nth_login::mras(nice_form form) const {
    const auto version = n_ % 2 == 0 ? token::version::v2 : token::version::v1;
    const auto minted = credential::issue({identity_, duration_, version}, ring(), {}, now_);
    EXPECT_TRUE(minted);
    const std::string username(minted->username());
    const std::string password(minted->password());
    if (form == nice_form::rfc5389) return {username, password, realm_, nonce_};
    return {decoded(username), decoded(password), realm_, nonce_};
}

nice_login nth_login::turn_rest() const {
    const auto minted = credential::issue_rest_name(
        {identity_, duration_, std::string_view(realm_)}, ring(), {}, now_);
    EXPECT_TRUE(minted);
    return {minted->username(), std::string(minted->password()), realm_, nonce_};
}

credential::verdict nth_login::check(const std::vector<std::uint8_t>& request) const {
    credential::validate_limits limits;
    limits.realms = {realm_};
    return credential::check_message({request, realm_}, ring(), limits, {}, now_);
}

void nth_login::expect_accepted(const std::vector<std::uint8_t>& request) const {
    const auto decided = check(request);
    EXPECT_FALSE(decided.refused) << n_ << ": " << credential::to_text(*decided.refused) << ": "
                                  << decided.detail;
    EXPECT_EQ(decided.key_id(), "lab");
}

}  // namespace relayauth::lab
