#include "relayauth/verify/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
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

std::string cannot_read(const std::string& path, int code) {
    return "cannot read " + path + ": " + std::generic_category().message(code);
}

// read_some is read(2) that is not interrupted by signals; -1 leaves the reason in errno.
ssize_t read_some(int number, std::span<std::uint8_t> into) {
    for (;;) {
        const auto count = ::read(number, into.data(), into.size());
        if (count >= 0 || errno != EINTR) return count;
    }
}

}  // namespace

result<secret_file, std::string> read_secret_file(const std::string& path, std::size_t max_bytes) {
    const descriptor file(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC));  // hygiene: allow outside-world a relay's keys
    if (file.number() < 0) return cannot_read(path, errno);
    struct stat about {};
    if (::fstat(file.number(), &about) != 0) return cannot_read(path, errno);

    // All of it at once: a buffer that grows would leave copies behind.
    secret buffer(max_bytes + 1);
    std::size_t size = 0;
    while (size < buffer.size()) {
        const auto count = read_some(file.number(), buffer.reveal_for_writing().subspan(size));
        if (count < 0) return cannot_read(path, errno);
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    return secret_file{secret(buffer.reveal().first(size)),
                       (about.st_mode & (S_IRGRP | S_IROTH)) != 0};
}

}  // namespace relayauth::verify
