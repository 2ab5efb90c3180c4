#!/bin/sh
# Reruns the fuzz corpora (tests/fuzz/corpus/NAME/ for tests/fuzz/fuzz_NAME.c), or searches for new inputs.
# usage: tools/fuzz.sh BINARY...                      one `ok` / `FAIL` line a target
#        tools/fuzz.sh --search SECONDS BINARY...     libFuzzer binaries (make fuzz)
set -u
search=
if [ "${1-}" = --search ]; then
    search=$2
    shift 2
fi
bad=0
for binary in "$@"; do
    name=${binary##*/fuzz_}
    corpus=tests/fuzz/corpus/$name
    if [ -n "$search" ]; then
        found=build/fuzz/found/$name
        mkdir -p "$found" build/fuzz/crashes "$corpus"
        echo "fuzz $name: $search s"
        "$binary" -max_total_time="$search" -timeout=10 -rss_limit_mb=4096 -artifact_prefix="build/fuzz/crashes/$name-" \
            "$found" "$corpus" >"$found.log" 2>&1 || { bad=1; tail -n 30 "$found.log"; }
        tail -n 1 "$found.log"
        continue
    fi
    count=$(find "$corpus" -type f 2>/dev/null | wc -l)
    if [ "$count" -eq 0 ]; then
        echo "FAIL fuzz/$name: no corpus in $corpus"
    elif find "$corpus" -type f -print0 | sort -z | xargs -0 timeout 300 "$binary" >"$binary.out" 2>&1; then
        echo "ok fuzz/$name ($count inputs)"
    else
        # The driver names each input before it runs it: the last name is the guilty one.
        echo "FAIL fuzz/$name: $(sed -n 's/^input //p' "$binary.out" | tail -n 1) (see $binary.out)"
        tail -n 30 "$binary.out" >&2
    fi
done
exit $bad
