/* Asio arms a timer that is already due with an absolute 1 ns; libfaketime subtracts its offset from
 * that, the kernel refuses the negative time, and the timer never fires. Preloaded before
 * libfaketime, this hands timerfd calls straight to the kernel. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

int timerfd_settime(int file, int flags, const struct itimerspec* next, struct itimerspec* last) {
    return (int)syscall(SYS_timerfd_settime, file, flags, next, last);
}

int timerfd_gettime(int file, struct itimerspec* now) {
    return (int)syscall(SYS_timerfd_gettime, file, now);
}
