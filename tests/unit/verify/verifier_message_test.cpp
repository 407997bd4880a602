#include "relayauth/verify/verifier.hpp"

#include "key_text.hpp"
#include "requests.hpp"

#include <gtest/gtest.h>

#include <algorithm>

// Requests as a relay receives them. What is wrong inside a message is credential's and stun's to
// test; here: that keys, realm, clock and verdict find each other.

namespace relayauth::verify {
namespace {

using key_text::at;
using key_text::file_of;
using key_text::notes_key;
using key_text::rsa_key;
using std::chrono::hours;

constexpr ticks now = -hours(1);

verifier both() {
    return key_text::ready(
        file_of(rsa_key() + std::string(key_text::rsa_realm_line) + notes_key()));
}

TEST(VerifierMessage, AcceptsAnAllocateOfEachForm) {
    const auto judge = both();
    const auto rfc = judge.check_message(requests::rfc_allocate(), "rtcmedia", {}, at(now));
    EXPECT_EQ(rfc.refused(), std::nullopt) << rfc.words();
    EXPECT_EQ(rfc.key_id(), "notes");
    EXPECT_EQ(rfc.expires_at(), at(ticks{0}));
    const auto ms = judge.check_message(requests::ms_allocate(), "rtcmedia", {}, at(now));
    EXPECT_EQ(ms.refused(), std::nullopt) << ms.words();
    EXPECT_EQ(ms.key_id(), "notes");
    const auto rest = judge.check_message(requests::rest_allocate(), "example.test", {}, at(now));
    EXPECT_EQ(rest.refused(), std::nullopt) << rest.words();
    EXPECT_EQ(rest.key_id(), "168e9d81");
    EXPECT_EQ(rest.dialect(), dialect::turn_rest);
}

TEST(VerifierMessage, RefusesAForeignKey) {
    const auto judge = key_text::ready(file_of(rsa_key()));
    for (const auto& request : {requests::rfc_allocate(), requests::ms_allocate()}) {
        EXPECT_EQ(judge.check_message(request, "rtcmedia", {}, at(now)).refused(),
                  refusal::unknown_key);
    }
}

TEST(VerifierMessage, RefusesAFlippedBitOfTheSignature) {
    const auto judge = both();
    for (auto request : {requests::rfc_allocate(), requests::ms_allocate()}) {
        request.back() ^= 1;
        EXPECT_EQ(judge.check_message(request, "rtcmedia", {}, at(now)).refused(),
                  refusal::wrong_password);
    }
    auto rest = requests::rest_allocate();
    rest.back() ^= 1;
    const auto decided = judge.check_message(rest, "example.test", {}, at(now));
    EXPECT_EQ(decided.refused(), refusal::wrong_password);
    EXPECT_EQ(decided.key_id(), "");  // nothing proved whose name it is
}

TEST(VerifierMessage, RefusesAnotherRealm) {
    const auto judge = both();
    EXPECT_EQ(judge.check_message(requests::rfc_allocate(), "example.test", {}, at(now)).refused(),
              refusal::wrong_realm);
    // Signed by the right key, but the file has no secret for that realm.
    const auto no_secret = key_text::ready(file_of(rsa_key()));
    EXPECT_EQ(
        no_secret.check_message(requests::rest_allocate(), "example.test", {}, at(now)).refused(),
        refusal::wrong_realm);
}

TEST(VerifierMessage, RefusesWhatIsNoRequest) {
    const auto judge = both();
    const auto request = requests::rfc_allocate();
    for (std::size_t size = 0; size < request.size(); ++size) {
        const std::vector<std::uint8_t> cut(request.data(), request.data() + size);
        EXPECT_EQ(judge.check_message(cut, "rtcmedia", {}, at(now)).refused(), refusal::malformed);
    }
    const auto decided = judge.check_message(request, "\xff", {}, at(now));
    EXPECT_EQ(decided.refused(), refusal::malformed);
    EXPECT_EQ(decided.words(), "the realm is not UTF-8");
}

TEST(VerifierMessage, EndsWithTheCredential) {
    const auto judge = both();
    const auto refused = [&](ticks when) {
        return judge.check_message(requests::rfc_allocate(), "rtcmedia", {}, at(when)).refused();
    };
    EXPECT_EQ(refused(-ticks{1}), std::nullopt);
    EXPECT_EQ(refused(ticks{0}), refusal::expired);
    EXPECT_EQ(refused(ticks{1}), refusal::expired);
}

}  // namespace
}  // namespace relayauth::verify
