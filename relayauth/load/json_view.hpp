#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::load {

// json_view reads a JSON value that nobody has checked yet. What is missing, of another kind or too
// large is noted in `problem`, with its place (`latency.histogram.buckets[3]: ...`), the first one
// only; reading goes on with zeros and empty text, so look at `problem` at the end. A view is good
// as long as the value and `problem` are. Nothing here throws but for want of memory.
class json_view {
public:
    // Larger counts are damage: a thousand of these still add up in 64 bits.
    static constexpr std::uint64_t max_count = 1'000'000'000'000'000;
    static constexpr std::size_t max_text_bytes = 65'536;

    json_view(const boost::json::value& value, std::string& problem)
        : value_(&value), problem_(&problem) {}

    // operator[] is a member of an object; one that is missing is a problem.
    json_view operator[](std::string_view key) const;

    // count is a whole number from 0 to `most`.
    std::uint64_t count(std::uint64_t most = max_count) const;
    // number is any number from `least` to `most`.
    double number(double least, double most) const;
    bool flag() const;
    std::string text() const;
    // items are those of an array, members those of an object: none if there are over `most`.
    std::vector<json_view> items(std::size_t most) const;
    std::vector<std::pair<std::string, json_view>> members(std::size_t most) const;

    // fail notes what is wrong here, unless something was noted before.
    void fail(std::string_view words) const;
    bool failed() const { return !problem_->empty(); }

private:
    json_view(const boost::json::value* value, std::string* problem, std::string path)
        : value_(value), problem_(problem), path_(std::move(path)) {}

    const boost::json::value* value_;
    std::string* problem_;
    std::string path_;
};

}  // namespace relayauth::load
