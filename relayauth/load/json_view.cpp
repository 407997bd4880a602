#include "relayauth/load/json_view.hpp"

#include "relayauth/load/figures.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace relayauth::load {
namespace {

const boost::json::value nothing;

std::string joined(const std::string& path, std::string_view key) {
    // A key may be anything, and the path is for people.
    return path.empty() ? safe_text(key) : path + "." + safe_text(key);
}

}  // namespace

void json_view::fail(std::string_view words) const {
    if (failed()) return;
    *problem_ = path_.empty() ? std::string(words) : path_ + ": " + std::string(words);
}

json_view json_view::operator[](std::string_view key) const {
    const auto* object = value_->if_object();
    if (object == nullptr) {
        fail("it is no object");
        return {&nothing, problem_, joined(path_, key)};
    }
    const auto* found = object->if_contains({key.data(), key.size()});
    json_view member(found != nullptr ? found : &nothing, problem_, joined(path_, key));
    if (found == nullptr) member.fail("it is missing");
    return member;
}

std::uint64_t json_view::count(std::uint64_t most) const {
    std::uint64_t value = 0;
    if (const auto* whole = value_->if_int64(); whole != nullptr && *whole >= 0) {
        value = static_cast<std::uint64_t>(*whole);
    } else if (const auto* large = value_->if_uint64(); large != nullptr) {
        value = *large;
    } else {
        fail("it is no whole number, 0 or more");
        return 0;
    }
    if (value <= most) return value;
    fail("it is over " + std::to_string(most));
    return 0;
}

double json_view::number(double least, double most) const {
    double value = 0;
    if (const auto* real = value_->if_double(); real != nullptr) {
        value = *real;
    } else if (const auto* whole = value_->if_int64(); whole != nullptr) {
        value = static_cast<double>(*whole);
    } else if (const auto* large = value_->if_uint64(); large != nullptr) {
        value = static_cast<double>(*large);
    } else {
        fail("it is no number");
        return 0;
    }
    if (value >= least && value <= most) return value;
    fail("it is out of range");
    return 0;
}

bool json_view::flag() const {
    if (const auto* value = value_->if_bool(); value != nullptr) return *value;
    fail("it is neither true nor false");
    return false;
}

std::string json_view::text() const {
    const auto* value = value_->if_string();
    if (value == nullptr) {
        fail("it is no text");
        return {};
    }
    if (value->size() <= max_text_bytes) return {value->data(), value->size()};
    fail("it is longer than " + std::to_string(max_text_bytes) + " octets");
    return {};
}

std::vector<json_view> json_view::items(std::size_t most) const {
    const auto* array = value_->if_array();
    std::vector<json_view> found;
    if (array == nullptr) {
        fail("it is no array");
    } else if (array->size() > most) {
        fail("it has over " + std::to_string(most) + " items");
    } else {
        found.reserve(array->size());
        for (const auto& each : *array) {
            found.push_back({&each, problem_, path_ + "[" + std::to_string(found.size()) + "]"});
        }
    }
    return found;
}

std::vector<std::pair<std::string, json_view>> json_view::members(std::size_t most) const {
    const auto* object = value_->if_object();
    std::vector<std::pair<std::string, json_view>> found;
    if (object == nullptr) {
        fail("it is no object");
    } else if (object->size() > most) {
        fail("it has over " + std::to_string(most) + " members");
    } else {
        found.reserve(object->size());
        for (const auto& each : *object) {
            const std::string key(each.key().data(), each.key().size());
            found.emplace_back(key, json_view(&each.value(), problem_, joined(path_, key)));
        }
    }
    for (const auto& [key, view] : found) {
        if (key.size() > max_text_bytes) view.fail("the name is too long");
    }
    return found;
}

}  // namespace relayauth::load
