#!/bin/sh
# Counts the `ok` and `FAIL` lines of result logs, lists the failures, and closes with `N passed, N failed`.
# usage: tools/tally.sh LOG...
set -u
passed=0 failed=0
for log in "$@"; do
    if [ ! -f "$log" ]; then
        echo "FAIL $log: no such log"
        failed=$((failed + 1))
        continue
    fi
    passed=$((passed + $(grep -ac '^ok ' "$log")))
    failed=$((failed + $(grep -ac '^FAIL ' "$log")))
done
if [ "$failed" -gt 0 ]; then
    echo "failed:"
    grep -ah '^FAIL ' "$@" 2>/dev/null
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
