#pragma once

#include "relayauth/rpc/client_codec.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace relayauth::cli {

// demo_table prints rows as they are found, in columns of fixed width, and remembers whether all
// were as they must be.
class demo_table {
public:
    struct column {
        std::string title;
        std::size_t width;
    };
    demo_table(std::ostream& out, std::vector<column> columns);

    // add prints one row, marks it when it is not as it must be, and quotes `said` below it.
    void add(const std::vector<std::string>& cells, bool as_it_must_be,
             const std::string& said = {});

    bool all_as_they_must_be() const { return failures_ == 0; }

private:
    void print(const std::vector<std::string>& cells, const char* mark);
    std::ostream& out_;
    std::vector<column> columns_;
    int failures_ = 0;
};

// What a verdict is called, `good` or the refusal's word, and what the server said about it.
std::string name_of(const rpc::received_verdict& verdict);
std::string words_of(const rpc::received_verdict& verdict);

}  // namespace relayauth::cli
