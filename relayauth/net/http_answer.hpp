#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace relayauth::net {

// http_answer is what one resource says.
struct http_answer {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
};

// http_handler gives the answer to a GET of `target`, as it stood in the request line: printable
// ASCII, nothing else is checked. HEAD gets the same without its body.
using http_handler = std::function<http_answer(std::string_view target)>;

}  // namespace relayauth::net
