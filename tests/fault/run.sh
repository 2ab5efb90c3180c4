#!/bin/sh
# Stops and full disks: a file under its final name is whole, or the older one; nothing else is left in its folder.
# usage: [WENYIN=build/wenyin] tests/fault/run.sh        `ok` / `FAIL` lines
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
samples=$(pwd)/samples
template=$(pwd)/templates/工作汇报.xml
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-fault.XXXXXX") || exit 1
disk=$work/disk
mkdir "$disk" "$work/out"
trap 'umount "$disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1

render() { "$wenyin" render "$template" -d "$samples" -p 2024-06 -o "$1" 2>messages; }

now() { date +%s%N; }

begun=$(now)
if ! render whole.pdf || ! qpdf --check whole.pdf >/dev/null 2>&1; then
    echo "FAIL fault/whole: $(head -n 1 messages)"
    exit 0
fi
took=$((($(now) - begun) / 1000)) # microseconds

# left NAME: whether the folder out holds nothing but a.pdf, which is one of the files OTHER...
left() {
    for file in out/* out/.[!.]*; do
        [ -e "$file" ] || continue
        [ "$file" = out/a.pdf ] || { echo "$file is left"; return 1; }
    done
    [ -e out/a.pdf ] || return 0
    cmp -s out/a.pdf whole.pdf || { [ "$1" = old ] && cmp -s out/a.pdf old.pdf; } ||
        { echo "a.pdf is broken"; return 1; }
}

# kills NAME: 30 runs, each killed at another moment between its beginning and its end.
kills() {
    moment=0 killed=0
    while [ "$moment" -lt 30 ]; do
        moment=$((moment + 1))
        rm -f out/a.pdf
        [ "$1" = absent ] || cp old.pdf out/a.pdf
        seconds=$(awk -v t="$took" -v m="$moment" 'BEGIN { printf "%.6f", t * m / 30 / 1000000 }')
        timeout -s KILL "$seconds" "$wenyin" render "$template" -d "$samples" -p 2024-06 -o out/a.pdf >/dev/null 2>&1
        [ $? -ne 137 ] || killed=$((killed + 1))
        why=$(left "$1") || { echo "FAIL fault/kill-$1: after $seconds s: $why"; return; }
    done
    if [ "$killed" -lt 10 ]; then
        echo "FAIL fault/kill-$1: only $killed of 30 runs were killed in time"
    else
        echo "ok fault/kill-$1"
    fi
}

printf 'an older file\n' >old.pdf
kills absent
kills old

# Runs at once to one name: each is whole, the last one stays.
for run in 1 2 3 4; do
    "$wenyin" render "$template" -d "$samples" -p 2024-06 -o out/a.pdf 2>/dev/null || echo "$run" >>failed &
done
wait
if why=$(left absent) && [ -e out/a.pdf ] && [ ! -e failed ]; then
    echo "ok fault/at-once"
else
    echo "FAIL fault/at-once: ${why:-$(cat failed 2>/dev/null) failed}"
fi

# A full disk, where we may mount one.
if mount -t tmpfs -o size=40k none "$disk" 2>/dev/null; then
    for older in absent old; do
        rm -f "$disk"/*
        [ "$older" = absent ] || cp old.pdf "$disk/a.pdf"
        render "$disk/a.pdf"
        status=$?
        found=$(ls -A "$disk")
        if [ "$status" -ne 5 ] || ! grep -q 'E402: .*磁盘已满' messages; then
            echo "FAIL fault/disk-full-$older: exit status $status: $(head -n 1 messages)"
        elif [ "$older" = absent ] && [ -n "$found" ]; then
            echo "FAIL fault/disk-full-$older: $found is left"
        elif [ "$older" = old ] && { [ "$found" != a.pdf ] || ! cmp -s "$disk/a.pdf" old.pdf; }; then
            echo "FAIL fault/disk-full-$older: the older file is lost: $found"
        else
            echo "ok fault/disk-full-$older"
        fi
    done
else
    echo "fault: no tmpfs can be mounted here, disk-full left out (test_sink has every byte)" >&2
fi
