#!/usr/bin/env bash
# dev_test.sh TOP: the words and exit codes of ./dev that need no build, and its set-up against a pretended
# apt-get: what is missing is installed and nothing else, one retry, one clear line when it cannot be.
set -euo pipefail
top=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=no

expect() {
    [[ $2 == "$3" ]] || { printf '%s\n  expected: %s\n  got:      %s\n' "$1" "$3" "$2"; failed=yes; }
}

code_of() {
    local code=0
    "$top/dev" "$@" >"$scratch/out" 2>&1 </dev/null || code=$?
    echo "$code"
}

expect 'help works' "$(code_of help)" 0
for command in 'run \[--once\]' test demo bench 'bench --compare' 'bench --check' 'fuzz SECONDS' format check; do
    grep -q "^  $command" "$scratch/out" || { echo "help does not name $command"; failed=yes; }
done
expect 'no command shows the help' "$(code_of)" 0
for wrong in 'nonsense' 'fuzz' 'fuzz 0' 'fuzz ten' 'run --twice' 'run --listen' 'run --listen nowhere' 'test now' \
    'bench --check now'; do
    # shellcheck disable=SC2086 # words are meant
    expect "./dev $wrong is refused" "$(code_of $wrong)" 2
    expect "./dev $wrong is refused in one line" "$(wc -l <"$scratch/out")" 1
done

# A machine where only g++ is installed, and an apt-get that notes how it is called.
mkdir "$scratch/bin"
cat >"$scratch/bin/dpkg-query" <<'TEXT'
#!/bin/sh
echo 'g++ installed'
echo 'cmake not-installed'
exit 1
TEXT
cat >"$scratch/bin/apt-get" <<TEXT
#!/bin/sh
for word; do case \$word in update | install) echo "\$word" >>"$scratch/calls" ;; esac; done
echo "\$*" >>"$scratch/lines"
[ ! -e "$scratch/broken" ]
TEXT
chmod +x "$scratch"/bin/*

# set_up ROOT_OR_NOT OS: `need g++ cmake coturn` with the real set-up code.
set_up() {
    local code=0
    rm -f "$scratch/calls" "$scratch/lines"
    # shellcheck disable=SC2317,SC2034 # what it defines is used by the sourced code
    (
        cd "$scratch"
        fail() { echo "dev: $*"; exit 1; }
        sleep() { :; }
        # shellcheck source=/dev/null
        . "$top/.ci/setup.bash"
        policy=$scratch/policy-rc.d
        case $1 in
        debian) is_debian_12() { true; } ;;
        other) is_debian_12() { false; } ;;
        esac
        set -euo pipefail
        PATH=$scratch/bin:$PATH
        if [[ $EUID -ne 0 ]]; then sudo() { [[ $1 != -n ]] || shift; "$@"; }; fi
        need g++ cmake coturn
    ) >"$scratch/out" 2>&1 || code=$?
    echo "$code"
}

expect 'set-up works' "$(set_up debian)" 0
expect 'and says one line' "$(cat "$scratch/out")" 'dev: installing cmake coturn'
expect 'it updates, then installs' "$(tr '\n' ' ' <"$scratch/calls")" 'update install '
[[ $(tail -n 1 "$scratch/lines") == *' cmake coturn' ]] || { echo 'it does not install what is missing'; failed=yes; }
[[ ! -e $scratch/policy-rc.d ]] || { echo 'policy-rc.d was left behind'; failed=yes; }

touch "$scratch/broken"
expect 'a broken apt-get is an error' "$(set_up debian)" 1
expect 'after one retry' "$(tr '\n' ' ' <"$scratch/calls")" 'update update '
[[ ! -e $scratch/policy-rc.d ]] || { echo 'policy-rc.d was left behind after an error'; failed=yes; }

expect 'another system is an error' "$(set_up other)" 1
expect 'in one line that names what to install' "$(cat "$scratch/out")" \
    'dev: this is not Debian 12: install the like of these and try again: cmake coturn'

[[ $failed == no ]]
