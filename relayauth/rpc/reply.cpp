#include "relayauth/rpc/reply.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/rpc/wire.hpp"

#include "relayauth/v1/relay_auth.pb.h"

#include <algorithm>
#include <cassert>

namespace relayauth::rpc {
namespace {

// Anything but 0, which proto3 would leave out; seen by nobody.
constexpr std::uint64_t not_stamped = ~std::uint64_t{0};
constexpr std::size_t written_at_bytes = 8;

void assign(std::string& to, std::string_view text) {
    to.assign(text.data(), text.size());
}

std::uint64_t filetime_or_0(const std::optional<wall_time>& t) {
    return t ? t->filetime() : 0;
}

std::uint64_t count_or_0(ticks d) {
    return static_cast<std::uint64_t>(std::max(d, ticks{0}).count());
}

void fill(v1::Refusal& to, const refusal_details& from) {
    to.set_reason(static_cast<v1::Reason>(from.why));
    assign(*to.mutable_words(), from.words);
    to.set_server_time(from.server_time.filetime());
    to.set_issued_at(filetime_or_0(from.issued_at));
    to.set_expires_at(filetime_or_0(from.expires_at));
    to.clear_offset_ticks();
    if (from.offset) to.set_offset_ticks(from.offset->count());
    to.set_clock_offset_setting_ticks(from.clock_offset_setting.count());
}

void fill(v1::GoodCredential& to, const good_credential& from) {
    assign(*to.mutable_key_id(), from.key_id);
    to.set_issued_at(filetime_or_0(from.issued_at));
    to.set_expires_at(from.expires_at.filetime());
    to.set_remaining_ticks(count_or_0(from.remaining));
    to.set_token_version(from.token_version);
}

void fill(v1::Relay& to, const relay& from) {
    to.set_location(static_cast<v1::Relay_Location>(from.where));
    assign(*to.mutable_host(), from.host);
    to.set_udp_port(from.udp_port);
    to.set_tcp_port(from.tcp_port);
}

void fill(v1::IssueReply& to, const issued& from) {
    assign(*to.mutable_username(), from.username);
    assign(*to.mutable_password(), from.password);
    to.set_token_version(from.token_version);
    to.set_issued_at(from.issued_at.filetime());
    to.set_expires_at(from.expires_at.filetime());
    to.set_duration_minutes(from.duration_minutes);
    to.clear_realms();
    for (const auto realm : from.realms) assign(*to.add_realms(), realm);
    to.clear_relays();
    for (const auto& one : from.relays) fill(*to.add_relays(), one);
    assign(*to.mutable_key_id(), from.key_id);
}

void fill(v1::ValidateReply& to, std::span<const verdict> from) {
    to.clear_verdicts();
    for (const auto& one : from) {
        auto& verdict = *to.add_verdicts();
        if (const auto* good = std::get_if<good_credential>(&one)) {
            fill(*verdict.mutable_good(), *good);
        } else {
            fill(*verdict.mutable_refused(), *std::get_if<refusal_details>(&one));
        }
    }
}

void fill(v1::ServerInfoReply& to, const server_info& from) {
    to.set_server_time(from.server_time.filetime());
    to.set_clock_offset_setting_ticks(from.clock_offset_setting.count());
    to.clear_keys();
    for (const auto& one : from.keys) {
        auto& key = *to.add_keys();
        assign(*key.mutable_key_id(), one.key_id);
        key.set_stage(static_cast<v1::Key_Stage>(one.stage));
        key.set_not_after(one.not_after.filetime());
    }
    assign(*to.mutable_version(), from.version);
    to.set_max_lifetime_minutes(from.max_lifetime_minutes);
    to.set_clock_tolerance_ticks(count_or_0(from.clock_tolerance));
}

void append_frame(std::string& out, v1::Reply& reply, std::uint64_t id, wall_time read_at) {
    reply.set_id(id);
    reply.set_read_at(read_at.filetime());
    reply.set_written_at(not_stamped);
    const auto size = reply.ByteSizeLong();
    const auto start = out.size();
    out.resize(start + frame_header_bytes + size);
    auto* frame = reinterpret_cast<std::uint8_t*>(out.data()) + start;
    store_be32(frame, static_cast<std::uint32_t>(size));
    reply.SerializeWithCachedSizesToArray(frame + frame_header_bytes);
}

}  // namespace

// One envelope per kind of answer, never cleared as a whole: to switch the kind of one would free
// what it holds.
struct reply_writer::state {
    v1::Reply issue, validate, info, error;
};

reply_writer::reply_writer() : state_(std::make_unique<state>()) {}
reply_writer::~reply_writer() = default;

void reply_writer::write(std::string& out, std::uint64_t id, wall_time read_at,
                         const issued& answer) {
    fill(*state_->issue.mutable_issue(), answer);
    append_frame(out, state_->issue, id, read_at);
}

void reply_writer::write(std::string& out, std::uint64_t id, wall_time read_at,
                         std::span<const verdict> answer) {
    fill(*state_->validate.mutable_validate(), answer);
    append_frame(out, state_->validate, id, read_at);
}

void reply_writer::write(std::string& out, std::uint64_t id, wall_time read_at,
                         const server_info& answer) {
    fill(*state_->info.mutable_server_info(), answer);
    append_frame(out, state_->info, id, read_at);
}

void reply_writer::write(std::string& out, std::uint64_t id, wall_time read_at,
                         const refusal_details& answer) {
    fill(*state_->error.mutable_error(), answer);
    append_frame(out, state_->error, id, read_at);
}

void stamp_written_at(std::span<char> frames, wall_time now) {
    auto* at = reinterpret_cast<std::uint8_t*>(frames.data());
    auto* const end = at + frames.size();
    while (at != end) {
        assert(static_cast<std::size_t>(end - at) > frame_header_bytes + written_at_bytes);
        at += frame_header_bytes + load_be32(at);
        assert(at <= end);
        // protobuf writes fields by ascending number, and a fixed64 little-endian.
        auto value = now.filetime();
        for (std::size_t i = 0; i < written_at_bytes; ++i, value >>= 8) {
            *(at - written_at_bytes + i) = static_cast<std::uint8_t>(value);
        }
    }
}

std::string_view to_text(relay_location value) {
    return value == relay_location::internet ? "internet" : "intranet";
}

std::string_view to_text(key_stage value) {
    switch (value) {
        case key_stage::pending:
            return "pending";
        case key_stage::minting:
            return "minting";
        case key_stage::verifying:
            return "verifying";
        case key_stage::retired:
            return "retired";
    }
    return "";
}

}  // namespace relayauth::rpc
