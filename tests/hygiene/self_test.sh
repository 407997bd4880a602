#!/usr/bin/env bash
# Plants one breach of each rule into a small clean tree; check.sh must name it. Plants harmless look-alikes
# too; check.sh must let them pass.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=no

clean_tree() {
    rm -rf "${tree:?}"/*
    local folder
    for folder in relayauth proto certs tests bench; do
        mkdir -p "$tree/$folder"
        echo "What lives in $folder." >"$tree/$folder/README.md"
    done
    mkdir -p "$tree"/relayauth/{base,crypto,token,mras,rpc,session,verify,net,server,cli} "$tree"/tests/unit/{sip,token,mras,rpc,verify,net,server}
    touch "$tree"/tests/unit/{token,mras,rpc,verify,net,server}/x_test.cpp
}

check() { bash "$here/check.sh" "$tree" 2>&1; }

# catches RULE FILE LINE...: with these lines FILE breaks exactly that rule.
catches() {
    local rule=$1 file=$2 output
    shift 2
    clean_tree
    mkdir -p "$tree/$(dirname "$file")"
    printf '%s\n' "$@" >"$tree/$file"
    output=$(check) && { echo "not caught: $rule in $file: $*"; failed=yes; return; }
    [[ $output =~ ^$file:([0-9]+:)?\ $rule:\ [^$'\n']+$ ]] || { echo "for $rule in $file: $output"; failed=yes; }
}

# allows FILE LINE...: nothing is wrong with that.
allows() {
    local file=$1 output
    shift
    clean_tree
    printf '%s\n' "$@" >"$tree/$file"
    output=$(check) || { echo "wrongly caught in $file: $output"; failed=yes; }
}

clean_tree
check || { echo 'the clean tree is not clean'; failed=yes; }

once='#pragma once'
catches include-room relayauth/token/x.cpp '#include "relayauth/session/y.hpp"'
catches include-room relayauth/base/x.hpp "$once" '#include "relayauth/crypto/y.hpp"'
catches include-room relayauth/server/x.cpp '#include "relayauth/cli/y.hpp"'
catches include-path relayauth/token/x.cpp '#include "y.hpp"'
catches include-outside relayauth/token/x.cpp '#include <openssl/evp.h>'
catches include-outside relayauth/token/x.cpp '#include <sys/socket.h>'
catches include-outside relayauth/token/x.cpp '#include <boost/asio.hpp>'
catches include-outside relayauth/net/x.cpp '#include <spdlog/spdlog.h>'
catches include-outside relayauth/server/x.cpp '#include <CLI/CLI.hpp>'
catches include-outside relayauth/mras/x.cpp '#include "relayauth/v1/relay_auth.pb.h"'
catches include-outside relayauth/mras/x.cpp '#include <pugixml.hpp>'
catches include-header relayauth/rpc/x.hpp "$once" '#include "relayauth/v1/relay_auth.pb.h"'
catches include-header relayauth/crypto/x.hpp "$once" '#include <openssl/sha.h>'
catches include-banned relayauth/token/x.cpp '#include <iostream>'
catches clock relayauth/token/x.cpp 'auto t = std::chrono::system_clock::now();'
catches clock relayauth/token/x.cpp 'auto t = std::chrono::steady_clock::now();'
catches clock relayauth/token/x.cpp 'auto t = time(nullptr);'
catches clock relayauth/token/x.cpp 'auto t = std::time(nullptr);'
catches clock relayauth/token/x.cpp 'clock_gettime(CLOCK_REALTIME, &t);'
catches clock relayauth/token/x.cpp 'gettimeofday(&t, nullptr);'
catches clock relayauth/verify/x.cpp 'return std::chrono::system_clock::now();'
catches outside-world relayauth/verify/x.cpp 'const int f = ::open(path, O_RDONLY);'
catches include-header relayauth/verify/x.hpp "$once" '#include <fcntl.h>'
catches include-outside relayauth/verify/x.cpp '#include <openssl/evp.h>'
catches include-room relayauth/verify/x.cpp '#include "relayauth/certificate/y.hpp"'
catches memcmp relayauth/token/x.cpp 'return memcmp(a, b, 20) == 0;'
catches memcmp relayauth/server/x.cpp 'return std::memcmp(a, b, 20) == 0;'
catches log relayauth/token/x.cpp 'std::cout << 1;'
catches log relayauth/token/x.cpp 'std::printf("x");'
catches log relayauth/token/x.cpp 'std::fprintf(stderr, "x");'
catches log relayauth/token/x.cpp 'spdlog::info("x");'
catches socket relayauth/token/x.cpp 'int s = ::socket(1, 2, 3);'
catches socket relayauth/token/x.cpp 'boost::asio::io_context io;'
catches throw relayauth/token/x.cpp 'throw 1;'
catches outside-world relayauth/token/x.cpp 'auto* f = std::fopen("a", "r");'
catches outside-world relayauth/token/x.cpp 'auto* e = getenv("A");'
catches room relayauth/helpers/x.hpp "$once"
catches pragma-once relayauth/token/x.hpp 'struct x;'
catches mirror relayauth/token/y.cpp 'int y;'
catches mirror relayauth/net/y.cpp 'int y;'
catches test-time tests/unit/token/x_test.cpp 'std::this_thread::sleep_for(1s);'
catches test-time tests/unit/token/x_test.cpp 'auto t = std::chrono::system_clock::now();'
catches machine-path proto/x.txt "see /wo""rk/main"
catches reminder proto/x.txt "TO""DO: later"
mapfile -t long < <(seq 351)
catches length relayauth/token/x.cpp "${long[@]}"

clean_tree
mkdir "$tree/helpers"
[[ $(check) == "helpers/: top-level: "* ]] || { echo 'a sixth folder is not seen'; failed=yes; }

clean_tree
printf '%s\n' "$once" >"$tree/relayauth/token/x.hpp"
printf '%s\n' '#include <vector>' '#include "relayauth/token/x.hpp"' >"$tree/relayauth/token/x.cpp"
[[ $(check) == 'relayauth/token/x.cpp: first-include: '* ]] || { echo 'a late own header is not seen'; failed=yes; }
printf '%s\n' '#include "relayauth/token/x.hpp"' '#include <vector>' >"$tree/relayauth/token/x.cpp"
check || { echo 'its own header first is wrongly caught'; failed=yes; }

for folder in relayauth proto certs tests bench; do
    clean_tree
    rm "$tree/$folder/README.md"
    output=$(check) && { echo "a missing $folder/README.md is not seen"; failed=yes; }
    [[ $output == "$folder: readme: has no README.md" ]] || { echo "$output"; failed=yes; }
done

allows relayauth/verify/x.cpp '#include "relayauth/crypto/y.hpp"' '#include "relayauth/base/z.hpp"' '#include <vector>'
allows relayauth/rpc/x.cpp '#include "relayauth/v1/relay_auth.pb.h"'
allows relayauth/net/x.cpp '#include <boost/asio.hpp>' '#include <sys/socket.h>' '// steady_clock' 'auto t = std::chrono::steady_clock::now();'
allows relayauth/token/x.cpp '// memcmp(a, b) and throw and time(nullptr)' '/* std::cout' 'steady_clock */' 'auto s = "throw memcmp(";'
allows relayauth/token/x.cpp 'wall_time(0); snprintf(a, b); t.time(); runtime(1); issue_time(2);'
allows relayauth/token/x.cpp 'memcmp(a, b, 2);  // hygiene: allow memcmp both are sent in the clear'
allows proto/x.txt "TO""DO #12: later" 'network/work' 'homework'
allows relayauth/verify/x.cpp '#include <fcntl.h>' 'return system_clock::now();  // hygiene: allow clock its only one'
mapfile -t fits < <(seq 350)
allows relayauth/token/x.cpp "${fits[@]}"

[[ $failed == no ]]
