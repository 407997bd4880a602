#include "relayauth/verify/errc.hpp"

namespace relayauth::verify {

std::string_view to_text(errc why) {
    switch (why) {
        case errc::empty:
            return "the file is empty: make it with relayauth keys export --purpose verify";
        case errc::too_large:
            return "longer than the 1 MiB that a key file may have: is it another file?";
        case errc::not_a_key_file:
            return "not a key file: relayauth keys export --purpose verify makes one from a "
                   "certificate and its private key";
        case errc::another_version:
            return "a version of key files that is not known here: export it with the release of "
                   "relayauth that this library belongs to";
        case errc::cut:
            return "it does not end with its checksum line: it was cut, or something was added; "
                   "export it again";
        case errc::damaged:
            return "its checksum is wrong: it was altered, by an editor or on its way; export it "
                   "again";
        case errc::no_key:
            return "there is no key in it: export it again";
        case errc::unexpected_line:
            return "not what stands here in version 1 of key files: export it again";
        case errc::key_id:
            return "a key's id has 1 to 64 letters, digits, '-' and '_'";
        case errc::key_stage:
            return "a key's id is followed by 'mints', or by 'verifies-until' and a time as "
                   "2030-01-02T03:04:05Z";
        case errc::key_octets:
            return "a key is written in 32 to 128 lower-case hexadecimal digits";
        case errc::realm_secret:
            return "a TURN REST secret is written in 64 lower-case hexadecimal digits";
        case errc::realm:
            return "a realm is neither empty nor has it control characters";
        case errc::realm_not_utf8:
            return "the realm is not UTF-8: export it again from a terminal whose text is";
        case errc::realm_twice:
            return "the realm has a secret of this key already: name it once";
    }
    return {};
}

std::string words(const failure& what) {
    const std::string text(to_text(what.why));
    return what.line == 0 ? text : "line " + std::to_string(what.line) + ": " + text;
}

}  // namespace relayauth::verify
