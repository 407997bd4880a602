// Octets as a result file of a load run: what is read is written and read back as the same, and
// shown, whatever it says, in lines that fit a terminal and on a page without a script.

#include "relayauth/base/utf8.hpp"
#include "relayauth/load/html_report.hpp"
#include "relayauth/load/merge.hpp"
#include "relayauth/load/result_charts.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/result_text.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace relayauth;

void require(bool condition) {
    if (!condition) std::abort();
}

void require_lines_for_a_terminal(std::string_view text) {
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        require(is_utf8(line) && !has_control_character(line) && utf8_length(line) <= 80);
        text.remove_prefix(line.size() + 1);
    }
}

void require_harmless(const std::string& page) {
    require(is_utf8(page));
    require(page.find("<script") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(octets), size);
    const auto read = load::read_json(text);
    if (!read) {
        require(!read.error().empty() && read.error().find('\n') == std::string::npos);
        return 0;
    }
    const auto written = load::write_json(*read);
    const auto again = load::read_json(written);
    require(again && load::write_json(*again) == written);
    require_lines_for_a_terminal(load::result_text(*read));
    require_harmless(load::html_report(*read));
    require_harmless(load::percentile_svg(*read));
    // A run is not added to itself, so the other began a second away.
    auto other = *read;
    other.started += std::chrono::seconds(other.started.time_since_epoch().count() > 0 ? -1 : 1);
    const std::vector<load::named_result> both = {{"a", *read}, {"b", other}};
    const auto merged = load::merge(both);
    require(bool(merged));
    require_lines_for_a_terminal(load::result_text(*merged));
    return 0;
}
