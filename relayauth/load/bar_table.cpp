#include "relayauth/load/bar_table.hpp"

#include "relayauth/load/figures.hpp"
#include "relayauth/load/html_text.hpp"
#include "relayauth/load/wording.hpp"

#include <algorithm>
#include <cmath>

namespace relayauth::load {

std::string bar_table(std::string_view caption, std::string_view word_head,
                      const std::map<std::string, std::uint64_t>& counts) {
    constexpr std::size_t most_rows = 12;
    const auto rows = by_count(counts, most_rows);
    if (rows.empty()) return {};
    std::uint64_t longest = 1;
    for (const auto& [word, count] : rows) longest = std::max(longest, count);
    auto out = "<div class=\"box\"><table class=\"bars\"><caption>" + std::string(caption) +
               "</caption>\n<thead><tr><th scope=\"col\">" + std::string(word_head) +
               "</th><th scope=\"col\" class=\"n\">count</th><td></td></tr></thead>\n<tbody>\n";
    for (const auto& [word, count] : rows) {
        // What is there at all is seen: 1 % at least.
        const auto percent =
            std::max(1.0, static_cast<double>(count) / static_cast<double>(longest) * 100);
        out += "<tr><th scope=\"row\">" + html(word) + "</th><td class=\"n\">" +
               count_figure(count) +
               "</td><td><div class=\"bar\" style=\"width:" + std::to_string(std::lround(percent)) +
               "%\"></div></td></tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

}  // namespace relayauth::load
