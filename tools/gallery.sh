#!/bin/sh
# Makes the pictures of docs/图例.md: every paper of tools/papers.txt as PDF, and each page as a PNG (NAME-1.png …).
# usage: tools/gallery.sh WENYIN OUTPUT-FOLDER [DPI]
set -eu
wenyin=$1 out=$2 dpi=${3:-75}
mkdir -p "$out"
rm -f "$out"/*.png "$out"/*.pdf

grep -v '^#' tools/papers.txt | while read -r name template options; do
    # shellcheck disable=SC2086  # the options are words
    "$wenyin" render "templates/$template.xml" -d samples $options -o "$out/$name.pdf" </dev/null
    pdftoppm -r "$dpi" -png "$out/$name.pdf" "$out/$name"
    # pdftoppm pads the number to the width of the last one (01): the page says NAME-1.png
    for page in "$out/$name"-0[1-9].png; do
        [ ! -f "$page" ] || mv "$page" "$out/$name-${page##*-0}"
    done
done
"$wenyin" bundle templates/季度.xml -d samples -p 2024Q2 -o "$out/季度.pdf"
ls "$out"
