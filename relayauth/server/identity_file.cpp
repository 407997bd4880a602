#include "relayauth/server/identity_file.hpp"

#include "relayauth/client/file.hpp"

namespace relayauth::server {

using certificate::identity;

std::optional<std::vector<certificate_paths>> pair_paths(
    const std::vector<std::string>& certificates, const std::vector<std::string>& keys) {
    if (keys.size() > certificates.size()) return std::nullopt;
    std::vector<certificate_paths> pairs;
    for (std::size_t i = 0; i < certificates.size(); ++i) {
        pairs.push_back({certificates[i], i < keys.size() ? keys[i] : std::string()});
    }
    return pairs;
}

result<std::optional<secret>, std::string> read_password_of(const std::string& password_file,
                                                            const std::string& option) {
    if (password_file.empty()) return std::optional<secret>();
    auto password = client::read_password_file(password_file);
    if (!password) return option + ": " + password.error();
    return std::optional<secret>(std::move(*password));
}

result<identity, std::string> read_identity(const certificate_paths& paths,
                                            const std::optional<secret>& password) {
    auto certificate = client::read_file(paths.certificate, certificate::max_file_bytes);
    if (!certificate) return paths.option + ": " + certificate.error();
    std::vector<std::uint8_t> key;
    if (!paths.key.empty()) {
        auto bytes = client::read_file(paths.key, certificate::max_file_bytes);
        if (!bytes) {
            wipe(*certificate);
            return paths.key_option + ": " + bytes.error();
        }
        key = std::move(*bytes);
    }
    auto parsed = identity::parse({*certificate, key, password ? &*password : nullptr});
    wipe(key);
    wipe(*certificate);  // it may hold the key too
    if (!parsed) {
        return paths.certificate + (paths.key.empty() ? "" : " with " + paths.key) + ": " +
               parsed.error().text;
    }
    return std::move(*parsed);
}

}  // namespace relayauth::server
