# Reads rules.txt, then every C++ source (paths from the project's top), and prints one line
#   path:line: rule: words
# for each breach. A line that carries `hygiene: allow RULE` followed by a reason is let through.

function breach(rule, words) {
    if (raw ~ ("hygiene: allow " rule " [^ ]")) return
    printf "%s:%d: %s: %s\n", FILENAME, FNR, rule, words
}

# code_of drops what is no code: the inside of strings and characters, and comments.
function code_of(line) {
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    gsub(/'[^']*'/, "' '", line)
    if (in_comment) {
        if (!sub(/^.*\*\//, "", line)) return ""
        in_comment = 0
    }
    gsub(/\/\*[^*]*\*\//, "", line)
    sub(/\/\/.*/, "", line)
    if (sub(/\/\*.*/, "", line)) in_comment = 1
    return line
}

function has(list, word) { return index(" " list " ", " " word " ") > 0 }

# uses tells whether `code` holds `name` as a whole word, called or not.
function uses(name) { return code ~ ("(^|[^A-Za-z0-9_])(" name ")([^A-Za-z0-9_]|$)") }
function calls(name) { return code ~ ("(^|[^A-Za-z0-9_.>])(" name ") *\\(") }

function check_room_include(target) {
    if (target == room || target == "base" || has(rooms[room], target)) return
    if (has(rooms[room], "any") && target != "cli") return
    breach("include-room", room " may not include " target)
}

function check_outside_include(header,    i, count, list, prefix, only_cpp) {
    count = split(outside[room], list, " ")
    for (i = 1; i <= count; i++) {
        prefix = list[i]
        only_cpp = sub(/:cpp$/, "", prefix)
        if (prefix == "system" && header ~ /\.h$/ && header !~ /^(openssl|spdlog|toml\+\+)\//) prefix = header
        if (index(header, prefix) != 1) continue
        if (!only_cpp || FILENAME ~ /\.cpp$/) return
        breach("include-header", "<" header "> only in .cpp files of " room)
        return
    }
    breach("include-outside", room " may not include <" header ">")
}

function check_include(    header) {
    header = raw
    sub(/^ *# *include *["<]/, "", header)
    sub(/[">].*/, "", header)
    if (header ~ /^relayauth\/v[0-9]+\//) check_outside_include(header)
    else if (header ~ /^relayauth\/[a-z]+\/[a-z0-9_]+\.hpp$/) {
        split(header, part, "/")
        check_room_include(part[2])
    } else if (raw ~ /include *"/) breach("include-path", "write \"relayauth/ROOM/x.hpp\"")
    else if (header ~ /[.\/]/) check_outside_include(header)
    else if (core && has(banned, header)) breach("include-banned", "<" header "> in a core room")
}

function check_core() {
    if (uses("system_clock|steady_clock|high_resolution_clock|utc_clock|X509_cmp_current_time|X509_gmtime_adj") ||
        calls("(std::|::)?(clock_gettime|gettimeofday|time|clock|timespec_get)"))
        breach("clock", "`now` is a parameter here")
    if (uses("spdlog|cout|cerr|clog|stdout|stderr") || calls("(std::|::)?(printf|puts|putchar|perror|syslog)"))
        breach("log", "the core does not print: session reports, server logs")
    if (uses("boost::asio|boost::beast") || calls("::(socket|bind|connect|accept|listen|send|recv)"))
        breach("socket", "no sockets below net/")
    if (uses("throw")) breach("throw", "errors are values in the core")
    if (calls("(std::|::)?(getenv|fopen|open)")) breach("outside-world", "no files or environment in the core")
}

FILENAME ~ /rules\.txt$/ {
    if ($1 == "room") {
        split($0, column, "|")
        rooms[$2] = column[2]
        outside[$2] = column[3]
        if ($2 == "net") after_core = 1
        if (!after_core) is_core[$2] = 1
    }
    if ($1 == "banned") banned = substr($0, 8)
    next
}

FNR == 1 {
    split(FILENAME, path, "/")
    room = path[1] == "relayauth" ? path[2] : ""
    core = room in is_core
    in_comment = 0
    pragma_seen = 0
    if (room != "" && !(room in rooms)) { raw = ""; breach("room", "rules.txt knows no room " room) }
}

{
    raw = $0
    code = code_of($0)
    if (FNR == 351) breach("length", "over 350 lines")
    if (room != "") {
        if (raw ~ /^ *# *include/) check_include()
        if (room != "crypto" && calls("(std::|::)?(memcmp|CRYPTO_memcmp)"))
            breach("memcmp", "use constant_time_equal, or say why the octets are no secret")
        if (FILENAME ~ /\.hpp$/ && FNR == 1 && raw != "#pragma once") breach("pragma-once", "is its first line")
    }
    if (core) check_core()
    if (FILENAME ~ /^tests\/unit\// && (uses("system_clock|steady_clock|sleep_for|sleep_until") || calls("(::)?u?sleep")))
        breach("test-time", "a unit test depends on no real time")
}
