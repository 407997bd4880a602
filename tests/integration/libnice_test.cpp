#include "libnice_requests.hpp"

#include "nth_login.hpp"

#include <gtest/gtest.h>

// Requests that Debian's libnice builds from our credentials, against our integrity check. No
// server: minting and checking are functions, and libnice is a library.
namespace relayauth::lab {
namespace {

// Enough to meet what libnice cuts off 1.9 % of random tokens
// (protocol notes 6) some twenty times.
constexpr unsigned logins = 1200;

void expect_all_accepted(nice_form form) {
    for (unsigned i = 0; i < logins && !::testing::Test::HasFailure(); ++i) {
        const nth_login each(i);
        const auto login = each.mras(form);
        each.expect_accepted(libnice_allocate(form, login));
        each.expect_accepted(libnice_refresh(form, login));
    }
}

TEST(Libnice, HasEveryRfc5389RequestAccepted) {
    expect_all_accepted(nice_form::rfc5389);
}

TEST(Libnice, HasEveryOc2007RequestAccepted) {
    expect_all_accepted(nice_form::oc2007);
}

TEST(Libnice, HasEveryRequestWithATurnRestNameAccepted) {
    for (unsigned i = 0; i < logins && !HasFailure(); ++i) {
        const nth_login each(i);
        each.expect_accepted(libnice_allocate(nice_form::rfc5389, each.turn_rest()));
    }
}

// One bit, in every octet of a sample: nothing of a signed request may change.
void expect_every_octet_to_count(nice_form form) {
    for (unsigned i = 0; i < logins; i += 100) {
        const nth_login each(i);
        auto request = libnice_allocate(form, each.mras(form));
        each.expect_accepted(request);
        for (std::size_t at = 0; at < request.size(); ++at) {
            const auto bit = static_cast<std::uint8_t>(1u << ((at + i) % 8));
            request[at] ^= bit;
            EXPECT_FALSE(each.check(request).good()) << i << ": octet " << at;
            request[at] ^= bit;
        }
    }
}

TEST(Libnice, HasNoRfc5389RequestAcceptedThatWasTouched) {
    expect_every_octet_to_count(nice_form::rfc5389);
}

TEST(Libnice, HasNoOc2007RequestAcceptedThatWasTouched) {
    expect_every_octet_to_count(nice_form::oc2007);
}

TEST(Libnice, HasAnotherPasswordRefused) {
    for (const auto form : {nice_form::rfc5389, nice_form::oc2007}) {
        const nth_login each(4);
        auto login = each.mras(form);
        login.password = nth_login(6).mras(form).password;
        const auto decided = each.check(libnice_allocate(form, login));
        EXPECT_EQ(decided.refused, credential::refusal::wrong_password);
    }
}

}  // namespace
}  // namespace relayauth::lab
