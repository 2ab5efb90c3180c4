#!/bin/sh
# The pictures of docs/统计图与gnuplot.md: some charts of docs/统计图.xml, drawn by wenyin and by gnuplot from the same
# figures, in grey and as a 1-bit copy at 300 dpi. Needs gnuplot (Debian: gnuplot-nox), which nothing else here does.
# usage: tools/gnuplot.sh WENYIN OUTPUT-FOLDER
set -eu
wenyin=$1 out=$2
command -v gnuplot >/dev/null || { echo 'gnuplot: apt-get install gnuplot-nox' >&2; exit 1; }
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.pdf "$out"/*.png "$out"/*.pbm "$out"/*.dat

# gnuplot asks fontconfig for faces: it gets ours, so that both set the same 宋体.
cat >"$out/fonts.conf" <<EOF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$(pwd)/fonts/files</dir><cachedir>$out/cache</cachedir>
<selectfont><rejectfont><glob>*FandolSong-Bold*</glob></rejectfont></selectfont></fontconfig>
EOF

# The figures of chart N as the document has them: a line a category, tabs between its name and its values, NaN a gap.
figures() {
    "$wenyin" render docs/统计图.xml -d samples -p 2024-06 --dump doc | awk -v chart="图$1" '
        /^[a-z]/ { here = $0 ~ "^chart .* " chart " " }
        here && /^  categories / { sub(/^  categories /, ""); count = split($0, name, / \| /) }
        here && /^  series/ {
            head = head "\t" ($2 == "line" ? $3 : $2)
            n = split($0, word, / /)
            for (i = 1; i <= count; i++) {
                value = word[n - count + i]
                sub(/\(.*/, "", value)
                row[i] = row[i] "\t" (value == "gap" ? "NaN" : value)
            }
        }
        END {
            gsub(/:/, "", head)
            print "项" head
            for (i = 1; i <= count; i++) print name[i] row[i]
        }'
}

for script in docs/gnuplot/*.gp; do
    name=$(basename "$script" .gp)
    number=$(sed -n 's/^# 图\([0-9]*\) .*/\1/p' "$script")
    figures "$number" >"$out/$name.dat"
    "$wenyin" render docs/统计图.xml -d samples -p 2024-06 --only "图$number" -o "$out/$name-wenyin.pdf"
    height=$(sed -n 's/^# .* 高 \([0-9.]*\)$/\1/p' "$script") # cm
    FONTCONFIG_FILE=$out/fonts.conf gnuplot -e "data='$out/$name.dat'; set output '$out/$name-gnuplot.pdf'; \
        set terminal pdfcairo size 15.6cm,${height}cm fontscale 0.75 font 'FandolSong,9'" docs/gnuplot/common.gnuplot "$script"
    for of in wenyin gnuplot; do
        pdftoppm -r 150 -png -singlefile "$out/$name-$of.pdf" "$out/$name-$of"
        pdftoppm -r 300 -mono -singlefile "$out/$name-$of.pdf" "$out/$name-$of-1bit"
    done
done
ls "$out"
