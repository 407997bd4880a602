#include "relayauth/load/verdict_word.hpp"

namespace relayauth::load {

std::string_view to_text(verdict_kind value) {
    switch (value) {
        case verdict_kind::good:
            return "good";
        case verdict_kind::interrupted:
            return "interrupted";
        case verdict_kind::errors:
            return "errors";
        case verdict_kind::missed:
            return "missed";
        case verdict_kind::overloaded:
            return "overloaded";
        case verdict_kind::faulty:
            return "faulty";
        case verdict_kind::invalid:
            return "void";
    }
    return "void";
}

std::optional<verdict_kind> parse_verdict_kind(std::string_view word) {
    for (const auto kind :
         {verdict_kind::good, verdict_kind::interrupted, verdict_kind::errors, verdict_kind::missed,
          verdict_kind::overloaded, verdict_kind::faulty, verdict_kind::invalid}) {
        if (to_text(kind) == word) return kind;
    }
    return std::nullopt;
}

}  // namespace relayauth::load
