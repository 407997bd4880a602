#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/rpc/reason.hpp"
#include "relayauth/rpc/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::rpc {

// The structs below answer an explain_call. Servers write them and clients read them; they own all
// that they hold. The .proto file says what each field means.

struct explained_verdict {
    wall_time at;
    bool refused = false;
    std::optional<reason> why;  // of a refusal; nothing: one that this client does not know
    std::string words;
};

struct explained_text {
    std::string not_a_credential;
    rpc::dialect dialect = rpc::dialect::mras;
    std::uint32_t token_version = 0;
    std::optional<wall_time> issued_at;
    std::optional<wall_time> expires_at;
    std::uint32_t lifetime_seconds = 0;
    std::string client_id;         // octets
    std::string spelled_identity;  // octets
    bool checked = false;
    std::string key_id;
    std::optional<bool> identity_fits;
    std::optional<bool> password_fits;
    std::optional<wall_time> opens_at;
    std::optional<wall_time> closes_at;
    std::vector<explained_verdict> verdicts;  // one or two
};

struct explained_mistake {
    std::string name;
    std::string words;
};

struct explained_key {
    std::string key_id;
    std::optional<wall_time> verifies_until;
    bool retired = false;
};

struct explained {
    explained_text as_given;
    std::vector<explained_mistake> mistakes;
    std::string mended_username;  // octets
    std::optional<explained_text> mended;
    std::vector<explained_key> keys;
    ticks clock_tolerance{0};
    ticks expiry_grace{0};
    ticks accept_lifetime{0};
    ticks clock_offset_setting{0};
};

}  // namespace relayauth::rpc
