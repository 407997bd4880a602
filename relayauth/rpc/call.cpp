#include "relayauth/rpc/call.hpp"

#include "relayauth/base/fault.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/rpc/field_reader.hpp"

#include "relayauth/v1/relay_auth.pb.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace relayauth::rpc {
namespace {

using type = field::type;

// In Request these numbers are calls, known or not; see the .proto file.
constexpr std::uint32_t first_call_number = 4;
constexpr std::uint32_t last_call_number = 14;

// take_text checks `from` and puts it `into` a text or an optional text.
template <class Text>
fault<errc> take_text(const field& from, Text& into) {
    const auto text = as_text(from.content);
    if (!is_utf8(text)) return errc::text_not_utf8;
    into = text;
    return std::nullopt;
}

// saturated keeps a number that a newer client sent, however large, apart from those that we know.
template <class Number>
std::uint32_t saturated(const field& from) {
    constexpr std::uint64_t most = std::numeric_limits<Number>::max();
    return static_cast<std::uint32_t>(std::min(from.value, most));
}

// Protobuf's enums have 32 bits and a sign.
template <class Enum>
void take_enum(const field& from, Enum& into) {
    into = static_cast<Enum>(saturated<std::int32_t>(from));
}

fault<errc> take_issue_field(const field& from, issue_call& into) {
    using wire = v1::IssueRequest;
    if (from.is(wire::kIdentityFieldNumber, type::length_delimited)) {
        return take_text(from, into.identity);
    }
    if (from.is(wire::kRealmFieldNumber, type::length_delimited)) {
        return take_text(from, into.realm);
    }
    if (from.is(wire::kDurationMinutesFieldNumber, type::varint)) {
        if (from.value == 0 || from.value > max_duration_minutes) {
            return errc::duration_out_of_range;
        }
        into.duration_minutes = static_cast<std::uint32_t>(from.value);
    }
    if (from.is(wire::kTokenVersionFieldNumber, type::varint)) {
        into.token_version = saturated<std::uint32_t>(from);
    }
    if (from.is(wire::kDialectFieldNumber, type::varint)) {
        take_enum(from, into.dialect);
    }
    return std::nullopt;
}

fault<errc> take_item_field(const field& from, validate_item& into) {
    using wire = v1::ValidateRequest_Item;
    if (from.is(wire::kUsernameFieldNumber, type::length_delimited)) {
        return take_text(from, into.username);
    }
    if (from.is(wire::kPasswordFieldNumber, type::length_delimited)) {
        return take_text(from, into.password);
    }
    if (from.is(wire::kRealmFieldNumber, type::length_delimited)) {
        return take_text(from, into.realm);
    }
    if (from.is(wire::kIdentityFieldNumber, type::length_delimited)) {
        return take_text(from, into.identity);
    }
    if (from.is(wire::kKeyDigestFieldNumber, type::varint)) {
        take_enum(from, into.key_digest);
    }
    if (from.is(wire::kKeySpellingFieldNumber, type::varint)) {
        take_enum(from, into.key_spelling);
    }
    return std::nullopt;
}

fault<errc> take_item_field(const field& from, check_message_item& into) {
    using wire = v1::CheckMessageRequest_Item;
    if (from.is(wire::kMessageFieldNumber, type::length_delimited)) into.message = from.content;
    if (from.is(wire::kRealmFieldNumber, type::length_delimited)) {
        return take_text(from, into.realm);
    }
    return std::nullopt;
}

fault<errc> take_explain_field(const field& from, explain_call& into) {
    using wire = v1::ExplainRequest;
    if (from.is(wire::kUsernameFieldNumber, type::length_delimited)) {
        into.username = as_text(from.content);
    }
    if (from.is(wire::kPasswordFieldNumber, type::length_delimited)) {
        return take_text(from, into.password);
    }
    if (from.is(wire::kIdentityFieldNumber, type::length_delimited)) {
        return take_text(from, into.identity);
    }
    if (from.is(wire::kAtFieldNumber, type::fixed64)) {
        into.at.reset();
        if (from.value != 0) into.at = wall_time(from.value);
    }
    return std::nullopt;
}

// take_fields gives every field of `message` to `take`, up to the first that it objects to.
template <class Take>
fault<errc> take_fields(bytes_view message, Take take) {
    field_reader fields(message);
    while (const auto next = fields.next()) {
        if (const auto why = take(*next)) return why;
    }
    if (fields.broken()) return errc::undecodable_envelope;
    return std::nullopt;
}

// take_batch_field reads a field of a call that is nothing but items.
template <class Item>
fault<errc> take_batch_field(const field& from, int items_number, std::vector<Item>& items) {
    if (!from.is(items_number, type::length_delimited)) return std::nullopt;
    if (items.size() == max_batch) return errc::batch_too_large;
    auto& item = items.emplace_back();
    return take_fields(from.content,
                       [&](const field& inner) { return take_item_field(inner, item); });
}

}  // namespace

struct call_parser::state {
    std::vector<validate_item> items;
    std::vector<check_message_item> messages;
    call found;
    bool has_call = false;
    bool has_unknown_call = false;

    // As protobuf has it for a oneof: the last kind of call wins, and one that comes in two parts
    // is put together.
    template <class Body>
    Body& begin_call() {
        if (!has_call || !std::holds_alternative<Body>(found.body)) {
            items.clear();
            messages.clear();
            found.body.emplace<Body>();
        }
        has_call = true;
        return std::get<Body>(found.body);
    }

    fault<errc> take_call(const field& from) {
        using wire = v1::Request;
        if (from.is(wire::kIssueFieldNumber, type::length_delimited)) {
            auto& issue = begin_call<issue_call>();
            return take_fields(from.content,
                               [&](const field& inner) { return take_issue_field(inner, issue); });
        }
        if (from.is(wire::kValidateFieldNumber, type::length_delimited)) {
            begin_call<validate_call>();
            return take_fields(from.content, [&](const field& inner) {
                return take_batch_field(inner, v1::ValidateRequest::kItemsFieldNumber, items);
            });
        }
        if (from.is(wire::kCheckMessageFieldNumber, type::length_delimited)) {
            begin_call<check_message_call>();
            return take_fields(from.content, [&](const field& inner) {
                return take_batch_field(inner, v1::CheckMessageRequest::kItemsFieldNumber,
                                        messages);
            });
        }
        if (from.is(wire::kExplainFieldNumber, type::length_delimited)) {
            auto& explain = begin_call<explain_call>();
            return take_fields(from.content, [&](const field& inner) {
                return take_explain_field(inner, explain);
            });
        }
        if (from.is(wire::kServerInfoFieldNumber, type::length_delimited)) {
            begin_call<server_info_call>();
            return take_fields(from.content,
                               [](const field&) { return fault<errc>(std::nullopt); });
        }
        has_unknown_call = true;
        return std::nullopt;
    }

    fault<errc> take_envelope_field(const field& from) {
        if (from.is(v1::Request::kIdFieldNumber, type::varint)) found.id = from.value;
        if (from.is(v1::Request::kClientTimeFieldNumber, type::fixed64)) {
            found.client_time.reset();
            if (from.value != 0) found.client_time = wall_time(from.value);
        }
        if (from.number < first_call_number || from.number > last_call_number) {
            return std::nullopt;
        }
        return take_call(from);
    }
};

call_parser::call_parser() : state_(std::make_unique<state>()) {}
call_parser::~call_parser() = default;

result<call, failed_call> call_parser::parse(bytes_view payload) {
    auto& now = *state_;
    now.found.id = 0;  // the body is for begin_call
    now.found.client_time.reset();
    now.has_call = now.has_unknown_call = false;

    // A fault inside a call does not end the walk: the id may still come.
    fault<errc> why = std::nullopt;
    field_reader fields(payload);
    while (const auto next = fields.next()) {
        const auto found = now.take_envelope_field(*next);
        if (found && (!why || found == errc::undecodable_envelope)) why = found;
    }
    if (fields.broken()) why = errc::undecodable_envelope;
    if (!why && !now.has_call) why = now.has_unknown_call ? errc::unknown_call : errc::no_call;
    if (why) return failed_call{*why, now.found.id};

    if (auto* validate = std::get_if<validate_call>(&now.found.body)) validate->items = now.items;
    if (auto* check = std::get_if<check_message_call>(&now.found.body)) {
        check->items = now.messages;
    }
    return now.found;
}

}  // namespace relayauth::rpc
