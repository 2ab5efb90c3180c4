#!/bin/sh
# Golden tests: a folder a case under tests/golden/cases: template.xml and data/ in; doc, messages and exit out.
# usage: [UPDATE=1] [WENYIN=build/wenyin] tests/golden/run.sh [CASE...]
#   args        further arguments, quoted as for a shell; `-p 2024-06` where there is no such file
#   prepare.sh  makes data that does not stand well in a repository (GBK, CRLF); runs in a copy of the case
#   doc         expected standard output of `wenyin render template.xml -d data ARGS --dump doc`; absent: nothing
#               where there is a plan.xml: of `wenyin bundle plan.xml -d data ARGS --dump pages`
#   messages    expected standard error; absent: nothing
#   exit        expected exit status; absent: 0
# UPDATE=1 writes the three anew: look at every difference before you commit it.
set -u
group=golden files="exit messages doc"
. "$(dirname "$0")/cases.sh"

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
    command='render template.xml' form=doc
    [ ! -f plan.xml ] || command='bundle plan.xml' form=pages
    # shellcheck disable=SC2086
    (eval "set -- $args" && exec "$wenyin" $command $data "$@" --dump $form) \
        >"$work/out/doc" 2>"$work/out/messages" </dev/null
    echo $? >"$work/out/exit"
}

run_cases "$@"
