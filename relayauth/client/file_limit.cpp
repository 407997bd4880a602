#include "relayauth/client/file_limit.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace relayauth::client {

std::size_t raise_file_limit(std::size_t wanted) {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 0;
    if (files.rlim_cur >= wanted) return files.rlim_cur;
    rlimit raised = files;
    raised.rlim_cur = wanted;
    raised.rlim_max = std::max<rlim_t>(files.rlim_max, wanted);
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return wanted;
    // Only root may lift the hard limit: up to it, then.
    raised.rlim_max = files.rlim_max;
    raised.rlim_cur = std::min<rlim_t>(wanted, files.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return raised.rlim_cur;
    return files.rlim_cur;
}

}  // namespace relayauth::client
