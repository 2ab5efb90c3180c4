#!/bin/sh
# wenyin lint on the command line: encodings, several files, what is no text, --off, --strict.
# usage: [WENYIN=build/wenyin] tests/cli/lint.sh        one `ok` / `FAIL` line a case
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

printf '第一行。\r\n建立台帐，截止目前共388户。\r\n' >utf8.txt
iconv -f UTF-8 -t GB18030 utf8.txt >gbk.txt
{ printf '\357\273\277' && cat utf8.txt; } >bom.txt
iconv -f UTF-8 -t UTF-16LE utf8.txt | { printf '\377\376' && cat; } >utf16.txt
echo '全镇上下动员。' >good.txt
echo '流转土地300亩。' >note.txt
printf 'PK\003\004' >report.docx
printf '%%PDF-1.7\n' >report.pdf
printf '\320\317\021\340' >report.doc
: >empty.txt
printf '\377\001\201' >broken.txt
head -c 1048577 /dev/zero | tr '\0' a >large.txt

# judge NAME STATUS "WHAT IS SAID" COMMAND...: each word on stderr or stdout; - : nothing on stderr
judge() {
    name=$1 wanted=$2 said=$3
    shift 3
    "$@" >output 2>messages </dev/null
    status=$?
    [ "$status" -eq "$wanted" ] || { echo "FAIL cli/lint-$name: exit status $status: $(head -n 1 messages)"; return; }
    for word in $said; do
        case $word in
        -) [ ! -s messages ] || { echo "FAIL cli/lint-$name: $(head -n 1 messages)"; return; } ;;
        !*) ! cat messages output | grep -qF -- "${word#!}" || { echo "FAIL cli/lint-$name: says ${word#!}"; return; } ;;
        *) cat messages output | grep -qF -- "$word" || { echo "FAIL cli/lint-$name: no $word"; return; } ;;
        esac
    done
    echo "ok cli/lint-$name"
}
# shellcheck disable=SC2317  # called through judge
stdin() { "$wenyin" lint - <gbk.txt; }

judge good 0 '- 警告 0' "$wenyin" lint good.txt
for file in utf8 gbk bom utf16; do
    judge "$file" 0 "$file.txt:2:3: W752 $file.txt:2:6: W726" "$wenyin" lint $file.txt
done
judge stdin 0 '-:2:3: W752' stdin
judge several 0 'gbk.txt:2:3: note.txt:1:8: N729' "$wenyin" lint gbk.txt good.txt note.txt
judge strict 4 'W752' "$wenyin" lint --strict utf8.txt
judge strict-notes 0 'N729' "$wenyin" lint --strict note.txt
judge off 0 '!W752 W726' "$wenyin" lint utf8.txt --off W752
judge off-all 0 '- 警告 0' "$wenyin" lint utf8.txt --strict --off W752,W726
judge off-unknown 2 'E712 W999' "$wenyin" lint utf8.txt --off W752,W999
judge off-error 2 'E712 E108' "$wenyin" lint utf8.txt --off E108
judge missing 2 'E108 none.txt' "$wenyin" lint none.txt
judge folder 2 'E109' "$wenyin" lint .
judge large 2 'E104' "$wenyin" lint large.txt
judge empty 2 'E722' "$wenyin" lint empty.txt
judge broken 2 'E210' "$wenyin" lint broken.txt
for form in docx doc pdf; do
    judge $form 2 "E721 另存为文本" "$wenyin" lint report.$form
done
judge one-of-two 2 'E108 W752' "$wenyin" lint none.txt utf8.txt
judge english 0 'Warnings: W752 台账' "$wenyin" lint utf8.txt --lang en
judge json 0 '"code":"W752" "line":2,"column":3' "$wenyin" lint utf8.txt --diagnostics json
