#!/usr/bin/env bash
# check.bash PROGRAM FILE --check|--record: instructions for each request, as callgrind counts them for PROGRAM
# (bench_instructions), held against those in FILE: lines of a case and its figure. More by over 5 % fails.
# --record writes FILE anew.
set -euo pipefail
program=$1 recorded=$2 mode=$3
most_percent=5
few=200 many=1200 # what they differ by is counted: start-up is the same for both

# The same code on every processor: OpenSSL and the C library would choose by what they find here, and
# valgrind does not know all of it.
export OPENSSL_ia32cap=~0x1000180000000000:0 # no AVX, FMA or XOP; nothing of what came later
export GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX,-AVX512F,-BMI2,-ERMS,-FSRM,-LZCNT,-MOVBE,-RTM

# count CASE COUNT: instructions of a whole run.
count() {
    local said
    said=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1) || {
        printf '%s\n' "$said" >&2
        return 1
    }
    sed -n 's/^==[0-9]*== Collected : \([0-9]*\).*/\1/p' <<<"$said"
}

# per_request CASE
per_request() {
    local first second
    first=$(count "$1" "$few")
    second=$(count "$1" "$many")
    [[ -n $first && -n $second ]] || { echo "bench: callgrind says no count for $1" >&2; return 1; }
    echo $(((second - first) / (many - few)))
}

# judge CASE NOW OLD: one line; fails if it is worse.
judge() {
    local change
    if [[ -z $3 ]]; then
        printf '%-12s %7d instructions a request, none recorded yet: ./dev bench --record\n' "$1" "$2"
        return 1
    fi
    change=$(awk -v now="$2" -v old="$3" 'BEGIN { printf "%+.1f %%", (now - old) * 100 / old }')
    printf '%-12s %7d instructions a request, recorded %d: %s' "$1" "$2" "$3" "$change"
    if (($2 * 100 > $3 * (100 + most_percent))); then
        printf ', more than %d %% is too much: mend it, or say why and ./dev bench --record\n' "$most_percent"
        return 1
    fi
    printf ', fine\n'
}

worse=no
lines=()
for case in sip_service rpc_issue; do
    now=$(per_request "$case")
    old=$(awk -v name="$case" '$1 == name { print $2 }' "$recorded" 2>/dev/null || true)
    lines+=("$case $now")
    if [[ $mode == --record ]]; then
        printf '%-12s %7d instructions a request, recorded before: %s\n' "$case" "$now" "${old:-none}"
    else
        judge "$case" "$now" "$old" || worse=yes
    fi
done
if [[ $mode == --record ]]; then printf '%s\n' "${lines[@]}" >"$recorded"; fi
[[ $worse == no ]]
