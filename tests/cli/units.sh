#!/bin/sh
# One paper a unit on the command line: which files there are, their bytes, messages and exit status. Called by run.sh with
# the program, in the folder of the clone; prints one `ok` / `FAIL` line a case.
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
here=$(pwd)/tests/cli
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-units.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
wenyin() { "$wenyin" "$@"; }
. "$here/case.sh"

mkdir data
printf '序号,级别,网格编号,名称,上级编号\n1,片,P,东片,\n2,村,C1,丙村,P\n3,村,C2,甲村,P\n4,村,C3,乙村,P\n' >data/网格.csv
printf '月份,村,垃圾(吨)\n2024-06,甲村,13\n2024-06,乙村,25\n2024-06,丙村,9\n' >data/月报.csv
printf '编号,日期,村,类别\n1,2024-06-02,甲村,A/b\n2,2024-06-03,乙村,a/B\n' >data/台账.csv
cat >t.xml <<'XML'
<report form="汇报" period="月"><data roster="网格.csv"><csv id="月报" files="月报.csv" period="月份" key="月份,村"/>
<csv id="台账" files="台账.csv" period="日期" key="编号"/><param name="年" default="2024/25"/></data>
<title>{村}的信</title><p>{村}清理{月报.垃圾}吨，第{月报.垃圾|排名}名。</p></report>
XML
sed 's/period="月">/period="月" each="村" when="月报.垃圾 大于 10">/; s/{村}的信/{村}的信{序号}/' t.xml >each.xml
sed 's/{村}/有/g; s/第{.*名/好/' t.xml >plain.xml
render() { template=$1; shift; wenyin render "$template" -d data -p 2024-06 "$@"; }
sheet() { template=$1; shift; wenyin check "$template" -d data -p 2024-06 "$@"; }

check units-each 0 甲村 乙村 丙村 -- 'render t.xml --each 村 -o "a/{村}.pdf" && ls a'
check units-folders 0 '2-甲村-2024-06-2024／25.txt' -- 'render t.xml --each 村 -o "b/{片}/{序号}-{村}-{期间}-{年}.txt" && ls b/东片'
check units-template 0 甲村 乙村 !丙村 -- 'render each.xml -o "c/{村}.pdf" && ls c'
check units-number 0 甲村的信1 -- 'render each.xml -o "d/{村}.txt" && cat d/甲村.txt'
check units-rank 0 第2名 -- cat d/甲村.txt
check units-bytes 0 -- 'render each.xml -o "c/x.pdf" --unit 乙村 && cmp c/x.pdf c/乙村.pdf'
check units-pictures 0 甲村-1.png 乙村-1.png -- 'render each.xml -o "e/{村}.png" && ls e'
check units-dump 0 甲村的信1 乙村的信2 -- render each.xml --dump doc
check units-one-dump 0 乙村的信2 !甲村 -- render each.xml --dump doc --unit 乙
check units-over-template 0 乙村的信 !甲村 -- render each.xml --each 村 --unit 乙村 --dump doc
check units-same-name 2 E556 甲村 H556x -- 'render t.xml --each 村 -o x.pdf; s=$?; echo H556x; [ ! -e x.pdf ] && exit $s'
check units-case 2 E556 'A/b' 'a/B' -- 'render plain.xml --each 类别 -o "f/{类别}.pdf"; s=$?; [ ! -e f ] && exit $s'
check units-word 2 E554 '{村}' -- render t.xml --each 村 -o '{組}.pdf'
check units-brace 2 E555 -- render t.xml --each 村 -o '{村.pdf'
check units-column 2 E552 村 -- render t.xml --each 庄 -o '{村}.pdf'
check units-kind 2 E553 -- render t.xml --each 垃圾 -o '{村}.pdf'
check units-unit 2 E558 -- render each.xml --unit 丁村 -o 'g/{村}.pdf'
check units-none 0 W552 -- 'sed "s/大于 10/大于 100/" each.xml >none.xml; render none.xml -o "g/{村}.pdf" && [ ! -e g ]'
check units-none-strict 4 W552 -- render none.xml -o 'g/{村}.pdf' --strict
check units-when 0 W553 -- 'sed "s/ each=\"村\"//" each.xml | sed "s/{村}//g; s/{序号}//; s/，第.*名//" >lone.xml; render lone.xml -o lone.pdf'
check units-alone 2 E157 -- render t.xml -o x.pdf
check units-format 2 E507 -- render each.xml -o '{村}.doc'

# One bad unit costs one unit.
printf '月份,村,垃圾(吨)\n2024-06,甲村,13\n2024-06,乙村,\n2024-06,丙村,9\n' >data/月报.csv
check units-bad 3 E557 '单位: 乙村' 甲村.pdf 丙村.pdf !乙村.pdf -- 'render t.xml --each 村 -o "h/{村}.pdf"; s=$?; ls h; exit $s'
check units-bad-json 3 '"unit":"乙村"' -- render t.xml --each 村 -o 'h/{村}.pdf' --diagnostics json
check units-bad-english 3 'unit: 乙村' 'of 3 papers 1' -- render t.xml --each 村 -o 'h/{村}.pdf' --lang en
check units-draft 4 甲村.txt 乙村.txt 缺： -- 'render t.xml --each 村 -o "i/{村}.txt" --draft; s=$?; ls i; cat i/乙村.txt; exit $s'
printf '月份,村,垃圾(吨)\n2024-06,甲村,13\n2024-06,乙村,25\n2024-06,丙村,9\n' >data/月报.csv

# Sheets of figures, one a unit.
check units-sheet 0 甲村 13 25 -- sheet each.xml
check units-sheets 0 甲村.csv 乙村.csv -- 'sheet each.xml -o "j/{村}.csv" && ls j'
check units-against 0 甲村 -- sheet each.xml --against 'j/{村}.csv'
check units-sheet-over 2 E403 -- sheet each.xml --against 'j/{村}.csv' -o 'j/{村}.csv'

# A word of the leader's names a place, and every paper has it.
printf '位置,改定值,理由,改定人\n第1段第1数,14吨,复核,张书记\n' >data/改定.csv
check units-ruled 3 E559 -- render each.xml -o 'k/{村}.pdf'
printf '位置,改定值,理由,改定人,单位\n第1段第1数,14吨,复核,张书记,乙\n' >data/改定.csv
check units-ruled-one 0 清理14吨，第1名 清理13吨 'N790' '单位: 乙村' -- render each.xml --dump doc
check units-ruled-other 0 清理13吨 !N790 -- 'sed "s/{村}//g; s/第.*名/好/" t.xml >all.xml; render all.xml --each 村 --unit 甲村 --dump doc'
rm data/改定.csv
check units-closed 5 E532 -- 'mkdir -p shut && printf x >shut/东片; render each.xml -o "shut/{片}/x/{村}.pdf"'
check units-faulty 2 E108 !E174 -- 'sed "s|</data>|</data><include href=\"absent.xml\"/>|; s/<p>/<p>{序号}/" each.xml >faulty.xml; render faulty.xml -o "l/{村}.pdf"'

# Whose letters there are when the roster has levels but no tree; names with blanks; what cannot be asked for.
mkdir flat && sed 's/,上级编号//; s/,P$//; s/^1,片,P,东片,$/1,镇,T,洋镇\n9,片,P,东片\n8,社区,S,丁社区/' data/网格.csv >flat/网格.csv && cp data/月报.csv data/台账.csv flat
flat() { template=$1; shift; wenyin render "$template" -d flat -p 2024-06 "$@"; }
check units-flat 0 丙村.txt 丁社区.txt !洋镇 !东片 -- 'sed "s/清理.*吨/好/" plain.xml >word.xml; flat word.xml --each 村 -o "m/{村}.txt"; ls m'
check units-flat-rows 0 行村丁社区 行村丙村 !行村洋镇 -- 'sed "s|<p>.*</p>|<each of=\"网格\"><p when=\"级别=镇\">镇</p><p when=\"级别=村 或 级别=社区\">行村{村}</p></each>|" plain.xml >rows.xml; flat rows.xml --dump doc'
check units-one-asked 2 E536 H536x --each -- 'render plain.xml --unit 甲村 -o one.pdf; s=$?; echo H536x; [ ! -e one.pdf ] && exit $s'
check units-one-asked-sheet 2 E536 -- sheet plain.xml --unit 甲村
check units-one-word 2 E537 '{村}' --each -- 'render plain.xml -o "n/{村}.pdf"; s=$?; [ ! -e n ] && exit $s'
check units-one-word-sheet 2 E537 '{村}' -- 'sheet plain.xml -o "n/{村}.csv"'
check units-one-word-against 2 E537 '{村}' -- 'sheet plain.xml --against "n/{村}.csv"'
check units-one-brace 0 '{村}.txt' -- 'mkdir o; render plain.xml -o "o/{{村}}.txt" && ls o'
check units-one-brace-sheet 0 '{村}.csv' -- 'sheet plain.xml -o "o/{{村}}.csv" && ls o'
check units-left-out 0 W554 丙村 !W552 甲村.txt !丙村.txt -- 'render each.xml --unit 丙村、甲村 -o "p/{村}.txt"; s=$?; ls p; exit $s'
check units-left-out-all 0 'W554: 不符合 when 的条件，没有出：丙村' !W552 -- 'render each.xml --unit 丙村 -o q.txt && [ ! -e q.txt ]'
check units-asked-empty 2 "E513: 选项 --unit 不能是“”" -- "render each.xml --unit '' -o q.txt"
check units-asked-blank 2 "E513: 选项 --unit 不能是“ 、”" -- "render each.xml --unit ' 、' -o q.txt"
check units-each-empty 2 "E513: 选项 --each 不能是“”" -- "render each.xml --each '' -o '{村}.txt'"
check units-register-empty 2 "E513: 选项 --register 不能是“”" -- "render each.xml --register '' -o '{村}.txt'"
check units-other-period 2 E649 !E174 !E157 -- 'sed "s/<p>/<p>{序号}{片}/" each.xml >other.xml; wenyin render other.xml -d data -p 2023-01 -o "l/{村}.pdf"'
check units-other-column 2 E649 E552 !E174 -- 'wenyin render other.xml -d data -p 2023-01 --each 庄 -o "l/{村}.pdf"'
check units-no-roster 2 E201 !E174 !E552 !E157 -- 'sed "s/网格.csv/没有.csv/" other.xml >lost.xml; render lost.xml -o "l/{村}.pdf"'
mkdir gaps && sed 's/甲村/甲 河 村/' data/网格.csv >gaps/网格.csv && sed 's/甲村/甲河村/' data/月报.csv >gaps/月报.csv && sed 's/甲村/甲河村/' data/台账.csv >gaps/台账.csv
gaps() { template=$1; shift; wenyin render "$template" -d gaps -p 2024-06 "$@"; }
check units-gap-note 0 '“名称”: 说明 N242: “甲 河 村”' -- gaps t.xml --each 村 --unit 甲河村 --dump doc -v
check units-gap 0 甲河村清理13吨 !W232 -- "gaps t.xml --each 村 --unit '甲 河村' --dump doc"
check units-gap-both 0 甲河村清理13吨 !W232 -- 'sed "s/甲河村/甲 河　村/" gaps/月报.csv >x && mv x gaps/月报.csv; gaps t.xml --each 村 --unit 甲河 --dump doc'
check units-gap-column 0 清理13吨 !W232 !W551 -- 'sed "s/,村,/,行政村,/" gaps/月报.csv >x && mv x gaps/月报.csv; sed "s/key=\"月份,村\"//; s/{村}//g" t.xml >column.xml; gaps column.xml --each 村 --unit 甲河村 --dump doc'
check units-no-roster-by 2 E201 !E142 !E157 -- 'sed "s|<p>.*</p>|<each of=\"月报\" by=\"片\"><p>{片}好</p></each>|; s/{村}//; s/网格.csv/没有.csv/" t.xml >by.xml; render by.xml --dump doc'

# Two villages of one name: papers are told apart by name.
mkdir same && printf '级别,网格编号,名称,上级编号\n片,P,东片,\n片,Q,西片,\n村,C1,新村,P\n村,C2,甲村,P\n村,C3,新村,Q\n' >same/网格.csv && cp data/月报.csv data/台账.csv same
same() { template=$1; shift; wenyin render "$template" -d same -p 2024-06 "$@"; }
check units-namesakes 2 '网格.csv:6' E538 '“新村”' '网格.csv 第 4 行（东片）' 西片 H538x -- 'same t.xml --each 村 -o "r/{片}-{村}.txt"; s=$?; echo H538x; [ ! -e r ] && exit $s'
check units-namesakes-sheet 2 E538 -- wenyin check t.xml -d same -p 2024-06 --each 村
check units-namesakes-flat 2 E538 '第 4 行和' '!第 4 行（' -- 'sed -i "s/,上级编号//; s/,[PQ]\$//" same/网格.csv; same t.xml --each 村 -o "r/{村}.txt"'
check units-namesakes-levels 0 丁社区.txt -- 'sed -i "s/^村,C3,新村/社区,C3,丁社区/; s/西片/甲村/" same/网格.csv; same word.xml --each 村 -o "r/{村}.txt" && ls r'
check units-number-hint 2 E556 '{序号}' -- 'render plain.xml --each 类别 -o "f/{类别}.pdf"'
