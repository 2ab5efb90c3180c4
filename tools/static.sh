#!/bin/sh
# What can be judged without running the program: layers, headers, lengths, forbidden calls. `ok` / `FAIL` lines.
# usage: tools/static.sh COMPILER FLAGS...      (for the headers)
set -u
cd "$(dirname "$0")/.."
sh tools/layers.sh

# Every header compiles alone, and twice (its guard works).
for header in $(find src -name '*.h' | sort); do
    name=${header#src/}
    if printf '#include "%s"\n#include "%s"\n' "$name" "$name" | "$@" -fsyntax-only -x c - >build/header.err 2>&1; then
        echo "ok headers/$name"
    else
        echo "FAIL headers/$name: $(grep -m 1 -E 'error|warning' build/header.err)"
    fi
done

# Lengths: a file 600 lines, a function 80, a line 110 characters. A flat table or switch may be longer: it bears
# the comment `flat table` on the line of its opening brace or the one above. Functions open and close in column 0.
# In the C locale awk sees bytes; UTF-8 continuation bytes are dropped before counting.
for file in $(find src tests/unit tests/fuzz -name '*.[ch]' 2>/dev/null | sort); do
    LC_ALL=C awk -v file="$file" '
        function fail(why) { print "FAIL lengths/" file ":" why; bad = 1 }
        {
            text = $0
            gsub(/[\200-\277]/, "", text)
            if (length(text) > 110 && !long++) longest = NR
            if (text ~ /^[A-Za-z_].*\(/) name = text
        }
        /^[^ \t#}\/*].*\{$|^\{$/ { start = NR; flat = /flat table/ || before ~ /flat table/ }
        /flat table/ && /\{/ { start = NR; flat = 1 }
        /^}$/ && start {
            if (NR - start + 1 > 80 && !flat) fail(start ": function of " NR - start + 1 " lines: " name)
            start = 0
        }
        { before = $0 }
        END {
            if (long) fail(longest ": " long " lines of more than 110 characters, the first here")
            if (NR > 600) fail(" file of " NR " lines")
            if (!bad) print "ok lengths/" file
        }' "$file"
done

# Calls that overrun, guess, or read numbers by locale (docs/architecture.md, conventions 7).
forbidden='strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atoll|atof|strtod|strtof|strtok|alloca|setjmp|longjmp'
found=$(grep -rnE --include='*.c' --include='*.h' "(^|[^A-Za-z0-9_>.])($forbidden) ?\(" src |
    grep -vE '^[^:]*:[0-9]+: *(/?\*|//)')
if [ -n "$found" ]; then
    echo "$found" | sed 's/^\([^:]*:[0-9]*\):/FAIL forbidden\/\1: /'
else
    echo "ok forbidden"
fi
