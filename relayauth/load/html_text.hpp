#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace relayauth::load {

// html makes text from a server, a file or another machine safe to show on a page, in elements and
// in attributes: it is bounded, what is no visible character is written as \x1b, and & < > " ' are
// escaped. Pure; safe from any thread.
std::string html(std::string_view text);

// html_duration is duration_figure with a real µ, and a space that no line is broken at.
std::string html_duration(std::chrono::nanoseconds value);

}  // namespace relayauth::load
