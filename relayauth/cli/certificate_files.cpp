#include "relayauth/cli/certificate_files.hpp"

#include "relayauth/client/file.hpp"

#include <filesystem>
#include <system_error>

namespace relayauth::cli {

result<written_files, client::failure> write_certificate_files(const std::string& folder,
                                                               const certificate::created& made) {
    const std::filesystem::path place(folder);
    std::error_code why;
    std::filesystem::create_directories(place, why);
    if (why) {
        return client::failure{"cannot make the folder " + folder + ": " + why.message()};
    }
    const written_files files{place / "cert.pem", place / "key.pem"};
    if (std::filesystem::exists(std::filesystem::symlink_status(files.certificate, why))) {
        return client::failure{client::already_there(files.certificate)};
    }
    if (auto wrong = client::write_new_file(files.key, made.private_key_pem.reveal(), 0600)) {
        return client::failure{*wrong};
    }
    if (auto wrong =
            client::write_new_file(files.certificate, as_bytes(made.certificate_pem), 0644)) {
        std::filesystem::remove(files.key, why);  // it was ours, and serves nobody
        return client::failure{*wrong};
    }
    return files;
}

}  // namespace relayauth::cli
