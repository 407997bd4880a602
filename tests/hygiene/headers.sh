#!/usr/bin/env bash
# headers.sh TOP COMPILER: every header of the core rooms compiles alone. Those that have a source of the same
# name are compiled first in it (check.sh sees to that); the others are compiled here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
compiler=$2
core=$(awk '$1 == "room" { if ($2 == "net") exit; print $2 }' "$here/rules.txt")

compile() {
    # Through a file of its own: a header that is compiled as itself warns about #pragma once.
    echo "#include \"$1\"" | "$compiler" -std=c++20 -fsyntax-only -I . -x c++ - && return
    echo "$1: does not compile alone"
    return 1
}
export compiler
export -f compile

for room in $core; do
    [[ ! -d relayauth/$room ]] || find "relayauth/$room" -name '*.hpp'
done | sort | while read -r header; do
    [[ -e ${header%.hpp}.cpp ]] || printf '%s\n' "$header"
done | xargs -r -n 1 -P 2 bash -c "compile \"\$0\""
