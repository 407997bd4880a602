#pragma once

#include "relayauth/load/result.hpp"

#include <string>

namespace relayauth::load {

// html_report is a result as one HTML file that needs nothing else: no other file, no network, no
// script (its own policy forbids all three). Light or dark as the reader's system is; for windows
// from 400 px. Everything that a server, a file or another machine said is escaped. Pure; safe
// from any thread.
std::string html_report(const result& from);

}  // namespace relayauth::load
