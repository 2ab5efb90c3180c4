#!/bin/sh
# Makes the showpiece reports of `make demo`: PDF, text, and a PNG of every page.
# usage: tools/demo.sh WENYIN OUTPUT-FOLDER
# A later template is one more line in the list below: NAME, then the arguments of `wenyin render`.
set -eu
wenyin=$1 out=$2
mkdir -p "$out"
rm -f "$out"/*.png

while read -r name arguments; do
    [ -n "$name" ] || continue
    # shellcheck disable=SC2086  # the arguments are words
    "$wenyin" render "templates/$name.xml" $arguments -o "$out/$name.pdf" </dev/null
    # shellcheck disable=SC2086
    "$wenyin" render "templates/$name.xml" $arguments -o "$out/$name.txt" </dev/null
    pdftoppm -r 100 -png "$out/$name.pdf" "$out/$name"
done <<LIST
工作汇报 -d samples -p 2024-06
LIST

ls "$out"
