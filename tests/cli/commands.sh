#!/bin/sh
# The commands of a working folder: new, catalogue, columns, value. Called by run.sh with the program, in the folder of
# the clone; prints one `ok` / `FAIL` line a case.
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
samples=$(pwd)/samples tests=$(pwd)/tests/cli
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-commands.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
chmod 755 .
wenyin() { "$wenyin" "$@"; }

mkdir 数据 数据/月报 空 坏 散 "带 空格"
for month in 05 06; do
    printf '月份,村,垃圾(吨),处数\n2024-%s,甲村,1%s.5,3\n2024-%s,乙村,20,4\n' $month $month $month >数据/月报/月报-2024-$month.csv
done
printf '级别,名称\n村,甲村\n村,乙村\n' | iconv -f UTF-8 -t GBK >数据/网格.csv
printf '编号,发现日期,整改时限,整改完成日期,销号日期,状态\nA-1,2024-06-03,2024-06-09,2024-06-05,2024-06-06,已销号\n' >数据/台账.csv
printf '村,数\n甲村,1\n"乙村,2\n' >坏/坏.csv
printf '甲,乙\n子,1\n' >坏/好.csv
printf '甲,乙\n子,1\n' >散/"$(printf '月报' | iconv -f UTF-8 -t GBK)".csv
printf '甲,乙\n子,1\n' >"散/任务 (1){二}[三].csv"
printf '甲,乙\n子,1\n' >"散/=cmd.csv"
printf '月份,村,户数/新建(座),期间\n2024-06,甲村,3,1\n2024-06,乙村,4,2\n' >"带 空格/改厕 - 2024-06.csv"
cat >t.xml <<'XML'
<report form="汇报" period="月"><data roster="网格.csv"><csv id="报" files="月报/*.csv" period="月份" key="月份,村"/>
<csv id="账" files="台账.csv" period="发现日期" key="编号"/><param name="率" default="2"/>
<set name="翻倍" value="报.垃圾 * 率"/></data><title>例</title><p>{报.没有}</p></report>
XML
printf '已有\n' >目录.xml

. "$tests/case.sh"

# ---- columns
check columns 0 '表 月报：月报/月报-2024-05.csv 等 2 个文件，4 行，2024-05 至 2024-06，主键 月份、村' '流量（推断）  吨' \
    '名册的“村”' '已整改、已销号、超期、临期、整改用时、立行立改' '表 网格：网格.csv，2 行，名册' !警告 -- wenyin columns -d 数据
check columns-no-trailing-blanks 0 '表 月报' '!行尾有空格' -- 'wenyin columns -d 数据 >列表; cat 列表; ! grep -q " \$" 列表 || echo 行尾有空格'
check columns-period 0 '本期 2 行' -- wenyin columns -d 数据 -p 2024-06
check columns-template 0 '表 报：' '表 账：' !E142 -- wenyin columns t.xml -d 数据
printf '<report form="汇报"><title>通知</title><p>好</p></report>' >无表.xml
check columns-no-tables 0 模板没有声明数据表 -- wenyin columns 无表.xml
check columns-english 0 'table 月报: 月报/月报-2024-05.csv … (2 files), 4 rows' 'flow (guessed)' 'the roster' \
    -- wenyin columns -d 数据 --lang en
check columns-csv 0 -- 'wenyin columns -d 数据 -o 列.csv && [ "$(head -c 3 列.csv | od -An -tx1 | tr -d " \n")" = efbbbf ] &&
    [ "$(grep -c "$(printf "\\r")\$" 列.csv)" -eq "$(wc -l <列.csv)" ] && grep -q "^月报,.*,垃圾,垃圾(吨),数,流量,推断,吨,1," 列.csv'
check columns-csv-stdout 0 '^表,文件' -- "wenyin columns -d 数据 -o - | sed 's/^.*表,文件/^表,文件/'"
check columns-extension 2 E507 '可用：.csv' -- wenyin columns -d 数据 -o 列.xlsx
# What was read is not written over: a table, one that is lost, the template.
mkdir 原
cp 数据/网格.csv 坏/坏.csv 原
cp t.xml t.csv
check columns-over-data 2 E403 -- 'wenyin columns -d 数据 -o ./数据/../数据/网格.csv || { cmp 数据/网格.csv 原/网格.csv && (exit 2); }'
check columns-over-lost 2 E403 -- 'wenyin columns -d 坏 -o 坏/坏.csv || { cmp 坏/坏.csv 原/坏.csv && (exit 2); }'
check columns-over-template 2 E403 -- 'wenyin columns t.csv -d 数据 -o t.csv || { cmp t.csv t.xml && (exit 2); }'
printf '%s' '<report form="汇报" period="月"><data><csv id="坏" files="坏.csv"/></data><title>例</title></report>' >坏.xml
check remind-over-lost 2 E403 -- 'wenyin remind 坏.xml -d 坏 -p 2024-06 -o 坏/坏.csv || { cmp 坏/坏.csv 原/坏.csv && (exit 2); }'
printf '%s' '<report form="汇报" period="月"><data><csv id="账" files="台账.csv" period="发现日期"/></data><title>例</title></report>' >账.xml
check remind-unchecked 0 没有要更正的地方 '没有核对缺报' !报齐 -- wenyin remind 账.xml -d 数据 -p 2024-06
# A row of a year lies in each of its months, as where it is counted.
check columns-period-long 0 '表 任务：任务.csv，54 行（本期 27 行）' -- wenyin columns -d "$samples" -p 2024-06
mkdir 色
printf '甲,乙\n子,1\n' >"色/$(printf 'a\033[31m').csv"
check columns-escape 0 'a␛[31m.csv' "!$(printf '\033')" -- wenyin columns -d 色
check value-escape 0 'a␛[31m.csv' "!$(printf '\033')" -- wenyin value a31m.甲 -d 色
check columns-no-data 2 E528 -- wenyin columns
check columns-missing 2 E515 -- wenyin columns -d 没有
check columns-empty 2 E527 -- wenyin columns -d 空
mkdir 名; printf '甲,乙\n子,1\n' >名/"$(printf '月报' | iconv -f UTF-8 -t GBK)".csv
check columns-unnamed 2 W520 E527 -- wenyin columns -d 名
check columns-broken 2 '表 好：' '坏.csv:3: 错误 E213' -- wenyin columns -d 坏
check columns-odd-names 0 W520 '表 任务1二三：' '表 cmd：' -- wenyin columns -d 散
check columns-full 5 E408 -- 'wenyin columns -d 数据 >/dev/full'

# ---- value
check value 0 '126.5吨' '用到 月报/月报-2024-06.csv（C2、C3）' -- wenyin value 月报.垃圾 -d 数据 -p 2024-06
[ "$("$wenyin" value '月报.垃圾|环比|升降' -d 数据 -p 2024-06 | head -n 1)" = 增长0.8% ] && echo 'ok cli/value-first-line' ||
    echo 'FAIL cli/value-first-line'
check value-places 2 '表达式:1:4: 错误 E142' '^^^^' '是否为“垃圾”' -- wenyin value 月报.拉圾 -d 数据 -p 2024-06
check value-blanks 2 '表达式:1:6: 错误 E142' -- "wenyin value '  月报.拉圾' -d 数据 -p 2024-06"
check value-angle 2 '表达式:1:12: 错误 E142' -- "wenyin value '1 < 2 且 月报.拉圾 > 3' -d 数据 -p 2024-06"
check value-braces 0 '126.5吨' -- "wenyin value ' {月报.垃圾} ' -d 数据 -p 2024-06"
check value-braces-wide 0 '126.5吨' -- wenyin value ｛月报.垃圾｝ -d 数据 -p 2024-06
check value-braces-place 2 '表达式:1:5: 错误 E142' '{月报.拉圾}' -- wenyin value '{月报.拉圾}' -d 数据 -p 2024-06
check value-braces-one 2 '表达式:1:1: 错误 E146' -- wenyin value '{月报.垃圾' -d 数据 -p 2024-06
check value-braces-none 2 E141 -- wenyin value '{}' -d 数据 -p 2024-06
check value-condition 0 不成立 -- "wenyin value '月报.垃圾 > 999' -d 数据 -p 2024-06"
check value-template 0 253 '参数“率”：2' '“翻倍”就是 报.垃圾 * 率' !E142 -- wenyin value 翻倍 -t t.xml -d 数据 -p 2024-06
check value-set 0 506 -- wenyin value 翻倍 -t t.xml -d 数据 -p 2024-06 --set 率=4
check value-set-unknown 2 E130 -- wenyin value 翻倍 -t t.xml -d 数据 -p 2024-06 --set 倍=4
check value-set-alone 2 E130 -- wenyin value 月报.垃圾 -d 数据 --set 倍=4
check value-as-of-run-together 2 E511 20240605 -- "wenyin value '台账|计数' -d 数据 -p 2024-06 --as-of 20240605"
check value-as-of 0 '0' -- "wenyin value '台账|其中 已销号|计数' -d 数据 -p 2024-06 --as-of 2024-06-05"
check value-period-kind 2 E133 -- wenyin value 翻倍 -t t.xml -d 数据 -p 2024
check value-no-period 0 '全部期间 4 行' -- wenyin value 月报.垃圾 -d 数据
check value-missing 0 '没有数（用来比的数没有，或是零）' -- "wenyin value '月报.垃圾|同比' -d 数据 -p 2024-06"
check value-english 0 '“月报” of 2024-06: 2 rows' -- wenyin value 月报.垃圾 -d 数据 -p 2024-06 --lang en
check value-english-fault 2 'expression:1:4: error E142' -- wenyin value 月报.拉圾 -d 数据 -p 2024-06 --lang en
check value-nothing 2 E504 -- wenyin value -d 数据
check value-empty 2 E141 -- "wenyin value '' -d 数据"
check value-rows 2 E161 -- wenyin value 月报 -d 数据

# ---- catalogue
check catalogue 0 '<indicator name="垃圾" unit="吨" kind="流量" decimals="1" group=""/>' '<indicator name="处数"' \
    -- wenyin catalogue 数据
check catalogue-there 2 E529 -- wenyin catalogue 数据 -o 目录.xml
check catalogue-link 2 E529 -- 'ln -s 没有 链; wenyin catalogue 数据 -o 链'
[ "$(cat 目录.xml)" = 已有 ] && echo 'ok cli/catalogue-kept' || echo 'FAIL cli/catalogue-kept'
# It loads again, over the data that it was made of, without a message.
loads() {
    rm -rf 装; mkdir 装
    wenyin catalogue "$1" -o 装/目录.xml && printf '%s\n' "$2" >装/t.xml && wenyin render 装/t.xml -d "$1" -p 2024-06 --dump doc
}
head='<report form="汇报" period="月"><data catalogue="目录.xml"' tail='</data><title>例</title><p>好</p></report>'
check catalogue-loads 0 '好' !错误 !警告 -- \
    "loads 数据 '$head><csv id=\"月报\" files=\"月报/*.csv\" period=\"月份\" key=\"月份,村\"/>$tail'"
check catalogue-samples 0 '好' !错误 !警告 -- "loads '$samples' '$head roster=\"网格.csv\" targets=\"任务.csv\">
<csv id=\"月报\" files=\"月报/*.csv\" period=\"月份\" key=\"月份,村\"/><csv id=\"考核\" files=\"考核/*.csv\" period=\"期次\" key=\"期次,村\"/>
<csv id=\"资金\" files=\"资金.csv\"/><csv id=\"项目\" files=\"厕所污水项目.csv\"/><csv id=\"活动\" files=\"活动台账.csv\"/>$tail'"
check catalogue-differs 0 '“生活垃圾”在月报、考核里单位或性质不同' '!name="生活垃圾"' -- "wenyin catalogue '$samples'"
# A head that is spelt otherwise in one month is an alias, with which the months go together.
mkdir -p 改名/月报
printf '月份,村,生活垃圾(吨)\n2024-05,甲村,1\n2024-05,乙村,1\n' >改名/月报/2024-05.csv
printf '月份,村,生活垃圾量(吨)\n2024-06,甲村,2\n2024-06,乙村,2\n' >改名/月报/2024-06.csv
check columns-renamed 2 E225 -- wenyin columns -d 改名
check catalogue-renamed 0 '好' 'alias="生活垃圾量"' '!: 错误' '!: 警告' -- \
    "loads 改名 '$head><csv id=\"月报\" files=\"月报/*.csv\" period=\"月份\" key=\"月份,村\"/>$tail' && cat 装/目录.xml"
# What names a row is no indicator (a year, a numeric key), nor is a target; a score says so.
mkdir 首
printf '年度,村,户数(户)\n2023,甲村,3\n2024,甲村,4\n' >首/年报.csv
printf '月份,村,得分\n2024-07,甲村,9\n' >首/考核.csv
printf '月份,村,宣传(场)\n2024-04,甲村,9\n' >首/宣传.csv
printf '指标,年度,范围,目标值\n宣传,2024,全镇,90\n' >首/任务.csv
check catalogue-own 0 'name="户数" unit="户" kind="流量"' 'name="得分" kind="评分"' 'name="宣传"' '!name="年度"' '!name="目标值"' \
    -- wenyin catalogue 首
# The month proposed is the last of any return, whichever file stands first.
check new-latest-month 0 '-p 2024-07' '!-p 2024-04' -- wenyin new 首新 -d 首
check catalogue-broken 0 W522 '<catalogue>' -- wenyin catalogue 坏
check catalogue-missing 2 E515 -- wenyin catalogue 没有
check catalogue-nothing 2 E504 -- wenyin catalogue

# ---- new: what it prints works exactly as it stands
try() {
    "$@" >steps || return
    sed -n 's/^  \(cd .*\)/\1/p' steps >step.sh
    [ -s step.sh ] || return 9
    (. ./step.sh) || return
    folder=$(sed -n 's/^\(.*\) 建好了：$/\1/p; s/^\(.*\) is ready:$/\1/p' steps)
    head -c 5 "$folder/工作汇报.pdf"
}
check new 0 '%PDF-' !警告 -- try wenyin new 一
check new-empty 0 '%PDF-' -- 'mkdir 二; try wenyin new 二/'
check new-english 0 '%PDF-' -- try wenyin new 三 --lang en
check new-quoted 0 '%PDF-' -- "try wenyin new \"四 '号;(x)\""
check new-own 0 '%PDF-' !警告 -- try wenyin new 五 -d "$samples"
check new-own-odd 0 '%PDF-' !警告 -- "try wenyin new 六 -d '带 空格'"
mkdir 括 季
printf '月份,村,数{1}(个{)\n2024-06,甲村,3\n2024-06,乙村,4\n' >括/报.csv
check new-own-braces 0 '%PDF-' !警告 -- try wenyin new 十 -d 括
printf '村,收入\n甲村,3\n乙村,4\n' | tee 季/收入-2024Q1.csv >季/收入-2024Q2.csv
check new-own-quarter 0 '%PDF-' !警告 -- try wenyin new 十一 -d 季
check new-own-small 0 '%PDF-' !警告 -- try wenyin new 七 -d 数据
check new-files 0 目录.xml 说明.txt wenyin.xsd 工作汇报.xml 数据 -- ls 一
check new-schema 0 -- 'wenyin schema | cmp - 一/wenyin.xsd'
check new-editor 0 -- 'command -v xmllint >/dev/null || exit 0; xmllint --noout --schema 一/wenyin.xsd 一/工作汇报.xml 五/工作汇报.xml 六/工作汇报.xml 2>&1'
check new-not-empty 2 E530 -- wenyin new 数据
check new-over-file 2 E529 -- wenyin new t.xml
check new-nowhere 5 E532 -- wenyin new 没有/新
check new-no-data 2 E515 -- wenyin new 八 -d 没有
check new-data-empty 2 E527 -- wenyin new 八 -d 空
check new-no-home 2 E531 -- 'WENYIN_HOME=没有 wenyin new 八'
check new-nothing 2 E504 -- wenyin new
check new-empty-failed 2 E527 -- 'mkdir 九; wenyin new 九 -d 空'
if [ -e 八 ] || [ -n "$(ls -A 九)" ] || find . -name '.wenyin*' | grep -q .; then
    echo "FAIL cli/new-leaves-nothing: $(find . -name '.wenyin*'; ls -dA 八 九/* 2>/dev/null)"
else
    echo 'ok cli/new-leaves-nothing'
fi

# ---- what root may read, others may not
mkdir 开 锁 锁/里 禁 && cp "$wenyin" 开/wenyin
printf '甲,乙\n子,1\n' | tee 锁/好.csv >锁/坏.csv
chmod 000 锁/里 锁/坏.csv
chmod 555 禁
nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups 开/wenyin "$@"
    else
        "$wenyin" "$@"
    fi
}
check columns-secret 2 E271 '坏.csv: 错误 E203' '表 好：' -- nobody columns -d 锁
check columns-closed 2 E515 -- nobody columns -d 锁/里
check catalogue-secret 2 E271 -- nobody catalogue 锁
check catalogue-unwritable 5 E401 -- nobody catalogue 数据 -o 禁/目录.xml
check new-unwritable 5 E532 -- nobody new 禁/新
chmod 755 锁/里 禁
