#pragma once

#include "relayauth/server/histogram.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::server {

// metrics_text writes the Prometheus text format, version 0.0.4: a family's HELP and TYPE, then its
// samples.
class metrics_text {
public:
    enum class kind { counter, gauge, histogram };
    struct label {
        std::string_view name;
        std::string_view value;  // any octets: escaped
    };
    using labels = std::span<const label>;

    // family begins one; `help` is a line without backslashes.
    void family(std::string_view name, kind type, std::string_view help);

    // sample writes one of the family that began last.
    void sample(labels about, std::uint64_t value);
    void sample(labels about, double value);
    // distribution writes a histogram's buckets, sum and count.
    void distribution(labels about, std::span<const double> bounds,
                      const histogram::reading& values);

    // single is a family of one sample without labels.
    template <class Number>
    void single(std::string_view name, kind type, std::string_view help, Number value) {
        family(name, type, help);
        sample({}, value);
    }

    std::string take() { return std::move(text_); }

private:
    void begin(std::string_view suffix, labels about);

    std::string name_;
    std::string text_;
};

}  // namespace relayauth::server
