#include <relayauth/verify/verifier.hpp>

#include <cstdio>

// consumer KEY-FILE USERNAME [PASSWORD] says whether a credential is good, as a relay would.
// Exit code: 0 good, 2 no key file, 3 refused.
int main(int argc, char** argv) {
    namespace verify = relayauth::verify;
    if (argc < 3) return 2;
    const auto loaded = verify::verifier::load(argv[1]);
    if (!loaded) {
        std::printf("%s\n", loaded.error().c_str());
        return 2;
    }
    for (const auto& line : loaded->warnings()) std::printf("warning: %s\n", line.c_str());
    const auto verdict = argc > 3 ? loaded->check(argv[2], argv[3]) : loaded->check(argv[2]);
    const std::string reason(verdict.good() ? "good" : to_text(*verdict.refused()));
    std::printf("%s key=%s: %s\n", reason.c_str(), std::string(verdict.key_id()).c_str(),
                verdict.words().c_str());
    return verdict.good() ? 0 : 3;
}
