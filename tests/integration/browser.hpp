#pragma once

#include <string>
#include <vector>

namespace relayauth::lab {

// framed_page is a page, and how wide a window it is to be shown in.
struct framed_page {
    std::string name;
    std::string html;
    int width;
};

enum class colour_scheme { light, dark };

// measured shows pages in a real browser without a screen, each in a frame of its width, and gives
// what page_measures.js has found: a line for everything that is wrong, then one line of what it
// looked at. Messages of the browser's console are lines as well. It has 60 seconds.
std::string measured(const std::vector<framed_page>& pages, colour_scheme scheme);

}  // namespace relayauth::lab
