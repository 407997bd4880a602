#pragma once

#include <string_view>

namespace relayauth::load {

// html_style is the CSS of the report's page, besides that of its charts.
std::string_view html_style();

}  // namespace relayauth::load
