#include "relayauth/server/option_table.hpp"

#include "relayauth/server/option_rows.hpp"

#include <algorithm>
#include <utility>

namespace relayauth::server {
namespace {

const auto& table() {
    static const auto rows = [] {
        std::vector<option> all;
        for (auto part : {serving_rows(), running_rows(), limit_rows()})
            std::move(part.begin(), part.end(), std::back_inserter(all));
        return all;
    }();
    return rows;
}

char folded(char c) {
    return c == '_' ? '-' : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return folded(x) == folded(y); });
}

}  // namespace

std::span<const option> option_table() {
    return table();
}

const option* find_option(std::string_view name) {
    for (const auto& each : table()) {
        if (same_name(each.name, name)) return &each;
    }
    return nullptr;
}

}  // namespace relayauth::server
