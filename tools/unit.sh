#!/bin/sh
# Runs cmocka binaries and turns what they print into `ok` / `FAIL` lines.
# usage: tools/unit.sh BINARY...          each binary's whole output is kept beside it as BINARY.out
set -u
for binary in "$@"; do
    timeout -k 5 300 "$binary" >"$binary.out" 2>&1 </dev/null
    status=$?
    # cmocka names a failed test twice (when it fails, and in the closing list); the reason stands before the first.
    awk -v binary="${binary##*/}" -v status="$status" '
        /^\[  ERROR   \] --- / { why = substr($0, 17) }
        /^\[   LINE   \] --- / { why = why " (" substr($0, 17) ")" }
        /^\[ +OK +\] /   { sub(/^\[ +OK +\] /, ""); print "ok " binary "/" $0; good++ }
        /^\[ +FAILED +\] / {
            sub(/^\[ +FAILED +\] /, "")
            if (/test\(s\)/ || seen[$0]++) next
            print "FAIL " binary "/" $0 ": " (why == "" ? "see " binary ".out" : why); why = ""; bad++
        }
        END {
            if (status == 124) print "FAIL " binary ": not done after 300 s"
            else if (status != 0 && !bad) print "FAIL " binary ": exited " status
            else if (!good && !bad) print "FAIL " binary ": ran no test"
        }' "$binary.out"
    [ "$status" -eq 0 ] || tail -n 30 "$binary.out" >&2
done
