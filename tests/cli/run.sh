#!/bin/sh
# Command lines and what comes of them: exit status (trust.md B5) and the code of the message.
# usage: [WENYIN=build/wenyin] tests/cli/run.sh        one `ok` / `FAIL` line a case
set -u
sh tests/cli/commands.sh
sh tests/cli/overrule.sh
sh tests/cli/lint.sh
sh tests/cli/check.sh
sh tests/cli/units.sh
sh tests/cli/batch-report.sh
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
fonts=$(pwd)/fonts/files
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-cli.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
wenyin() { "$wenyin" "$@"; }

mkdir data empty
cat >data/月报.csv <<'CSV'
月份,村,生活垃圾(吨)
2024-06,长塘村,42.5
2024-06,前江村,38
CSV
cat >t.xml <<'XML'
<report form="汇报" period="月"><data><csv id="月报" files="月报.csv" period="月份" key="月份,村"/>
<param name="镇名" default="洋江镇"/></data><title>{镇名}情况</title><p>清理{月报.生活垃圾}吨。</p></report>
XML
printf '<report form="汇报"><title>通知</title><p>照此办理。</p></report>\n' >plain.xml
cat >reads.xml <<'XML'
<report form="汇报" period="月"><data catalogue="catalogue.txt"><csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data>
<style><font role="宋体" file="face.txt"/></style><title>图</title><p>正文</p><figure src="a.txt"/>
<photos of="月报" before="'a-1.png'"/></report>
XML
printf '<catalogue/>\n' >catalogue.txt
mkdir data/照片
printf '%s' iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg== |
    base64 -d >data/照片/a.txt
cp data/照片/a.txt data/照片/a-1.png
cp "$fonts/FandolSong-Regular.otf" face.txt
cat >chart.xml <<'XML'
<report form="汇报" period="月"><data><csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data><title>图</title>
<chart kind="柱" of="月报" by="村" value="生活垃圾" caption="甲&lt;乙"/><chart kind="饼" of="月报" by="村" value="生活垃圾" caption="构成"/>
<landscape><chart kind="柱" of="月报" by="村" value="生活垃圾" caption="横排"/></landscape>
<chart kind="饼" of="月报" by="村" value="生活垃圾" caption="左" pair="是"/><chart kind="饼" of="月报" by="村" value="生活垃圾" caption="右" pair="是"/></report>
XML
printf '<bundle title="汇编"><part template="t.xml"/></bundle>\n' >plan.xml
ln plan.xml linked.pdf
cp t.xml t.txt
cp plain.xml ./-t.xml
ln data/月报.csv linked.txt
mkdir secret hidden closed
: >secret/t.xml
: >hidden/月报.csv
chmod 000 secret hidden/月报.csv
chmod 555 closed
chmod 755 .
long=$(printf %0252d 0)
# As root, some cases run as another user, who may not look into the folder of the clone: so that user gets the program
# and the fonts where anyone may read.
open=$work/open
nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        WENYIN_HOME=$open setpriv --reuid=65534 --regid=65534 --clear-groups "$open/wenyin" "$@"
    else
        "$wenyin" "$@"
    fi
}
if [ "$(id -u)" -eq 0 ]; then
    mkdir -p "$open/fonts/files"
    cp "$wenyin" "$open/wenyin"
    cp "$fonts"/*.otf "$fonts"/*.ttf "$open/fonts/files/"
fi

# NAME | exit status | codes in the messages (- none) | text that the output must hold (- nothing at all) | command
cases() {
    cat <<'TABLE'
no-arguments      | 0 | - | 用法 | wenyin
help              | 0 | - | 用法 | wenyin --help
help-of-command   | 0 | - | 用法：wenyin render 模板.xml | wenyin render -h
help-of-english   | 0 | - | Usage: wenyin render TEMPLATE | wenyin render --lang en -h
help-of-unknown   | 0 | - | 用法：wenyin 子命令 | wenyin rendr --help
help-english      | 0 | - | Usage | wenyin --help --lang en
help-english-2    | 0 | - | Usage | wenyin --lang=en --help
version           | 0 | - | wenyin 0. | wenyin --version
no-command        | 2 | E517 H500 | - | wenyin -v
unknown-command   | 2 | E501 | - | wenyin rendr t.xml
later-memory      | 2 | E516 | - | wenyin render t.xml --memory 512M -o a.pdf
only-svg          | 0 | - | <desc>饼图：构成，2个村，最高长塘村42.5吨，最低前江村38吨；合计80.5吨。</desc> | wenyin render chart.xml -d data -p 2024-06 --only 图２ -o 图2.svg && cat 图2.svg && rm 图2.svg
only-svg-escaped  | 0 | - | <title>图1　甲&lt;乙</title> | wenyin render chart.xml -d data -p 2024-06 --only 图1 -o o.svg && cat o.svg && rm o.svg
bundle-each       | 2 | E526 | - | wenyin bundle plan.xml -d data -p 2024-06 --each 村 -o a.pdf
bundle-png        | 2 | E507 | - | wenyin bundle plan.xml -d data -p 2024-06 -o a.png
bundle-word       | 2 | E537 提示 | - | wenyin bundle plan.xml -d data -p 2024-06 -o '{期间}.pdf'
bundle-no-output  | 2 | E506 | - | wenyin bundle plan.xml -d data -p 2024-06
bundle-over-input | 2 | E403 | - | wenyin bundle plan.xml -d data -p 2024-06 -o linked.pdf
bundle-no-data    | 2 | E508 | - | wenyin bundle plan.xml -p 2024-06 -o a.pdf
bundle-param      | 2 | E130 | - | wenyin bundle plan.xml -d data -p 2024-06 --set 镇明=丙镇 -o a.pdf
bundle-over-register | 2 | E403 | old | echo old >登.pdf && wenyin bundle plan.xml -d data -p 2024-06 --register 登.pdf -o 登.pdf; status=$?; cat 登.pdf; rm 登.pdf; exit $status
bundle-register   | 0 | - | 9号 | printf '年份,流水号,模板,期间,单位\n2024,9,号,2024-06,\n' >data/登.csv && printf '<report form="汇报" period="月"><title>{流水号}号</title><p>好</p></report>' >号.xml && printf '<bundle title="汇编"><part template="号.xml"/></bundle>' >号本.xml && wenyin bundle 号本.xml -d data -p 2024-06 --register data/登.csv --dump doc && rm data/登.csv 号.xml 号本.xml
bundle-no-register | 0 | - | none | wenyin bundle plan.xml -d data -p 2024-06 --register 登.csv -o a.pdf && rm a.pdf && { [ -e 登.csv ] || echo none; }
bundle-stdout     | 0 | - | %PDF | wenyin bundle plan.xml -d data -p 2024-06 -o - | head -c 4
bundle-doc        | 0 | - | paragraph 清理80.5吨。 | wenyin bundle plan.xml -d data -p 2024-06 --dump doc
impose-no-way     | 2 | E570 | - | wenyin render plain.xml -o in.pdf && wenyin impose in.pdf -o b.pdf
impose-two-ways   | 2 | E570 | - | wenyin impose in.pdf --booklet --nup 2 -o b.pdf
impose-nup-3      | 2 | E513 | - | wenyin impose in.pdf --nup 3 -o b.pdf
impose-no-output  | 2 | E506 | - | wenyin impose in.pdf --booklet
impose-to-png     | 2 | E507 | - | wenyin impose in.pdf --booklet -o b.png
impose-over-input | 2 | E403 | - | ln in.pdf same.pdf && wenyin impose in.pdf --booklet -o same.pdf
impose-over-second | 2 | E403 | - | wenyin impose plain.xml in.pdf --nup 1 -o same.pdf
impose-over-list  | 2 | E403 | - | wenyin impose plain.xml --copies-by in.pdf -o same.pdf
impose-two-copied | 2 | E505 | - | wenyin impose in.pdf same.pdf --copies-by 名单.csv -o b.pdf
impose-no-file    | 2 | E108 | - | wenyin impose none.pdf --booklet -o b.pdf
impose-folder     | 2 | E109 | - | wenyin impose data --booklet -o b.pdf
impose-pipe       | 2 | E109 | - | mkfifo pipe.pdf && wenyin impose pipe.pdf --booklet -o b.pdf
impose-no-pdf     | 2 | E571 | - | wenyin impose plain.xml --booklet -o b.pdf
impose-all-told   | 2 | E571 E571 | - | wenyin impose plain.xml t.xml --nup 1 -o b.pdf
impose-left-alone | 2 | E571 | old | echo old >b.pdf && wenyin impose plain.xml --booklet -o b.pdf; status=$?; cat b.pdf; rm b.pdf; exit $status
impose-list-gone  | 2 | E201 | - | wenyin impose in.pdf --copies-by none.csv -o b.pdf
impose-closed     | 5 | E401 | - | wenyin impose in.pdf --booklet -o none/b.pdf
impose-pipeline   | 0 | - | %PDF-1.7 | wenyin render plain.xml -o - | wenyin impose - --booklet -o -
impose-told       | 0 | N570 | - | wenyin impose in.pdf --nup 4 -v -o b.pdf && rm b.pdf in.pdf same.pdf pipe.pdf
long              | 0 | - | PNG | wenyin render plain.xml --long -o o.png && head -c 4 o.png && [ ! -e o-1.png ] && rm o.png
long-pdf          | 2 | E578 | - | wenyin render plain.xml --long -o a.pdf
long-dump         | 2 | E578 | - | wenyin render plain.xml --long --dump doc
long-over-input   | 2 | E403 | - | cp data/照片/a-1.png o.png && wenyin render reads.xml -d data -p 2024-06 --long -o data/照片/a-1.png; status=$?; rm o.png; exit $status
only-png          | 0 | - | PNG | wenyin render chart.xml -d data -p 2024-06 --only 图1 -o o.png && head -c 4 o.png && rm o.png
only-pdf          | 0 | - | %PDF | wenyin render chart.xml -d data -p 2024-06 --only 图1 -o - | head -c 8
only-pages        | 0 | - | figure page 1 marks 0- | wenyin render chart.xml -d data -p 2024-06 --only 图1 --dump pages
only-landscape    | 0 | - | width="654.8 | wenyin render chart.xml -d data -p 2024-06 --only 图3 -o o.svg && cat o.svg && rm o.svg
only-of-a-pair    | 0 | - | width="230.1 | wenyin render chart.xml -d data -p 2024-06 --only 图5 -o o.svg && cat o.svg && rm o.svg
only-unknown      | 2 | E533 | - | wenyin render chart.xml -d data -p 2024-06 --only 图9 -o o.svg
only-text         | 2 | E535 | - | wenyin render chart.xml -d data -p 2024-06 --only 图1 -o o.txt
only-dump-doc     | 2 | E535 | - | wenyin render chart.xml -d data -p 2024-06 --only 图1 --dump doc
unknown-option    | 2 | E502 | - | wenyin render t.xml --perod 2024-06
unknown-letter    | 2 | E502 | - | wenyin render t.xml -x
value-missing     | 2 | E503 | - | wenyin render t.xml -o
value-missing-2   | 2 | E503 | - | wenyin render t.xml --data
value-unasked     | 2 | E518 | - | wenyin render t.xml --draft=1
no-template       | 2 | E504 | - | wenyin render -d data -o a.pdf
one-too-many      | 2 | E505 | - | wenyin render t.xml t.xml -o a.pdf
fonts-argument    | 2 | E505 | - | wenyin fonts t.xml
option-of-other   | 2 | E526 H500 | - | wenyin fonts -d data
option-of-other-2 | 2 | does not take | - | wenyin fonts --lang en --draft
template-missing  | 2 | E108 | - | wenyin render none.xml -o a.pdf
template-folder   | 2 | E109 | - | wenyin render data -o a.pdf
no-output         | 2 | E506 | - | wenyin render t.xml -d data -p 2024-06
extension         | 2 | E507 | - | wenyin render t.xml -d data -p 2024-06 -o a.doc
no-extension      | 2 | E507 | - | wenyin render t.xml -d data -p 2024-06 -o pdf
no-data           | 2 | E508 | - | wenyin render t.xml -p 2024-06 -o a.pdf
no-data-needed    | 0 | - | 照此办理。 | wenyin render plain.xml --dump doc
data-missing      | 2 | E515 | - | wenyin render t.xml -d none -p 2024-06 -o a.pdf
data-no-folder    | 2 | E515 | - | wenyin render t.xml -d t.xml -p 2024-06 -o a.pdf
data-empty        | 2 | E201 | - | wenyin render t.xml -d empty -p 2024-06 -o a.pdf
no-period         | 2 | E509 | - | wenyin render t.xml -d data -o a.pdf
period-nonsense   | 2 | E510 | - | wenyin render t.xml -d data -p 六月 -o a.pdf
period-month-13   | 2 | E510 | - | wenyin render t.xml -d data -p 2024-13 -o a.pdf
period-day        | 2 | E510 | - | wenyin render t.xml -d data -p 2024-06-15 -o a.pdf
period-unpadded   | 0 | - | 80.5吨 | wenyin render t.xml -d data -p 2024-6 --dump doc
period-digits     | 0 | - | 80.5吨 | wenyin render t.xml -d data -p 202406 --dump doc
period-chinese    | 0 | - | 80.5吨 | wenyin render t.xml -d data -p '2024 年 6 月' --dump doc
period-quarter    | 2 | 不能用“2024Q2” | - | wenyin render t.xml -d data -p 2024年第二季度 -o a.pdf
period-half       | 2 | 不能用“2024H1” | - | wenyin render t.xml -d data -p 2024年上半年 -o a.pdf
period-kind       | 2 | E133 | - | wenyin render t.xml -d data -p 2024Q2 -o a.pdf
period-full-width | 0 | - | 80.5吨 | wenyin render t.xml -d data -p ２０２４-０６ --dump doc
set               | 0 | - | 石塘镇情况 | wenyin render t.xml -d data -p 2024-06 --set 镇名=甲 --set=镇名=石塘镇 --dump doc
set-malformed     | 2 | E512 | - | wenyin render t.xml -d data -p 2024-06 --set 镇名 -o a.pdf
set-nameless      | 2 | E512 | - | wenyin render t.xml -d data -p 2024-06 --set =甲 -o a.pdf
set-unknown       | 2 | E130 | - | wenyin render t.xml -d data -p 2024-06 --set 县名=甲 -o a.pdf
date-nonsense     | 2 | E511 | - | wenyin render t.xml -d data -p 2024-06 --date 明天 -o a.pdf
date-impossible   | 2 | E511 | - | wenyin render t.xml -d data -p 2024-06 --date 2024-06-31 -o a.pdf
as-of-nonsense    | 2 | E511 | - | wenyin render t.xml -d data -p 2024-06 --as-of 6.30 -o a.pdf
epoch-nonsense    | 2 | E511 | - | SOURCE_DATE_EPOCH=now wenyin render t.xml -d data -p 2024-06 -o a.pdf
lang-unknown      | 2 | E513 | - | wenyin render t.xml --lang fr -o a.pdf
format-unknown    | 2 | E513 | - | wenyin render t.xml --diagnostics xml -o a.pdf
dump-unknown      | 2 | E513 | - | wenyin render t.xml -d data -p 2024-06 --dump tree
dpi-nonsense      | 2 | E513 | - | wenyin render t.xml -d data -p 2024-06 --dpi 1e3 -o a.png
dpi-too-fine      | 2 | E513 | - | wenyin render t.xml -d data -p 2024-06 --dpi 2401 -o a.png
short-and-long    | 0 | - | 80.5吨 | wenyin -ddata render --period=2024-06 t.xml --dump=doc
dashes            | 0 | - | 照此办理。 | wenyin render --dump doc -- -t.xml
dashes-missing    | 2 | E526 | - | wenyin render --dump doc -t.xml
stdout            | 0 | - | %PDF-1.7 | wenyin render plain.xml -o -
over-template     | 2 | E403 | - | wenyin render t.txt -d data -p 2024-06 -o t.txt
over-template-2   | 2 | E403 | - | wenyin render t.txt -d data -p 2024-06 -o ./data/../t.txt
over-catalogue    | 2 | E403 | - | wenyin render reads.xml -d data -p 2024-06 -o catalogue.txt
over-picture      | 2 | E403 | - | wenyin render reads.xml -d data -p 2024-06 -o data/照片/a.txt
over-picture-page | 2 | E403 | - | wenyin render reads.xml -d data -p 2024-06 -o data/照片/a.png
beside-picture    | 0 | W361 | 正文 | wenyin render reads.xml -d data -p 2024-06 -o data/照片/b.txt && cat data/照片/b.txt
over-font         | 2 | E403 | - | wenyin render reads.xml -d data -p 2024-06 -o face.txt
over-data         | 2 | E403 | - | wenyin render t.xml -d data -p 2024-06 -o linked.txt
folder-missing    | 5 | E401 | - | wenyin render plain.xml -o none/a.pdf
name-too-long     | 5 | E401 | - | wenyin render plain.xml -o "$long.pdf"
output-is-link    | 0 | - | %PDF-1.7 | ln -s t.xml a.pdf && wenyin render plain.xml -o a.pdf && [ ! -L a.pdf ] && cat a.pdf && rm a.pdf
output-is-folder  | 5 | E401 | - | mkdir -p f.pdf && wenyin render plain.xml -o f.pdf
help-full         | 5 | E408 | - | wenyin --help >/dev/full
version-full      | 5 | E408 | - | wenyin --version >/dev/full
dump-full         | 5 | E408 | - | wenyin render plain.xml --dump pages >/dev/full
fonts-full        | 5 | E408 | - | wenyin fonts >/dev/full
stdout-full       | 5 | E408 | - | wenyin render plain.xml -o - >/dev/full
stdout-closed     | 5 | E408 | - | wenyin render plain.xml -o - >&-
pipe-closed       | 5 | E408 | - | (sleep 0.3; wenyin --help; echo $? >status) | :; exit "$(cat status)"
no-fonts          | 2 | E304 | - | WENYIN_HOME=$PWD/none wenyin render plain.xml -o a.pdf
english-later     | 2 | there | - | wenyin --foo --lang en
english-later-2   | 2 | needs | - | wenyin render --lang=en -o
english-value     | 2 | 没有选项 | - | wenyin --foo --set --lang en
english-operand   | 2 | 没有选项 | - | wenyin --foo -- --lang en
json-later        | 2 | {"code":"E502" | - | wenyin --foo --diagnostics json
TABLE
    # What root may read, others may not.
    cat <<'TABLE'
template-secret   | 2 | E108 | - | nobody render secret/t.xml -o a.pdf
data-secret       | 2 | E515 | - | nobody render t.xml -d secret -p 2024-06 -o a.pdf
file-secret       | 2 | E203 | - | nobody render t.xml -d hidden -p 2024-06 -o a.pdf
folder-read-only  | 5 | E401 | - | nobody render plain.xml -o closed/a.pdf
TABLE
}

# trim TEXT: without blanks at its ends
trim() { echo "$1" | sed 's/^ *//; s/ *$//'; }

judge() {
    for code in $3; do
        case $code in
        -) [ ! -s messages ] || { echo "FAIL cli/$1: message: $(head -n 1 messages)"; return; } ;;
        H500) grep -q -- '--help' messages || { echo "FAIL cli/$1: no hint: $(head -n 1 messages)"; return; } ;;
        *) grep -qF "$code" messages || { echo "FAIL cli/$1: no $code: $(head -n 1 messages)"; return; } ;;
        esac
    done
    if [ "$(grep -o ' E[0-9]*: ' messages | sort -u | wc -l)" -gt 1 ]; then
        echo "FAIL cli/$1: a second message: $(tail -n 1 messages)"
    elif [ "$4" = - ] && [ -s output ]; then
        echo "FAIL cli/$1: output: $(head -n 1 output)"
    elif [ "$4" != - ] && ! grep -qaF -- "$4" output; then
        echo "FAIL cli/$1: no $4 in the output"
    elif [ "$status" -ne "$2" ]; then
        echo "FAIL cli/$1: exit status $status, not $2"
    else
        echo "ok cli/$1"
    fi
}

cases >table
while IFS='|' read -r name wanted codes text command; do
    (eval "$command") >output 2>messages </dev/null
    status=$?
    judge "$(trim "$name")" "$(trim "$wanted")" "$(trim "$codes")" "$(trim "$text")"
done <table

# Whatever went wrong, nothing was left behind and no input was touched.
rm -f output messages status table
chmod 700 secret
rm -r secret hidden closed
rm -rf "$open"
left=$(find . -type f ! -name '*.xml' ! -path './data/*' | sort | tr '\n' ' ')
if [ "$left" = './catalogue.txt ./face.txt ./linked.pdf ./linked.txt ./t.txt ' ] && cmp -s t.xml t.txt; then
    echo "ok cli/nothing-left"
else
    echo "FAIL cli/nothing-left: $left"
fi
[ -d "$fonts" ] || echo "FAIL cli/fonts: $fonts is not there"
