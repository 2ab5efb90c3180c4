#!/bin/sh
# 改定.csv on the command line: what becomes of it in every command and output. Called by run.sh with the program, in the
# folder of the clone; prints one `ok` / `FAIL` line a case.
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
tests=$(pwd)/tests/cli
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-overrule.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
wenyin() { "$wenyin" "$@"; }

mkdir 数据
printf '月份,村,垃圾(吨),资金(元)\n2024-05,甲村,15,300\n2024-06,甲村,16.5,400\n2024-06,乙村,20,500\n' >数据/月报.csv
cat >t.xml <<'XML'
<report form="汇报" period="月"><data><csv id="报" files="*.csv" period="月份" key="月份,村"/></data>
<title>例</title><p>清理{报.垃圾}吨，投入{报.资金}元。</p></report>
XML
rule() {
    printf '位置,改定值,理由,改定人,原值\n' >数据/改定.csv
    printf '%s\n' "$@" >>数据/改定.csv
}
render() { wenyin render t.xml -d 数据 -p 2024-06 "$@"; }
sheet() { wenyin check t.xml -d 数据 -p 2024-06 "$@"; }

. "$tests/case.sh"

check overrule-none 0 清理36.5吨 !改定 -- render --dump doc
rule '第1段第1数,40吨,现场复核,张书记,36.5吨'
check overrule-text 0 清理40吨 投入900元 N790 -- render --dump doc
check overrule-strict 0 清理40吨 N790 -- render --dump doc --strict
check overrule-pages 0 N790 40 -- 'render -o x.txt && cat x.txt'
check overrule-english 0 'note N790' -- render --dump doc --lang en
check overrule-json 0 '"code":"N790"' '"file":"改定.csv"' -- render --dump doc --diagnostics json
check overrule-draft 0 清理40吨 草稿 -- 'render -o x.txt --draft && cat x.txt'
check overrule-sheet 0 36.5吨 40吨 现场复核 张书记 N790 -- sheet
check overrule-sheet-json 0 '"computed":"36.5吨"' '"reason":"现场复核"' '"who":"张书记"' '"printed":"40"' -- 'sheet -o x.json && cat x.json'
check overrule-sheet-csv 0 36.5 40 现场复核 张书记 -- 'sheet -o x.csv && cat x.csv'
check overrule-other-period 2 E796 E797 -- 'rule "第1段第1数,40吨,现场复核,张书记,36.5吨" "第9段第1数,4,例,张书记,"; wenyin render t.xml -d 数据 -p 2024-05 --dump doc'
rule '第1段第1数,40吨,现场复核,张书记,36.5吨'
check overrule-sheet-unmoved 0 '改定未带动的数' '改定.csv' '"unmoved":[{"ruled":"第1段第1数","place":"第1段第3数"' -- 'sed -i "s/。<.p>/，环比{报.垃圾|环比|升降}。<\\/p>/" t.xml
    sheet -o x.json; cat x.json; sheet -o x.pdf; pdftotext x.pdf - | grep -A1 -E "未带动|N79"; sed -i "s/，环比{[^}]*}//" t.xml'
check overrule-sheet-refused 2 E797 清理 -- 'rule "第1段第1数,40吨,现场复核,张书记,36吨"; sheet'
rule '第1段第1数,40吨,现场复核,张书记,36.5吨'
check overrule-comma 2 E223 -- 'rule "第1段第1数,40吨,两车,漏过磅,张书记,36.5吨"; render --dump doc'
check overrule-comma-four 2 E223 -- 'printf "位置,改定值,理由,改定人\n第1段第1数,40吨,两车,漏过磅,张书记\n" >数据/改定.csv; render --dump doc'
check overrule-blank-cells 0 清理40吨 -- 'printf "位置,改定值,理由,改定人,,\n第1段第1数,40吨,两车,张书记,,,,\n" >数据/改定.csv; render --dump doc'
check overrule-template-wrong 0 W791 N793 清理36.5吨 -- 'printf "位置,改定值,理由,改定人,模板\n第1段第1数,40吨,两车,张书记,tt\n" >数据/改定.csv; render --dump doc'
check overrule-template-other 0 '!W791' N793 清理36.5吨 -- 'cp t.xml tt.xml; render --dump doc; rm tt.xml'
check overrule-period-wrong 2 E510 -- 'printf "位置,改定值,理由,改定人,期间\n第1段第1数,40吨,两车,张书记,六月份\n" >数据/改定.csv; render --dump doc'
rule '第1段第1数,40吨,现场复核,张书记,36.5吨'
check overrule-columns 0 月报 !改定 -- wenyin columns -d 数据
check overrule-catalogue 0 垃圾 !改定 -- wenyin catalogue 数据
check overrule-value 0 36.5 !改定 -- wenyin value 月报.垃圾 -d 数据 -p 2024-06
check overrule-remind 0 !改定 -- wenyin remind t.xml -d 数据 -p 2024-06
cp 数据/改定.csv kept.csv
ln 数据/改定.csv linked.csv
check overrule-over 2 E403 -- sheet -o 数据/改定.csv
check overrule-over-link 2 E403 -- sheet -o linked.csv
check overrule-over-remind 2 E403 -- wenyin remind t.xml -d 数据 -p 2024-06 -o 数据/改定.csv
check overrule-over-columns 2 E403 -- wenyin columns -d 数据 -o 数据/改定.csv
check overrule-kept 0 -- cmp kept.csv 数据/改定.csv
rm -f 数据/改定.csv linked.csv
check overrule-over-none 2 E403 -- sheet -o 数据/改定.csv
check overrule-over-none-dots 2 E403 -- 'mkdir -p 数据/下; sheet -o 数据/下/../改定.csv'
check overrule-over-below 0 W403 '!E403' -- 'sheet -o 数据/下/改定.csv; rm -r 数据/下'
check overrule-over-beside 0 '!W403' -- sheet -o 核对单.csv
check overrule-over-paper 0 '!W403' -- 'sheet -o 数据/核对单.pdf; rm 数据/核对单.pdf'
check overrule-empty 2 E220 -- ': >数据/改定.csv; render --dump doc'
check overrule-head 0 清理36.5吨 !N790 -- 'rule; render --dump doc'
check overrule-bytes 2 'E2' 改定.csv -- 'printf "\\377\\376\\000" >数据/改定.csv; render --dump doc'
check overrule-folder 2 改定.csv -- 'rm 数据/改定.csv; mkdir 数据/改定.csv; render --dump doc'
check overrule-outside 2 改定.csv -- 'rmdir 数据/改定.csv; ln -s /etc/hostname 数据/改定.csv; render --dump doc'
check overrule-gone 2 改定.csv -- 'rm 数据/改定.csv; ln -s nowhere 数据/改定.csv; render --dump doc'
check overrule-workbook 2 改定.xlsx E276 -- 'rm 数据/改定.csv; printf PK >数据/改定.xlsx; render --dump doc'
