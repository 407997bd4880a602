#!/usr/bin/env bash
# instructions_test.sh TOP: what bench/instructions/check.bash says to more, fewer and no instructions, with a
# pretended valgrind.
set -euo pipefail
check=$(cd "$1" && pwd)/bench/instructions/check.bash
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=no

expect() {
    [[ $2 == "$3" ]] || { printf '%s\n  expected: %s\n  got:      %s\n' "$1" "$3" "$2"; failed=yes; }
}

# A start-up of 5000 instructions, and so many a request as the file `each` says.
mkdir "$scratch/bin"
cat >"$scratch/bin/valgrind" <<TEXT
#!/usr/bin/env bash
[[ ! -e $scratch/broken ]] || { echo 'valgrind: no'; exit 1; }
echo "==1== Collected : \$((5000 + \$(cat $scratch/each) * \${!#}))" >&2
TEXT
chmod +x "$scratch/bin/valgrind"
export PATH=$scratch/bin:$PATH

# run EACH MODE gives the exit code.
run() {
    local code=0
    echo "$1" >"$scratch/each"
    "$check" program "$scratch/recorded" "$2" >"$scratch/out" 2>&1 || code=$?
    echo "$code"
}

expect 'nothing recorded fails' "$(run 1000 --check)" 1
expect 'recording works' "$(run 1000 --record)" 0
expect 'start-up is not counted' "$(cat "$scratch/recorded")" $'sip_service 1000\nrpc_issue 1000'
expect 'the same is fine' "$(run 1000 --check)" 0
expect 'exactly 5 % more is fine' "$(run 1050 --check)" 0
expect 'fewer are fine' "$(run 500 --check)" 0
expect 'more than 5 % fails' "$(run 1051 --check)" 1
expect 'in one line for each' "$(head -n 1 "$scratch/out")" \
    'sip_service     1051 instructions a request, recorded 1000: +5.1 %, more than 5 % is too much: mend it, or say why and ./dev bench --record'
expect 'checking changes no record' "$(head -n 1 "$scratch/recorded")" 'sip_service 1000'
touch "$scratch/broken"
expect 'no count fails' "$(run 1000 --check)" 1
expect 'and does not record' "$(run 1000 --record)$(head -n 1 "$scratch/recorded")" '1sip_service 1000'

[[ $failed == no ]]
