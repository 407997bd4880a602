#include "relayauth/credential/undo.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/counted.hpp"
#include "relayauth/credential/form.hpp"
#include "relayauth/credential/spelling.hpp"
#include "relayauth/credential/wrapping.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace relayauth::credential {
namespace {

using step = std::optional<undone>;

step percent_encoding(std::string_view text) {
    std::string plain;
    std::size_t escapes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const auto octet = from_hex(text.substr(i + 1, 2));
        if (!octet || octet->empty()) return std::nullopt;
        plain += static_cast<char>(octet->front());
        ++escapes;
        i += 2;
    }
    if (escapes == 0) return std::nullopt;
    return undone{plain,
                  {"percent_encoded", "percent encoding, as in a URL: " +
                                          counted(escapes, "character") + " spelled like %3D"}};
}

constexpr std::size_t fewest_digits = 9;  // of an expiry after 1973, in seconds
constexpr std::size_t most_digits = 19;   // in nanoseconds, until 2286

step wrong_way_round(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto expiry = text.substr(colon + 1);
    if (expiry.size() < fewest_digits || expiry.size() > most_digits ||
        !std::all_of(expiry.begin(), expiry.end(), ascii::is_digit)) {
        return std::nullopt;
    }
    return undone{std::string(expiry) + ":" + std::string(text.substr(0, colon)),
                  {"wrong_way_round",
                   "user:expiry, the wrong way round: a TURN REST name begins with its expiry, "
                   "and this ends with " +
                       std::to_string(expiry.size()) + " digits"}};
}

// filetime_digits counts 100 ns since 1601, which has 18 digits from 1918 on.
constexpr std::size_t filetime_digits = 18;

step finer_than_seconds(std::string_view text) {
    if (!token::is_rest_name(text)) return std::nullopt;
    const auto digits = text.substr(0, text.find(':'));
    const auto rest = text.substr(digits.size());
    const auto seconds_in = [&](std::string name, std::string_view unit, std::string seconds) {
        mistake what{std::move(name), "an expiry in " + std::string(unit) + ": it has " +
                                          std::to_string(digits.size()) +
                                          " digits; in seconds it would be " + seconds};
        return undone{std::move(seconds) + std::string(rest), std::move(what)};
    };
    const auto without_last = [&](std::size_t count) {
        return std::string(digits.substr(0, digits.size() - count));
    };
    switch (digits.size()) {
        case 13:
            return seconds_in("milliseconds", "milliseconds", without_last(3));
        case 16:
            return seconds_in("microseconds", "microseconds", without_last(6));
        case 19:
            return seconds_in("nanoseconds", "nanoseconds", without_last(9));
        case filetime_digits: {
            std::uint64_t count = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), count);
            const auto at = wall_time(count);
            if (at.unix_seconds().count() < 0) return std::nullopt;
            return seconds_in("filetime", "units of 100 ns since 1601",
                              std::to_string(at.unix_seconds().count()));
        }
        default:
            return std::nullopt;
    }
}

// is_octets_with_colons: `02:00:00:24`, which reads as a TURN REST name where it begins with
// digits.
bool is_octets_with_colons(std::string_view text) {
    if (text.size() % 3 != 2) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool colon = text[i] == ':';
        if (colon != (i % 3 == 2)) return false;
    }
    return true;
}

// What comes in place of an expiry when somebody takes it for a lifetime: at most a year.
constexpr wall_time year_after_1970 = wall_time::from_unix(std::chrono::days(366));

}  // namespace

step undo_one(std::string_view text) {
    for (const auto each :
         {trim_ends, tags, quotation, finer_than_seconds, percent_encoding, wrong_way_round,
          extra_padding, ellipsis, more_follows, labelled, plus_as_space, white_space_inside,
          hexadecimal, url_alphabet, lost_padding, stray_bits, text_in_base64}) {
        if (auto found = each(text)) return found;
    }
    return std::nullopt;
}

step undo_in_rest_name(std::string_view name) {
    const auto said = read_form(name);
    if (!said.rest_name || said.rest_name->spelled.empty()) return std::nullopt;
    if (auto found = trim_ends(name)) {
        found->what.words += "; as given it is part of the name, and its password another";
        return found;
    }
    if (is_octets_with_colons(name)) {
        if (auto found = hexadecimal(name)) return found;
    }
    const std::string_view spelled = said.rest_name->spelled;
    if (read_form(spelled).claimed) {
        return undone{std::string(spelled),
                      {"other_dialect",
                       "a TURN REST name whose identity is itself an MRAS username, which is the "
                       "other dialect and given alone"}};
    }
    if (said.window->expires_at > year_after_1970) return std::nullopt;
    return wrong_way_round(name);  // the user's name is a number, an extension say
}

}  // namespace relayauth::credential
