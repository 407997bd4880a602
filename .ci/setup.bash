# Sourced by ./dev: which Debian 12 packages each command needs, and how they get there.
# shellcheck shell=bash disable=SC2034 # the lists are used by ./dev

build_packages=(g++ cmake ninja-build pkg-config libboost1.81-dev libssl-dev openssl protobuf-compiler
    libprotobuf-dev libpugixml-dev libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev libgtest-dev
    libgmock-dev libbenchmark-dev libnice-dev)
test_packages=(sip-tester haproxy libfaketime libxml2-utils iproute2 coturn redis-server redis-tools chromium prometheus)
check_packages=(clang-format clang-tidy gcovr)
fuzz_packages=(clang-14 libclang-rt-14-dev llvm-14)
bench_packages=(kamailio kamailio-tls-modules valgrind)
daemons=(haproxy coturn redis-server kamailio prometheus) # packages that would start a service, which we do not want running

# need PACKAGE... installs those that are missing; says nothing if none is.
need() {
    local package installed missing=()
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        sed -n 's/ installed$//p') || true
    for package in "$@"; do
        grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    is_debian_12 || fail "this is not Debian 12: install the like of these and try again: ${missing[*]}"
    if [[ $EUID -eq 0 ]]; then
        as_root=(env)
    elif sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        fail "neither root nor sudo without a password: run once as root: apt-get install ${missing[*]}"
    fi
    echo "dev: installing ${missing[*]}"
    hold_daemons
    mkdir -p build
    if ! install_packages "${missing[@]}" >build/install.log 2>&1 </dev/null; then
        tail -n 5 build/install.log >&2
        fail 'apt-get could not install them (all of its output: build/install.log)'
    fi
    release_daemons "${missing[@]}"
}

is_debian_12() {
    # shellcheck source=/dev/null
    [[ -r /etc/os-release ]] && (. /etc/os-release && [[ ${ID:-} == debian && ${VERSION_ID:-} == 12 ]])
}

# A package list may be stale or a mirror busy: one more try.
install_packages() {
    try_to_install "$@" || { sleep 3 && try_to_install "$@"; }
}

try_to_install() {
    local apt_get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    "${apt_get[@]}" update && "${apt_get[@]}" install -y --no-install-recommends "$@"
}

# While policy-rc.d says 101, package scripts start no daemon (invoke-rc.d(8)). One that is there
# already is left alone; ours goes again on every way out.
policy=/usr/sbin/policy-rc.d
hold_daemons() {
    [[ ! -e $policy ]] || return 0
    trap 'remove_policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
}
remove_policy() { "${as_root[@]}" rm -f "$policy"; }

# Nor may the next boot start what we installed for the tests alone.
release_daemons() {
    local daemon
    if [[ -n $(trap -p EXIT) ]]; then
        remove_policy
        trap - EXIT
    fi
    [[ -d /run/systemd/system ]] || return 0
    for daemon in "${daemons[@]}"; do
        [[ " $* " != *" $daemon "* ]] || "${as_root[@]}" systemctl disable --quiet --now "$daemon" || true
    done
}
