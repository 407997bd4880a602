#include "lab_certificate.hpp"

#include "child_process.hpp"

#include <gtest/gtest.h>

namespace relayauth::lab {
namespace {

void openssl(std::vector<std::string> arguments, const std::vector<std::string>& environment = {}) {
    arguments.insert(arguments.begin(), "openssl");
    const auto made = run(arguments, environment);
    EXPECT_EQ(made.code, 0) << "openssl " << arguments[1] << ": " << made.errors;
}

lab_certificate files_of(const temporary_folder& folder, std::string_view name) {
    return {folder.path(std::string(name) + ".pem"), folder.path(std::string(name) + ".key")};
}

}  // namespace

lab_certificate make_certificate(const temporary_folder& folder, std::string_view name,
                                 const std::vector<std::string>& options,
                                 const std::vector<std::string>& environment) {
    const auto files = files_of(folder, name);
    std::vector<std::string> words = {"req",
                                      "-x509",
                                      "-newkey",
                                      "ec",
                                      "-nodes",
                                      "-pkeyopt",
                                      "ec_paramgen_curve:P-256",
                                      "-subj",
                                      "/CN=" + std::string(name),
                                      "-keyout",
                                      files.key,
                                      "-out",
                                      files.certificate};
    words.insert(words.end(), options.begin(), options.end());
    openssl(words, environment);
    return files;
}

lab_certificate renew(const temporary_folder& folder, std::string_view name,
                      const lab_certificate& old) {
    auto files = files_of(folder, name);
    files.key = old.key;
    openssl({"req", "-x509", "-new", "-key", old.key, "-subj", "/CN=" + std::string(name), "-out",
             files.certificate});
    return files;
}

lab_authority::lab_authority(const temporary_folder& folder)
    : folder_(folder), own_(make_certificate(folder, "authority")) {}

lab_certificate lab_authority::sign(std::string_view name, std::string_view usage) const {
    const auto files = files_of(folder_, name);
    const auto request = folder_.path(std::string(name) + ".request");
    const auto extensions = folder_.write(std::string(name) + ".extensions",
                                          "subjectAltName = DNS:" + std::string(name) +
                                              "\nextendedKeyUsage = " + std::string(usage) + "\n");
    openssl({"req", "-new", "-newkey", "ec", "-nodes", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-subj", "/CN=" + std::string(name), "-keyout", files.key, "-out", request});
    openssl({"x509", "-req", "-in", request, "-CA", own_.certificate, "-CAkey", own_.key,
             "-CAcreateserial", "-days", "30", "-extfile", extensions, "-out", files.certificate});
    return files;
}

}  // namespace relayauth::lab
