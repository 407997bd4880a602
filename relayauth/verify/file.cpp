#include "relayauth/verify/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

namespace relayauth::verify {
namespace {

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

// read_some is read(2) that is not interrupted by signals; -1 leaves the reason in errno.
ssize_t read_some(int number, std::span<std::uint8_t> into) {
    for (;;) {
        const auto count = ::read(number, into.data(), into.size());
        if (count >= 0 || errno != EINTR) return count;
    }
}

std::string_view advice_on(int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return "write it with relayauth keys export --purpose verify";
        case EACCES:
        case EPERM:
            return "make its owner the user that this relay runs as";
        default:
            return "mend that, or write another with relayauth keys export --purpose verify";
    }
}

}  // namespace

std::string unreadable_words(const std::string& path, int code) {
    return "cannot read " + path + ": " + std::generic_category().message(code) + ": " +
           std::string(advice_on(code));
}

result<secret_file, std::string> read_secret_file(const std::string& path, std::size_t max_bytes) {
    // A pipe that nobody writes to would else be waited for; regular files never are.
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    const descriptor file(
        ::open(path.c_str(), flags));  // hygiene: allow outside-world a relay's keys
    if (file.number() < 0) return unreadable_words(path, errno);
    struct stat about {};
    if (::fstat(file.number(), &about) != 0) return unreadable_words(path, errno);
    if (!S_ISREG(about.st_mode)) {
        return path +
               " is no regular file: name the one that relayauth keys export --purpose verify "
               "wrote";
    }

    // All of it at once: a buffer that grows would leave copies behind.
    secret buffer(max_bytes + 1);
    std::size_t size = 0;
    while (size < buffer.size()) {
        const auto count = read_some(file.number(), buffer.reveal_for_writing().subspan(size));
        if (count < 0) return unreadable_words(path, errno);
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    return secret_file{secret(buffer.reveal().first(size)),
                       (about.st_mode & (S_IRGRP | S_IROTH)) != 0};
}

}  // namespace relayauth::verify
