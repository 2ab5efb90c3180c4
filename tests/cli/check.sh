#!/bin/sh
# wenyin check on the command line: the forms of the 核对单, what it compares with, what it leaves alone. Called by run.sh
# with the program, in the folder of the clone; prints one `ok` / `FAIL` line a case. (What the sheets say: tests/check.)
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
tests=$(pwd)/tests/cli cases=$(pwd)/tests/check/cases templates=$(pwd)/templates samples=$(pwd)/samples
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-check.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
wenyin() { "$wenyin" "$@"; }
. "$tests/case.sh"

cp -R "$cases/whole/data" data
cp "$cases/whole/template.xml" t.xml
cp -R "$cases/whole/data" bad
printf '2024-06,丁村,x,1,1%%,1\n' >>bad/月报-2024-06.csv
sheet() { wenyin check t.xml -d data "$@"; }

# ---- forms
check check-text 0 '数据核对单' '  14   表1 长塘村·名次' '手写的数' '有疑问的数' -- sheet -p 2024-06
check check-dash 0 '数据核对单' -- sheet -p 2024-06 -o -
check check-txt 0 same -- 'sheet -p 2024-06 -o x.txt 2>/dev/null; sheet -p 2024-06 2>/dev/null | cmp - x.txt && echo same'
check check-csv 0 'efbbbf' '1,正文,算出,标题' -- 'sheet -p 2024-06 -o x.csv; head -c 3 x.csv | od -An -tx1 | tr -d " "; cat x.csv'
check check-csv-alike 0 alike -- "sheet -p 2024-06 -o x.csv; awk -F, 'NR==1{n=NF} {gsub(/\"[^\"]*\"/,\"\")} NF!=n{bad=1} END{print bad?\"ragged\":\"alike\"}' x.csv"
check check-json 0 '32 表1 长塘村·生活垃圾 42.5' -- "sheet -p 2024-06 -o x.json; python3 -c \"
import json
sheet = json.load(open('x.json', encoding='utf-8'))
figures = sheet['figures']
cell = next(one for one in figures if one['place'] == '表1 长塘村·生活垃圾')
assert sheet['format'] == 1 and sheet['period'] == '2024-06' and cell['sources'][0]['cell'] == 'C2'
print(len(figures), cell['place'], cell['value'])\""
check check-pdf 0 '%PDF-1.7' -- 'sheet -p 2024-06 -o x.pdf; head -c 8 x.pdf'
check check-pdf-text 0 '数据核对单' '经办人：' '审核人：' '月报.生活垃圾|约数' '检查发现的问题' \
    -- 'sheet -p 2024-06 -o x.pdf; command -v pdftotext >/dev/null && pdftotext -layout x.pdf - | tr "\n" " "'
check check-pdf-again 0 same -- 'sheet -p 2024-06 -o x.pdf; sheet -p 2024-06 -o y.pdf; cmp x.pdf y.pdf && echo same'
check check-pdf-english 0 'Prepared by:' 'Figures of' -- 'sheet -p 2024-06 --lang en -o x.pdf; pdftotext -layout x.pdf -'
check check-extension 2 E507 '可用：.txt .csv .json .pdf' -- sheet -p 2024-06 -o x.xlsx
check check-upper-case 0 '﻿号,类别' -- 'sheet -p 2024-06 -o X.CSV; head -n 1 X.CSV'

# What charts reckon when they are drawn is in the sheet as it is printed: shares, sums, what was reached, means.
cat >图.xml <<'XML'
<report form="汇报" period="月"><data roster="网格.csv" targets="任务.csv">
<csv id="月报" files="月报-*.csv" period="月份" key="月份,村"/></data><title>图</title>
<chart kind="饼" of="月报" by="村" value="生活垃圾" caption="饼"/>
<chart kind="环形" of="月报" by="村" value="生活垃圾" caption="环形"/>
<chart kind="堆叠" of="月报" by="村" value="生活垃圾,乱堆乱放" caption="堆叠" labels="是"/>
<chart kind="百分比堆叠" of="月报" by="村" value="生活垃圾,乱堆乱放" caption="百分比" labels="是"/>
<chart kind="柱" of="月报" by="村" value="乱堆乱放" average="是" caption="平均"/>
</report>
XML
printf '指标,年度,范围,目标值\n生活垃圾,2024,全镇,900\n' >data/任务.csv
check check-reckoned 0 '17 of 17 are drawn' -- 'wenyin check 图.xml -d data -p 2024-06 -o x.json; wenyin render 图.xml -d data -p 2024-06 -o x.txt
    python3 -c "
import json
text = open(\"x.txt\", encoding=\"utf-8\").read()
all = [one for one in json.load(open(\"x.json\", encoding=\"utf-8\"))[\"figures\"] if one[\"origin\"] == \"reckoned\"]
print(sum(one[\"printed\"] in text for one in all), \"of\", len(all), \"are drawn\", [one[\"printed\"] for one in all if one[\"printed\"] not in text])"'

cat >均.xml <<'XML'
<report form="汇报" period="月"><data><csv id="量" files="量.csv" period="月份" key="月份,村"/></data><title>图</title>
<chart kind="柱" of="量" by="村" value="吨数" average="是" caption="甲"/>
<chart kind="折线" of="量|累计" by="月" value="吨数" average="是" caption="乙"/>
</report>
XML
mkdir 量
printf '月份,村,吨数\n2024-05,甲村,10\n2024-05,乙村,30\n2024-06,甲村,11\n2024-06,乙村,12\n' >量/量.csv
check check-against-mean 0 'W710: 旧核对单里有 3 个数' '图1 吨数·平均  20    25' '!旧数重算后不同  图2 吨数·平均' -- 'wenyin check 均.xml -d 量 -p 2024-05 -o 均五月.csv
    sed -i s/乙村,30/乙村,40/ 量/量.csv; wenyin check 均.xml -d 量 -p 2024-06 --against 均五月.csv'

# ---- broken data still list the rest, the status is that of the mistakes
check check-broken 2 E230 '表1 长塘村·生活垃圾' '【缺：月报.生活垃圾】' -- wenyin check t.xml -d bad -p 2024-06
check check-broken-pdf 2 E230 '%PDF' -- 'wenyin check t.xml -d bad -p 2024-06 -o x.pdf; status=$?; head -c 4 x.pdf; (exit $status)'
check check-no-rows 2 E649 E171 '【缺：月报.生活垃圾】' -- wenyin check t.xml -d data -p 2024-07
printf '<report form="汇报" period="月"><data><csv id="月报" files="月报-*.csv"/></data><title>{月报.没有}</title><p>{月报.也没有}</p></report>' >faulty.xml
check check-template 2 '没有列“没有”' '没有列“也没有”' '!数据核对单' -- wenyin check faulty.xml -d data -p 2024-06
check check-wrong-period 2 E510 -- sheet -p 六月
check check-strict 4 W230 -- sheet -p 2024-06 --strict
check check-lax 0 W230 -- sheet -p 2024-06
check check-notes 0 N206 -- sheet -p 2024-06
check check-full 5 E408 -- 'sheet -p 2024-06 >/dev/full'
check check-full-file 5 '错误 E40' -- 'sheet -p 2024-06 -o /dev/full/x.csv'
check check-option 2 E526 -- sheet -p 2024-06 --draft

# ---- inputs stay as they are
cp t.xml t.csv
check check-over-template 2 E403 same -- 'wenyin check t.csv -d data -p 2024-06 -o t.csv; status=$?; cmp t.csv t.xml && echo same; (exit $status)'
check check-over-data 2 E403 same -- 'sheet -p 2024-06 -o data/台账.csv; status=$?; cmp data/台账.csv "$cases/whole/data/台账.csv" && echo same; (exit $status)'
sheet -p 2024-05 -o 五月.csv 2>/dev/null
cp 五月.csv 原.csv
check check-over-old 2 E403 same -- 'sheet -p 2024-06 --against 五月.csv -o 五月.csv; status=$?; cmp 五月.csv 原.csv && echo same; (exit $status)'

# ---- against a sheet of before
check check-against 0 '与“五月.csv”比' '新增' '!重算后不同' !W71 -- sheet -p 2024-06 --against 五月.csv
iconv -f UTF-8 -t GB18030 五月.csv | tail -c +5 >五月-gbk.csv
check check-against-gbk 0 '与“五月-gbk.csv”比' '新增' '!重算后不同' '!没有了' -- sheet -p 2024-06 --against 五月-gbk.csv
sheet -p 2024-05 --lang en -o may.csv 2>/dev/null
check check-against-english 0 '新增' '!重算后不同' '!没有了' -- sheet -p 2024-06 --against may.csv
sed 's/,37处,37,/,38处,38,/' 五月.csv >改.csv
check check-against-recomputed 0 W710 '旧数重算后不同' '38处' -- sheet -p 2024-06 --against 改.csv
check check-against-strict 4 W710 -- sheet -p 2024-06 --against 改.csv --strict
sheet -p 2024-06 -o 六月.csv 2>/dev/null
check check-against-itself 0 '与“六月' '没有不同' !W71 -- sheet -p 2024-06 --against 六月.csv
sheet -p 2024-06 --lang en -o june.csv 2>/dev/null
check check-against-itself-english 0 '没有不同' !W71 -- sheet -p 2024-06 --against june.csv
check check-against-itself-in-english 0 'the same' !W71 -- sheet -p 2024-06 --lang en --against 六月.csv
head -c 3000 五月.csv >半.csv
check check-against-cut 2 E714 '!没有了' -- sheet -p 2024-06 --against 半.csv
check check-against-other-name 0 W712 -- 'cp t.xml 别的.xml; wenyin check 别的.xml -d data -p 2024-06 --against 五月.csv'
check check-against-file 0 W710 '月报-2024-05.csv' -- 'sheet -p 2024-06 --against 改.csv | sed -n "/^与/,$ p"'
check check-against-nothing 2 E710 -- 'printf "" >空.csv; sheet -p 2024-06 --against 空.csv'
check check-against-other 0 W711 -- 'wenyin check "$templates/会议纪要.xml" -d "$samples" -p 2024-06 --against 五月.csv'
check check-against-missing 2 E711 -- sheet -p 2024-06 --against 没有.csv
check check-against-folder 2 E204 -- sheet -p 2024-06 --against data
ln -s 五月.csv 链.csv
check check-against-link 0 '与“链.csv”比' -- sheet -p 2024-06 --against 链.csv
check check-off 0 '!W710' -- sheet -p 2024-06 --against 改.csv --off W710
check check-off-unknown 2 E712 -- sheet -p 2024-06 --off W230
