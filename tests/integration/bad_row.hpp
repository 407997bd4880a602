#pragma once

#include <ostream>
#include <string>

namespace relayauth::lab {

// bad_row is one bad input and all that must be seen of it.
struct bad_row {
    std::string name;
    std::string octets;
    int status = 0;        // 0: no answer
    std::string reason;    // of the SIP status, or of the XML where `xml`
    bool lives = true;     // the connection, afterwards
    bool xml = false;      // 200 with an XML answer whose reasonPhrase is `reason`
    std::string header;    // `Name: value` that the answer must have
    std::string log_line;  // words of the line beside the peer's name
    std::string counted;   // a field of the last line, for two such inputs
};

// check_row sends the row to a server of its own, in plain text and over TLS, and checks the
// answer, the connection, the next good request, the log line and the count.
void check_row(const bad_row& row);

// How GoogleTest shows a row, and names a test after it.
inline std::ostream& operator<<(std::ostream& out, const bad_row& row) {
    return out << row.name;
}
inline std::string name_of_row(const bad_row& row) {
    return row.name;
}

}  // namespace relayauth::lab
