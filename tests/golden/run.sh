#!/bin/sh
# Golden tests: a folder a case under tests/golden/cases: template.xml and data/ in; doc, messages and exit out.
# usage: [UPDATE=1] [WENYIN=build/wenyin] tests/golden/run.sh [CASE...]
#   args        further arguments, quoted as for a shell; `-p 2024-06` where there is no such file
#   prepare.sh  makes data that does not stand well in a repository (GBK, CRLF); runs in a copy of the case
#   doc         expected standard output of `wenyin render template.xml -d data ARGS --dump doc`; absent: nothing
#   messages    expected standard error; absent: nothing
#   exit        expected exit status; absent: 0
# UPDATE=1 writes the three anew: look at every difference before you commit it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-golden.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

# run_case NAME: leaves doc, messages and exit in $work/out.
run_case() {
    rm -rf "$work/case" "$work/out"
    cp -R "$here/cases/$1" "$work/case" && mkdir "$work/out" || return 1
    cd "$work/case" || return 1
    rm -f doc messages exit
    if [ -f prepare.sh ]; then
        sh prepare.sh || return 1
    fi
    args='-p 2024-06'
    [ ! -f args ] || args=$(cat args)
    data=
    [ ! -d data ] || data='-d data'
    # shellcheck disable=SC2086
    (eval "set -- $args" && exec "$wenyin" render template.xml $data "$@" --dump doc) \
        >"$work/out/doc" 2>"$work/out/messages" </dev/null
    echo $? >"$work/out/exit"
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
    for file in exit messages doc; do
        expected "$file" "$1"
        if ! cmp -s "$work/expected" "$work/out/$file"; then
            # the first line that differs, as expected and as it is
            diff "$work/expected" "$work/out/$file" >"$work/difference"
            want=$(grep -m 1 '^<' "$work/difference") || want='< nothing'
            is=$(grep -m 1 '^>' "$work/difference") || is='> nothing'
            echo "FAIL golden/$1: $file: expected ${want#< } -- is ${is#> }"
            return
        fi
    done
    echo "ok golden/$1"
}

update() {
    for file in exit messages doc; do
        if [ -s "$work/out/$file" ] && [ "$file $(cat "$work/out/$file")" != 'exit 0' ]; then
            cp "$work/out/$file" "$here/cases/$1/$file"
        else
            rm -f "$here/cases/$1/$file"
        fi
    done
    echo "ok golden/$1"
}

[ $# -gt 0 ] || set -- $(cd "$here/cases" && ls)
for name in "$@"; do
    if ! run_case "$name"; then
        echo "FAIL golden/$name: the case could not be run"
    elif [ -n "${UPDATE:-}" ]; then
        update "$name"
    else
        judge "$name"
    fi
done
