// A stream of octets, cut into pieces by a rule that its first two octets choose, goes through the
// framer; every command is read as a key and answered. What must hold:
// * pieces and whole give the same commands and the same fault;
// * written again as arrays, the commands are read as the same;
// * an answer that quotes the peer is one line of printable ASCII.
#include "relayauth/resp/framer.hpp"
#include "relayauth/resp/name.hpp"
#include "relayauth/resp/reply.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::resp {
namespace {

using words = std::vector<std::string>;

void require(bool holds) {
    if (!holds) std::abort();
}

void require_one_printable_line(std::string_view answer) {
    require(answer.starts_with('-') && answer.ends_with("\r\n"));
    answer.remove_suffix(2);
    require(std::all_of(answer.begin(), answer.end(), [](char c) { return c >= ' ' && c <= '~'; }));
}

void read_key(bytes_view key) {
    static const std::array<std::string, 4> realms = {"r", "a/user/b", "", "a"};
    const auto name = parse_key(key);
    require((name.kind == key_kind::other) == name.realm.empty());
    const auto got = split_user_key(name, realms);
    require((name.kind == key_kind::user_key) == !got.realm.empty());
    if (got.realm.empty()) return;
    const auto again = std::string(got.realm) + "/user/" + std::string(got.user);
    require(again == name.realm);
    require("turn/realm/" + again + "/key" == as_text(key));
}

words read_arguments(const command_table& table) {
    require(!table.arguments().empty() && table.count <= max_elements);
    words all;
    for (const auto each : table.arguments()) {
        read_key(each);
        all.emplace_back(as_text(each));
    }
    std::string answer;
    append_error(answer, "ERR unknown command", table.arguments()[0]);
    require_one_printable_line(answer);
    return all;
}

struct outcome {
    std::vector<words> commands;
    std::optional<errc> broken;
};

// feed gives the octets to one framer; `piece` says how many arrive next.
template <class Piece>
outcome feed(std::string_view bytes, Piece piece) {
    static command_table table;
    framer f;
    outcome seen;
    std::string pending;
    while (!bytes.empty()) {
        const auto size = std::min(bytes.size(), piece());
        pending.append(bytes.substr(0, size));
        bytes.remove_prefix(size);
        for (bool again = true; again;) {
            const std::vector<char> octets(pending.begin(), pending.end());  // exactly sized
            const auto got = f.next(as_bytes({octets.data(), octets.size()}), table);
            if (!got) {
                std::string answer;
                append_error(answer, got.error());
                require_one_printable_line(answer);
                seen.broken = got.error().why;
                return seen;
            }
            require(got->consumed <= octets.size() && (!got->is_command || got->consumed > 0));
            again = got->is_command;
            if (again) seen.commands.push_back(read_arguments(table));
            pending.erase(0, got->consumed);
            require(again || f.inside_command() == !pending.empty());
        }
    }
    return seen;
}

std::string written(const std::vector<words>& commands) {
    std::string out;
    for (const auto& each : commands) {
        out += "*" + std::to_string(each.size()) + "\r\n";
        for (const auto& argument : each) append_bulk(out, argument);
    }
    return out;
}

void compare(std::string_view bytes, std::uint32_t seed) {
    const auto whole = feed(bytes, [&bytes] { return bytes.size(); });
    const std::uint32_t longest = 1u << (seed & 7);
    const auto pieces = feed(bytes, [&seed, longest] {
        seed = seed * 1664525 + 1013904223;
        return std::size_t{1} + (seed >> 16) % longest;
    });
    require(pieces.commands == whole.commands && pieces.broken == whole.broken);

    // Written as an array, an inline command is longer and may be over the limit.
    const auto again = written(whole.commands);
    if (again.size() > max_command_bytes) return;
    const auto second = feed(again, [&again] { return again.size(); });
    require(second.commands == whole.commands && !second.broken);
}

}  // namespace
}  // namespace relayauth::resp

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto seed = static_cast<std::uint32_t>(data[0] | data[1] << 8);
    relayauth::resp::compare({reinterpret_cast<const char*>(data + 2), size - 2}, seed);
    return 0;
}
