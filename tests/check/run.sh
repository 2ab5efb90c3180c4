#!/bin/sh
# The 核对单: a folder a case under tests/check/cases: template.xml and data/ in; text, csv, json, messages and exit out.
# usage: [UPDATE=1] [WENYIN=build/wenyin] tests/check/run.sh [CASE...]
#   args        further arguments, quoted as for a shell; `-p 2024-06` where there is no such file
#   like        the name of another case whose template and data this one takes; its own files go over them
#   text        expected standard output of `wenyin check template.xml -d data ARGS`
#   csv, json   expected -o x.csv, -o x.json; only what is there is compared
#   messages    expected standard error of the first; absent: nothing
#   exit        expected exit status of each; absent: 0
# UPDATE=1 writes them anew (csv and json where they are there): look at every difference before you commit it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-check.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

# run_case NAME: leaves text, csv, json, messages and exit in $work/out.
run_case() {
    rm -rf "$work/case" "$work/out"
    mkdir "$work/case" "$work/out" || return 1
    if [ -f "$here/cases/$1/like" ]; then
        cp -R "$here/cases/$(cat "$here/cases/$1/like")/." "$work/case" || return 1
        rm -f "$work/case/args"
    fi
    cp -R "$here/cases/$1/." "$work/case" && cd "$work/case" || return 1
    name=$1
    args='-p 2024-06'
    [ ! -f args ] || args=$(cat args)
    eval "set -- $args"
    "$wenyin" check template.xml -d data "$@" >"$work/out/text" 2>"$work/out/messages" </dev/null
    echo $? >"$work/out/exit"
    for form in csv json; do
        [ -f "$here/cases/$name/$form" ] || continue
        "$wenyin" check template.xml -d data "$@" -o "$work/out/x.$form" >/dev/null 2>&1 </dev/null
        [ "$(cat "$work/out/exit")" = $? ] || echo "another status for -o x.$form" >>"$work/out/messages"
        [ ! -f "$work/out/x.$form" ] || mv "$work/out/x.$form" "$work/out/$form"
    done
}

# expected FILE NAME: what should be there, into $work/expected.
expected() {
    if [ -f "$here/cases/$2/$1" ]; then
        cat "$here/cases/$2/$1"
    elif [ "$1" = exit ]; then
        echo 0
    fi >"$work/expected"
}

judge() {
    for file in exit messages text csv json; do
        [ -f "$work/out/$file" ] || continue
        expected "$file" "$1"
        if ! cmp -s "$work/expected" "$work/out/$file"; then
            diff "$work/expected" "$work/out/$file" >"$work/difference"
            want=$(grep -m 1 '^<' "$work/difference") || want='< nothing'
            is=$(grep -m 1 '^>' "$work/difference") || is='> nothing'
            echo "FAIL check/$1: $file: expected ${want#< } -- is ${is#> }"
            return
        fi
    done
    echo "ok check/$1"
}

update() {
    for file in exit messages text csv json; do
        if [ -s "$work/out/$file" ] && [ "$file $(cat "$work/out/$file")" != 'exit 0' ]; then
            cp "$work/out/$file" "$here/cases/$1/$file"
        else
            rm -f "$here/cases/$1/$file"
        fi
    done
    echo "ok check/$1"
}

[ $# -gt 0 ] || set -- $(cd "$here/cases" && ls)
for name in "$@"; do
    if ! run_case "$name"; then
        echo "FAIL check/$name: the case could not be run"
    elif [ -n "${UPDATE:-}" ]; then
        update "$name"
    else
        judge "$name"
    fi
done
