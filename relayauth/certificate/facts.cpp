#include "relayauth/certificate/facts.hpp"

#include "relayauth/certificate/chain.hpp"
#include "relayauth/certificate/container.hpp"
#include "relayauth/certificate/x509_facts.hpp"

namespace relayauth::certificate {

result<facts, failure> read_facts(bytes_view file, const secret& password) {
    constexpr std::string_view role = "certificate file";
    const error_scope errors;
    const auto found = read_container(file, password.empty() ? nullptr : &password, role);
    if (!found) return found.error();
    if (found->certificates.empty()) {
        return failure{errc::no_certificate,
                       std::string(role) +
                           ": there is no certificate in it; give the file that "
                           "has the CERTIFICATE block"};
    }
    const auto pair = matching_pair(found->certificates, found->keys);
    const auto leaf = pair ? pair->certificate : leaf_of(found->certificates);
    return facts_of(found->certificates[leaf].get(), role);
}

}  // namespace relayauth::certificate
