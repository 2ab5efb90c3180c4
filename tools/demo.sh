#!/bin/sh
# Makes the showpiece papers of `make demo`: the first of tools/papers.txt as PDF, text, and a PNG of every page, the others
# as PDF. usage: tools/demo.sh WENYIN OUTPUT-FOLDER
set -eu
wenyin=$1 out=$2
mkdir -p "$out"
rm -f "$out"/*.png

first=yes
grep -v '^#' tools/papers.txt | while read -r name template options; do
    # shellcheck disable=SC2086  # the options are words
    "$wenyin" render "templates/$template.xml" -d samples $options -o "$out/$name.pdf" </dev/null
    [ "$first" ] || continue
    first=
    # shellcheck disable=SC2086
    "$wenyin" render "templates/$template.xml" -d samples $options -o "$out/$name.txt" </dev/null
    pdftoppm -r 100 -png "$out/$name.pdf" "$out/$name"
done

ls "$out"
