#!/usr/bin/env bash
# check.sh TOP: holds the tree at TOP against rules.txt. Prints one line per breach and then fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"

files() { find . \( -path ./build -o -path ./.git \) -prune -o -type f "$@" -print | sed 's|^\./||' | sort; }
mapfile -t sources < <(files \( -name '*.cpp' -o -name '*.hpp' \))
mapfile -t everything < <(files)

check_readmes() {
    local folder
    for folder in relayauth proto certs tests bench; do
        [[ -s $folder/README.md ]] || echo "$folder: readme: has no README.md"
    done
    for folder in */; do
        case ${folder%/} in
        relayauth | proto | certs | tests | bench | build) ;;
        *) echo "$folder: top-level: only the five folders and build stand here" ;;
        esac
    done
}

# Every source has its test, unless rules.txt says why not.
check_mirror() {
    local source room name
    for source in "${sources[@]}"; do
        [[ $source =~ ^relayauth/([a-z]+)/([a-z0-9_]+)\.cpp$ ]] || continue
        room=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]}
        [[ ! -e tests/unit/$room/${name}_test.cpp ]] || continue
        awk -v path="$source" '$1 == "untested" && index(path, $2) == 1 && NF > 2 { found = 1 }
            END { exit !found }' "$here/rules.txt" ||
            echo "$source: mirror: has no tests/unit/$room/${name}_test.cpp"
    done
}

# A source includes its own header first: so each build proves that the header needs nothing before it.
# headers.sh compiles the others.
check_first_include() {
    local source header first
    for source in "${sources[@]}"; do
        header=${source%.cpp}.hpp
        [[ $source == relayauth/*.cpp && -e $header ]] || continue
        first=$(grep -m 1 '^#include' "$source" || true)
        [[ $first == "#include \"$header\"" ]] || echo "$source: first-include: is not \"$header\""
    done
}

# Words that no file may hold. They are put together here so that this file does not hold them.
check_words() {
    local machine="(^|[^A-Za-z0-9_.-])/wo""rk(/|[^A-Za-z0-9_-]|\$)" reminder="\\b(TO""DO|FIX""ME|XX""X)\\b"
    grep -InE "$machine" "${everything[@]}" | sed -E 's/^([^:]*:[0-9]+):.*/\1: machine-path: names a path of one machine/'
    grep -InE "$reminder" "${everything[@]}" | grep -vE "(TO""DO|FIX""ME|XX""X)[^a-z]*#[0-9]+" |
        sed -E 's/^([^:]*:[0-9]+):.*/\1: reminder: names no issue (#N)/'
}

breaches=$(
    awk -f "$here/sources.awk" "$here/rules.txt" "${sources[@]}"
    check_readmes
    check_mirror
    check_first_include
    check_words || true
)
[[ -n $breaches ]] || exit 0
printf '%s\n' "$breaches"
exit 1
