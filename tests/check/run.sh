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
group=check files="exit messages text csv json"
. "$(dirname "$0")/../golden/cases.sh"

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

run_cases "$@"
