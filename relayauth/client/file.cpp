#include "relayauth/client/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace relayauth::client {
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
    // close tells what went wrong, as some file systems write only then; 0: nothing.
    int close() { return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR ? 0 : errno; }

private:
    int number_;
};

std::string system_words(int code) {
    return std::generic_category().message(code);
}

// What to do about what keeps a file from being read, where there is something to say.
std::string read_failure(int code) {
    auto words = system_words(code);
    if (code == ENOENT || code == ENOTDIR) words += ": check the path";
    if (code == EISDIR) words += ": name a file in it";
    if (code == EACCES || code == EPERM) words += ": let the user that runs this read it";
    return words;
}

std::string cannot_read(const std::string& path, const std::string& why) {
    return "cannot read " + path + ": " + why;
}

// read_some is read(2) that is not interrupted by signals; -1 leaves the reason in errno.
ssize_t read_some(int number, std::span<std::uint8_t> into) {
    for (;;) {
        const auto count = ::read(number, into.data(), into.size());
        if (count >= 0 || errno != EINTR) return count;
    }
}

int write_all(int number, bytes_view content) {
    while (!content.empty()) {
        const auto count = ::write(number, content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        content = content.subspan(static_cast<std::size_t>(count));
    }
    return 0;
}

// The first guess is a regular file's size and one octet more, so that nothing is moved around.
std::size_t first_size(int number, std::size_t max_bytes) {
    struct stat about {};
    const bool known = ::fstat(number, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
    const auto size = known ? static_cast<std::size_t>(about.st_size) : std::size_t{4096};
    return std::min(size, max_bytes) + 1;
}

std::string_view advice_on_writing(int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return ": make its folder first, or choose one that is there";
        case EACCES:
        case EPERM:
        case EROFS:
            return ": choose a folder that you may write to";
        case EISDIR:
            return ": name a file in it";
        case ENOSPC:
        case EDQUOT:
            return ": make room there, or choose another place";
        default:
            return "";
    }
}

std::string cannot_write(const std::string& path, int code) {
    return "cannot write " + path + ": " + system_words(code) +
           std::string(advice_on_writing(code));
}

}  // namespace

result<std::vector<std::uint8_t>, std::string> read_file(const std::string& path,
                                                         std::size_t max_bytes) {
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return cannot_read(path, read_failure(errno));
    std::vector<std::uint8_t> content(first_size(file.number(), max_bytes));
    std::size_t size = 0;
    for (;;) {
        if (size == content.size()) content.resize(std::min(size * 2, max_bytes + 1));
        const auto count = read_some(file.number(), std::span(content).subspan(size));
        if (count < 0) return cannot_read(path, read_failure(errno));
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
        if (size > max_bytes) {
            wipe(content);
            return cannot_read(path, "it is longer than " + std::to_string(max_bytes) + " octets");
        }
    }
    content.resize(size);
    return content;
}

result<secret, std::string> read_password_line(int number, const std::string& name) {
    std::array<std::uint8_t, max_password_bytes> line{};
    std::size_t size = 0;
    // One octet at a time: what follows the line in a pipe is not ours.
    for (;;) {
        std::array<std::uint8_t, 1> octet{};
        const auto count = read_some(number, octet);
        if (count < 0) {
            const auto why = read_failure(errno);
            wipe(line);
            return cannot_read(name, why);
        }
        if (count == 0 || octet[0] == '\n') break;
        if (size == line.size()) {
            wipe(line);
            return cannot_read(name, "its first line is longer than " +
                                         std::to_string(max_password_bytes) + " octets");
        }
        line[size++] = octet[0];
    }
    if (size > 0 && line[size - 1] == '\r') --size;
    secret password(bytes_view(line).first(size));
    wipe(line);
    return password;
}

result<secret, std::string> read_password_file(const std::string& path) {
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return cannot_read(path, read_failure(errno));
    return read_password_line(file.number(), path);
}

std::string already_there(const std::string& path) {
    return path +
           " is there already and is never overwritten: choose another place, or remove it "
           "first";
}

std::optional<std::string> write_new_file(const std::string& path, bytes_view content,
                                          unsigned permissions) {
    const descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions));
    if (file.number() < 0 && errno == EEXIST) {
        return already_there(path);
    }
    if (file.number() < 0) {
        const int code = errno;
        return "cannot make " + path + ": " + system_words(code) +
               std::string(advice_on_writing(code));
    }
    if (const int code = write_all(file.number(), content); code != 0) {
        ::unlink(path.c_str());
        return cannot_write(path, code);
    }
    return std::nullopt;
}

std::optional<std::string> check_writable(const std::string& path) {
    const descriptor there(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (there.number() >= 0) return std::nullopt;
    if (errno != ENOENT) return cannot_write(path, errno);
    const descriptor made(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (made.number() < 0) return cannot_write(path, errno);
    ::unlink(path.c_str());
    return std::nullopt;
}

std::optional<std::string> write_file(const std::string& path, bytes_view content) {
    descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.number() < 0) return cannot_write(path, errno);
    if (const int code = write_all(file.number(), content); code != 0) {
        // What is no file, such as a pipe, cannot be emptied, and need not be.
        [[maybe_unused]] const int emptied = ::ftruncate(file.number(), 0);
        return cannot_write(path, code);
    }
    if (const int code = file.close(); code != 0) return cannot_write(path, code);
    return std::nullopt;
}

}  // namespace relayauth::client
