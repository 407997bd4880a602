#include "relayauth/cli/keys_merge.hpp"

#include "relayauth/base/time_text.hpp"

#include <algorithm>

namespace relayauth::cli {

std::string add_key(std::vector<verify::file_key>& keys, verify::file_key next) {
    const auto same = std::find_if(keys.begin(), keys.end(),
                                   [&next](const auto& each) { return each.id == next.id; });
    if (same == keys.end()) {
        next.mints = keys.empty();
        if (next.mints) next.verifies_until = wall_time::max();
        keys.push_back(std::move(next));
        return {};
    }
    const auto words = "the same key (" + next.id + ") as an earlier --certificate: ";
    // The key that mints has no end to move.
    if (next.verifies_until <= same->verifies_until) return words + "it adds nothing";
    same->verifies_until = next.verifies_until;
    return words + "it only moves the key's end to " + utc_text(next.verifies_until);
}

}  // namespace relayauth::cli
