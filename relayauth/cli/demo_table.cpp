#include "relayauth/cli/demo_table.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/base/utf8.hpp"

#include <ostream>

namespace relayauth::cli {

demo_table::demo_table(std::ostream& out, std::vector<column> columns)
    : out_(out), columns_(std::move(columns)) {
    std::vector<std::string> titles;
    for (const auto& each : columns_) titles.push_back(each.title);
    print(titles, "");
}

void demo_table::add(const std::vector<std::string>& cells, bool as_it_must_be,
                     const std::string& said) {
    if (!as_it_must_be) ++failures_;
    print(cells, as_it_must_be ? "ok" : "NOT AS IT MUST BE");
    if (!said.empty()) out_ << "      \"" << said << "\"\n";
    out_.flush();
}

void demo_table::print(const std::vector<std::string>& cells, const char* mark) {
    out_ << "  ";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        out_ << cells[i];
        const auto shown = utf8_length(cells[i]);
        out_ << std::string(shown < columns_[i].width ? columns_[i].width - shown : 1, ' ');
    }
    out_ << mark << "\n";
}

std::string name_of(const rpc::received_verdict& verdict) {
    if (std::holds_alternative<rpc::received_good_credential>(verdict)) return "good";
    const auto& refused = std::get<rpc::received_refusal>(verdict);
    return refused.why ? std::string(rpc::to_text(*refused.why)) : "refused";
}

std::string words_of(const rpc::received_verdict& verdict) {
    if (const auto* good = std::get_if<rpc::received_good_credential>(&verdict)) {
        return "good for another " + duration_text(good->remaining) + ", signed by key " +
               good->key_id;
    }
    return std::get<rpc::received_refusal>(verdict).words;
}

}  // namespace relayauth::cli
