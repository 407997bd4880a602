#pragma once

#include "relayauth/sip/framer.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::sip {

// heap_copy is a block of exactly the size of `bytes`: ASan sees a read of one octet too many.
inline std::vector<char> heap_copy(std::string_view bytes) {
    return {bytes.begin(), bytes.end()};
}

// event is one step of the framer, copied so that it outlives the octets.
struct event {
    enum step::kind kind = step::kind::need_more;
    std::string start_line;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    errc why = errc::not_sip;

    bool operator==(const event&) const = default;
};

// stream feeds one framer as a connection does: octets come in pieces, consumed ones are dropped.
class stream {
public:
    explicit stream(const limits& bounds = {}) : bounds_(bounds), framer_(bounds_) {}
    stream(const stream&) = delete;
    stream& operator=(const stream&) = delete;

    void feed(std::string_view piece) {
        pending_.append(piece);
        while (!broken()) {
            auto octets = heap_copy(pending_);
            const auto got = framer_.next(octets, table_);
            ASSERT_LE(got.consumed, octets.size());
            pending_.erase(0, got.consumed);
            if (got.kind == step::kind::need_more) return;
            note(got, octets);
        }
    }

    const std::vector<event>& events() const { return events_; }
    const std::string& pending() const { return pending_; }
    bool inside_message() const { return framer_.inside_message(); }
    bool broken() const { return !events_.empty() && events_.back().kind == step::kind::broken; }

private:
    void note(const step& got, const std::vector<char>& octets) {
        event each;
        each.kind = got.kind;
        if (got.kind == step::kind::broken) each.why = got.why;
        if (got.kind == step::kind::message) {
            each.start_line = table_.start_line;
            for (const auto& h : table_.headers()) each.headers.emplace_back(h.name, h.value);
            each.body.assign(got.body.begin(), got.body.end());
            EXPECT_EQ(got.body.data() + got.body.size(), octets.data() + got.consumed);
        }
        events_.push_back(std::move(each));
    }

    limits bounds_;
    framer framer_;
    header_table table_;
    std::string pending_;
    std::vector<event> events_;
};

// fed gives all events of `pieces` that arrive one after the other.
inline std::vector<event> fed(std::initializer_list<std::string_view> pieces,
                              const limits& bounds = {}) {
    stream s(bounds);
    for (const auto piece : pieces) s.feed(piece);
    return s.events();
}

inline std::vector<event> fed_byte_by_byte(std::string_view bytes, const limits& bounds = {}) {
    stream s(bounds);
    for (std::size_t i = 0; i < bytes.size(); ++i) s.feed(bytes.substr(i, 1));
    return s.events();
}

// breaks_with tells that `bytes` lose the framing for `why` with no message before, however fed.
inline testing::AssertionResult breaks_with(std::string_view bytes, errc why,
                                            const limits& bounds = {}) {
    event lost;
    lost.kind = step::kind::broken;
    lost.why = why;
    for (const auto& events : {fed({bytes}, bounds), fed_byte_by_byte(bytes, bounds)}) {
        if (events.size() != 1 || events[0].kind != step::kind::broken) {
            return testing::AssertionFailure() << "not broken at once: " << bytes;
        }
        if (events[0] != lost) {
            return testing::AssertionFailure() << to_text(events[0].why) << ": " << bytes;
        }
    }
    return testing::AssertionSuccess();
}

// framed is one message and its headers, all alive as long as it is.
class framed {
public:
    explicit framed(std::string_view bytes, const limits& bounds = {})
        : bounds_(bounds), octets_(heap_copy(bytes)), table_() {
        framer f(bounds_);
        step_ = f.next(octets_, table_);
    }
    framed(const framed&) = delete;
    framed& operator=(const framed&) = delete;

    bool is_whole() const {
        return step_.kind == step::kind::message && step_.consumed == octets_.size();
    }
    const step& got() const { return step_; }
    const header_table& table() const { return table_; }
    std::string_view body() const { return {step_.body.data(), step_.body.size()}; }

private:
    limits bounds_;
    std::vector<char> octets_;
    header_table table_;
    step step_;
};

// replaced gives `text` with its one `old_part` exchanged for `new_part`.
inline std::string replaced(std::string_view text, std::string_view old_part,
                            std::string_view new_part) {
    std::string out(text);
    const auto at = out.find(old_part);
    EXPECT_NE(at, std::string::npos) << old_part;
    if (at != std::string::npos) out.replace(at, old_part.size(), new_part);
    return out;
}

}  // namespace relayauth::sip
