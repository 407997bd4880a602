#include "bodies.hpp"
#include "walk.hpp"

#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

namespace relayauth::mras {
namespace {

TEST(RequestDamage, RefusesEveryTruncation) {
    for (const auto body : all_bodies) {
        const auto whole =
            body.substr(0, body.rfind("</"));  // after that, only what may be missing
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            EXPECT_TRUE(document(body.substr(0, size)).parsed.why) << size;
            EXPECT_FALSE(parse_response(body.substr(0, size)));
        }
    }
}

TEST(RequestDamage, RefusesTheEndTagCutShort) {
    for (const auto body : {lync_2010, pidgin_sipe}) {
        for (std::size_t cut = 1; cut <= 10; ++cut) {
            EXPECT_TRUE(document(body.substr(0, body.size() - cut)).parsed.why) << cut;
        }
    }
}

TEST(RequestDamage, SurvivesOneFlippedBitAnywhere) {
    for (const auto body : all_bodies) {
        EXPECT_FALSE(document(body).parsed.why);
        for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
            std::string damaged(body);
            damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
            const bool well_formed = !check_well_formed(damaged);
            const document read(damaged);
            EXPECT_TRUE(well_formed || read.parsed.why) << damaged;
            EXPECT_FALSE(parse_response(damaged)) << damaged;
        }
    }
}

}  // namespace
}  // namespace relayauth::mras
