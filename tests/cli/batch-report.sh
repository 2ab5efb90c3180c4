#!/bin/sh
# The run report of a batch, --resume, --shard, `report merge`, --register, and what may be overwritten. Called by run.sh with
# the program, in the folder of the clone; prints one `ok` / `FAIL` line a case.
set -u
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
here=$(pwd)/tests/cli
fonts=$(pwd)/fonts/files
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-report.XXXXXX") || exit 1
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
wenyin() { "$wenyin" "$@"; }
. "$here/case.sh"

mkdir data
printf '级别,名称\n村,丙村\n村,甲村\n村,乙村\n村,丁村\n村,戊村\n' >data/网格.csv
monthly() { printf '月份,村,垃圾(吨)\n2024-06,甲村,13\n2024-06,乙村,%s\n2024-06,丙村,9\n2024-06,丁村,4\n2024-06,戊村,5\n' "$1" >data/月报.csv; }
monthly 25
cat >函.xml <<'XML'
<report form="信函" period="月" each="村"><data roster="网格.csv"><csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data>
<masthead issuer="洋江镇" number="洋函〔2024〕{序号}号"/><title>关于清理的函</title><to>{村}：</to><p>你村清理{月报.垃圾}吨，列第{月报.垃圾|排名}名。</p>
<sign unit="洋江镇" date="{截至|年月日}"/></report>
XML
sed 's/{序号}号/{流水号}号/' 函.xml >登.xml
sed 's/ each="村"//; s/{村}：/各村：/; s/{序号}/1/; s/你村.*名。/好。/' 函.xml >一.xml
sed 's/{序号}/{流水号}/; s/ each="村"//; s/{村}：/各村：/; s/你村.*名。/好。/' 函.xml >一登.xml
run() { template=$1; shift; wenyin render "$template" -d data -p 2024-06 "$@"; }
R=运行报告-函-2024-06
# facts FILE: the report without seconds and with “kept” as “made”
facts() { cut -d, -f1-10,12- "$1" | sed 's/,未变/,已出/'; }
# python CODE ARGUMENT...
py() { "$python" -c "$@"; }

# ---- the report ----
check report-made 0 '共 5 份：新出 5，未变 0，没有出 0' -- 'run 函.xml -o "a/{村}.pdf"'
check report-rows 0 '1,丙村,,丙村.pdf,已出,1,' '5,戊村,,戊村.pdf,已出' ',合计,,,完成,5,' ',0.1,函,2024-06' -- cat a/$R.csv
check report-digest 0 -- 'grep -q "$(sha256sum <a/甲村.pdf | cut -c1-64)" a/$R.csv'
check report-figures 0 -- 'n=$(wenyin check 函.xml -d data -p 2024-06 --unit 甲村 -o s.csv && grep -c 算出 s.csv); grep -q "^2,甲村,,甲村.pdf,已出,1,$n," a/$R.csv'
check report-bytes-j 0 -- 'run 函.xml -o "a1/{村}.pdf" -j1 && for f in a/*.pdf; do cmp $f a1/${f#a/} || exit 9; done; facts a/$R.csv >1; facts a1/$R.csv | cmp - 1'
check report-json 0 -- 'run 函.xml -o "a/{村}.pdf" --report r/r.json && py "import json,sys
r = json.load(open(\"r/r.json\"))
assert r[\"end\"] == \"done\" and r[\"made\"] == 5 and r[\"template\"] == \"函\" and r[\"period\"] == \"2024-06\"
assert [u[\"unit\"] for u in r[\"units\"]] == [\"丙村\", \"甲村\", \"乙村\", \"丁村\", \"戊村\"]
assert all(len(u[\"sha256\"]) == 64 and u[\"pages\"] == 1 and u[\"state\"] == \"made\" for u in r[\"units\"])
assert all(u[\"messages\"] == [] for u in r[\"units\"])"'
check report-txt 0 '运行报告　函　2024-06　完成' '   3　乙村　已出　1页　乙村.pdf' -- 'run 函.xml -o "a/{村}.pdf" --report r.txt && cat r.txt'
check report-csv 0 -- 'run 函.xml -o "a/{村}.pdf" --report r.csv && cmp r.csv a/$R.csv'
check report-form 2 E541 H541x -- 'run 函.xml -o "b/{村}.pdf" --report r.xls; s=$?; echo H541x; [ ! -e b ] && exit $s'
check report-stdout 2 E541 -- run 函.xml -o 'b/{村}.pdf' --report -
check report-over-template 2 E403 -- 'run 函.xml -o "b/{村}.pdf" --report data/月报.csv; s=$?; [ ! -e b/甲村.pdf ] && exit $s'
check report-single 2 E540 --report -- run 一.xml -o x.pdf --report r.csv
check report-one-unit 2 E540 --resume -- run 函.xml --unit 甲村 -o x.pdf --resume
check report-dump 2 E540 --force -- run 函.xml --dump doc --force
check report-stdout-unit 0 '%PDF-1.7' !N562 -- 'run 函.xml --unit 甲村 -o - | head -c 8'
check report-english 0 '5 paper(s): 5 made' -- 'run 函.xml -o "a1/{村}.pdf" --lang en'
check report-no-period 0 '运行报告-无-1之2.csv' -- 'sed "s/ period=\"月\"//; s/{村}清理.*名/好/; s/{截至|年月日}/2024年6月30日/; s/你村.*名。/好。/" 函.xml >无.xml; wenyin render 无.xml -d data -o "n/{村}.txt" --shard 1/2 && ls n'

# A bad unit has its message in the report.
monthly ''
check report-failed 3 '3,乙村,,乙村.pdf,未出,0,' ',,"函.xml:2:' E172 '单位: 乙村' '没有出 1' -- 'run 函.xml -o "f/{村}.pdf"; s=$?; cat f/$R.csv; exit $s'
check report-failed-json 3 -- 'run 函.xml -o "f2/{村}.pdf" --report f.json; s=$?; py "import json
m = [u[\"messages\"] for u in json.load(open(\"f.json\"))[\"units\"] if u[\"state\"] == \"failed\"]
assert len(m) == 1 and len(m[0]) == 2, m
assert m[0][0].startswith(\"函.xml:2:\") and \"E172\" in m[0][0] and \"\\n      \" in m[0][0] and not m[0][0].endswith(\"\\n\"), m" && exit $s'
check report-mended 0 '3,乙村,,乙村.pdf,已出,1,' '新出 1，未变 4' -- 'monthly 1; run 函.xml -o "f/{村}.pdf" --resume && cat f/$R.csv'
check report-holed 4 '乙村.txt,已出，有缺数,' -- 'monthly ""; run 函.xml -o "h/{村}.txt" --draft; s=$?; cat h/$R.csv; exit $s'
check report-holed-kept 4 '未变 5' '乙村.txt,未变，有缺数,' W142 -- 'run 函.xml -o "h/{村}.txt" --draft --resume; s=$?; cat h/$R.csv; exit $s'
monthly 25

# ---- what is up to date ----
check resume-nothing 0 '新出 0，未变 5' -- run 函.xml -o 'a/{村}.pdf' --resume
check resume-changed-name 0 '未变 5' -- run 函.xml -o 'a/{村}.pdf' --changed
check resume-cell 0 '新出 5' -- 'monthly 1; run 函.xml -o "a/{村}.pdf" --resume'
check resume-other-cell 0 '新出 1，未变 4' -- 'monthly 2; run 函.xml -o "a/{村}.pdf" --resume'
check resume-row-moved 0 '新出 0，未变 5' -- 'sed "1a 2024-05,甲村,3" data/月报.csv >m && cp m data/月报.csv; run 函.xml -o "a/{村}.pdf" --resume'
check resume-gone 0 '新出 1，未变 4' -- 'rm a/甲村.pdf; run 函.xml -o "a/{村}.pdf" --resume'
check resume-touched-up 0 '新出 1，未变 4' -- 'cp a/甲村.pdf whole.pdf; echo x >>a/甲村.pdf; run 函.xml -o "a/{村}.pdf" --resume && cmp a/甲村.pdf whole.pdf'
# Moved and mended: the template of the report is not there any more.
mkdir new
sed 's/关于清理/关于继续清理/' 函.xml >new/函.xml
mv 函.xml was.xml
check resume-template 0 '新出 5' -- 'run new/函.xml -o "a/{村}.pdf" --resume'
check resume-option 0 '新出 5' -- 'run new/函.xml -o "a/{村}.pdf" --resume --accessible'
check resume-date 0 '新出 5' -- 'run new/函.xml -o "a/{村}.pdf" --resume --date 2024-07-01'
check resume-language 0 '5 made, 0 unchanged' -- 'run new/函.xml -o "a/{村}.pdf" --date 2024-07-01 --resume --lang en'
# Another build of the program, or of a library: known by its build ID.
mkdir -p built/fonts
ln -s "$fonts" built/fonts/files
"$python" - "$wenyin" built/wenyin <<'PY'
import sys
program = bytearray(open(sys.argv[1], "rb").read())
at = program.index(b"\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0")
program[at + 16] ^= 1
open(sys.argv[2], "wb").write(program)
PY
chmod 755 built/wenyin
check resume-build 0 '新出 5' -- 'run new/函.xml -o "a/{村}.pdf" --date 2024-07-01 && WENYIN_HOME=$work/built built/wenyin render new/函.xml -d data -p 2024-06 -o "a/{村}.pdf" --resume --date 2024-07-01'
mv was.xml 函.xml
rm new/函.xml
# What the dump is marked with stands in the data: two cells, and the same text otherwise cut.
cat >格.xml <<'XML'
<report form="汇报" period="月" each="村"><data roster="网格.csv"><csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data>
<title>函</title><table of="月报"><col value="甲"/><col value="乙"/></table></report>
XML
cells() { mkdir -p cut; cp data/网格.csv cut; printf '月份,村,甲,乙\n2024-06,丙村,%s,%s\n' "$1" "$2" >cut/月报.csv; wenyin render 格.xml -d cut -p 2024-06 --unit 丙村 -o 'cells/{村}.txt' --resume 2>/dev/null && cut -d, -f5 cells/运行报告-格-2024-06.csv; }
check resume-cells 0 已出 !未变 -- 'cells "子 | 丑" 寅 && cells 子 "丑 | 寅"'
check resume-cells-same 0 未变 -- 'cells 子 "丑 | 寅"'
check resume-unit 0 '戊村.pdf,' '丙村.pdf,' -- 'run 函.xml -o "a/{村}.pdf"; run 函.xml -o "a/{村}.pdf" --unit 乙村 && cat a/$R.csv'
check resume-after-unit 0 '未变 5' -- 'run 函.xml -o "a/{村}.pdf" --resume'
check resume-pages 0 '新出 0，未变 5' 甲村-1.png -- 'run 函.xml -o "p/{村}.png" --dpi 30 && run 函.xml -o "p/{村}.png" --dpi 30 --resume && ls p'
check resume-pages-mended 0 '新出 1，未变 4' -- 'rm p/乙村-1.png; run 函.xml -o "p/{村}.png" --dpi 30 --resume'
check resume-dpi 0 '新出 5' -- 'run 函.xml -o "p/{村}.png" --dpi 40 --resume'

# A run that was killed: its plan stands, what it has made is known, a torn row counts for nothing.
check resume-torn 0 '新出 2，未变 3' -- 'rm -rf k; run 函.xml -o "k/{村}.pdf" && cp k/$R.csv whole.csv && {
    head -n 1 whole.csv; sed -n "2,6s/已出\\(.*\\),[0-9a-f]\\{64\\},[0-9a-f]\\{64\\},/未做\\1,,,/p" whole.csv; sed -n 2,4p whole.csv
    sed -n 5p whole.csv | head -c 90; } >k/$R.csv && run 函.xml -o "k/{村}.pdf" --resume && facts whole.csv >1 && facts k/$R.csv | cmp - 1'
check resume-torn-quote 0 '未变 5' -- '{ cat whole.csv; printf "9,己村,,己村.pdf,未出,0,0,1,0,0,0.1,,,\"函.xml:1: 错"; } >k/$R.csv; run 函.xml -o "k/{村}.pdf" --resume && facts k/$R.csv | cmp - 1'
check resume-empty-report 0 '新出 5' -- ': >k/$R.csv; run 函.xml -o "k/{村}.pdf" --resume --force && facts k/$R.csv | cmp - 1'
check report-gbk 0 '未变 5' -- 'tail -c +4 k/$R.csv | iconv -f UTF-8 -t GBK >g; cp g k/$R.csv; run 函.xml -o "k/{村}.pdf" --resume && facts k/$R.csv | cmp - 1'
check report-columns 0 '未变 5' -- '"$python" -c "
import csv
rows = list(csv.reader(open(\"k/$R.csv\", encoding=\"utf-8-sig\", newline=\"\")))
csv.writer(open(\"k/$R.csv\", \"w\", encoding=\"utf-8-sig\"), delimiter=\";\").writerows([r[::-1] + [\"备注\"] for r in rows])"; run 函.xml -o "k/{村}.pdf" --resume && facts k/$R.csv | cmp - 1'
check report-none 2 E567 文件 'H567x' -- 'cp data/月报.csv k/$R.csv; run 函.xml -o "k/{村}.pdf"; s=$?; echo H567x; cmp data/月报.csv k/$R.csv && exit $s'
check report-state 2 E567 'E3' -- 'sed "3s/,已出,/,出了,/" whole.csv >k/$R.csv; run 函.xml -o "k/{村}.pdf"'
check report-digest-bad 2 E567 'L2' -- 'sed "2s/,[0-9a-f]\\{64\\},/,abc,/" whole.csv >k/$R.csv; run 函.xml -o "k/{村}.pdf"'

# ---- other people's files ----
check foreign 2 E566 甲村.pdf '有 1 个文件' -- 'mkdir o && echo mine >o/甲村.pdf; run 函.xml -o "o/{村}.pdf"; s=$?; [ "$(cat o/甲村.pdf)" = mine ] && [ ! -e o/乙村.pdf ] && [ ! -e o/$R.csv ] && exit $s'
check foreign-force 0 '新出 5' -- run 函.xml -o 'o/{村}.pdf' --force
check foreign-ours 0 '新出 5' -- run 函.xml -o 'o/{村}.pdf'
check foreign-month 2 E566 '有 5 个文件' -- 'grep 2024-06 data/月报.csv | sed "s/-06/-07/" >m; cat m >>data/月报.csv; wenyin render 函.xml -d data -p 2024-07 -o "o/{村}.pdf"; s=$?; monthly 25; exit $s'
check foreign-page 2 E566 甲村-3.png '有 1 个文件' -- 'mkdir q3 && echo mine >q3/甲村-3.png; run 函.xml -o "q3/{村}.png"; s=$?; [ "$(ls q3)" = 甲村-3.png ] && exit $s'
check foreign-not-page 0 -- 'mkdir q4 && echo mine >q4/甲村-x.png; echo mine >q4/甲村-3.svg; run 函.xml -o "q4/{村}.png" --dpi 20'
check foreign-picture 2 E566 甲村-1.png -- 'mkdir q && echo mine >q/甲村-1.png; run 函.xml -o "q/{村}.png"'
check left 0 W562 o/丁村.pdf '1 个文件' -- 'grep -v 丁村 data/网格.csv >m; cp data/网格.csv roster; cp m data/网格.csv; sed -i /丁村/d data/月报.csv; run 函.xml -o "o/{村}.pdf"; s=$?; [ -e o/丁村.pdf ] && grep -q 丁村 o/$R.csv && exit $s'
check left-gone 0 !W562 -- 'rm o/丁村.pdf; run 函.xml -o "o/{村}.pdf" && ! grep -q 丁村 o/$R.csv'
cp roster data/网格.csv
monthly 25
check left-other-form 0 !W562 -- 'run 函.xml -o "o/{村}.pdf"; run 函.xml -o "o/{村}.txt" && grep -q 甲村.pdf o/$R.csv'
sed 's/<to>/<to>{村}、/; s|<sign|<p>又。</p><pagebreak/><p>又。</p><sign|' 函.xml >new/函.xml
check left-pages 0 W562 'v/甲村-2.png' '5 个文件' -- 'mv 函.xml was.xml; run new/函.xml -o "v/{村}.png" --dpi 20; mv was.xml 函.xml; mv new/函.xml two.xml; run 函.xml -o "v/{村}.png" --dpi 20; s=$?; mv two.xml new/函.xml; exit $s'
check left-pages-failed 0 W562 v/乙村-2.png -- 'monthly ""; run 函.xml -o "v/{村}.png" --dpi 20; [ $? -eq 3 ] || exit 9; monthly 25; run 函.xml -o "v/{村}.png" --dpi 20'
check cell-formula 0 "\"'=1+1\"" -- 'mkdir d2; sed "s/丙村/=1+1/" data/网格.csv >d2/网格.csv; sed "s/丙村/=1+1/" data/月报.csv >d2/月报.csv; wenyin render 函.xml -d d2 -p 2024-06 -o "w/{村}.txt" && cat w/$R.csv'
check cell-formula-again 0 '未变 5' -- "wenyin render 函.xml -d d2 -p 2024-06 -o 'w/{村}.txt' --resume"

# ---- what is written beside the papers ----
check apart-report 2 E556 --report '“丙村”' -- 'run 函.xml -o "终/{村}.txt" --report ./终/丙村.txt; s=$?; [ ! -e 终 ] && exit $s'
check apart-report-unit 2 E556 '“丙村”' -- 'run 函.xml --unit 甲村 -o "终/{期间}/{村}.txt" --report 终/2024-06/丙村.TXT'
check apart-register 2 E556 --register '“丙村”' -- 'mkdir 终; run 登.xml -o "终/{村}.txt" --register "$PWD/终/../终/丙村.txt"; s=$?; [ -z "$(ls 终)" ] && exit $s'
check apart-both 2 E556 --register --report -- 'run 登.xml -o "终/{村}.txt" --register 终.csv --report 终.csv; s=$?; [ ! -e 终.csv ] && exit $s'
check apart-run-report 2 E556 运行报告 -- run 函.xml -o '终/{村}.txt' --report "终/$R.csv"
check apart-run-report-register 2 E556 运行报告 -- run 登.xml -o '终/{村}.txt' --register 终/运行报告-登-2024-06.csv
check apart-one 2 E556 -o --register -- 'run 登.xml --unit 甲村 -o 终.txt --register 终.txt; s=$?; [ ! -e 终.txt ] && run 一登.xml -o 终.txt --register ./终.txt; [ $? -eq $s ] && [ ! -e 终.txt ] && exit $s'
check apart-dump 0 -- run 登.xml --dump doc --register 终.csv
check apart-check 2 E556 --register -- 'printf "年份,流水号,模板,期间,单位\n2024,7,旧,2024-05,甲村\n" >甲村.csv; cp 甲村.csv was; wenyin check 登.xml -d data -p 2024-06 -o "{村}.csv" --register 甲村.csv; s=$?; cmp was 甲村.csv && exit $s'
check apart-check-one 2 E403 -- 'wenyin check 一登.xml -d data -p 2024-06 -o 甲村.csv --register ./甲村.csv; s=$?; cmp was 甲村.csv && exit $s'

# ---- two templates of one name ----
mkdir 甲 乙
cp 函.xml 甲
sed 's/关于清理/关于通报/' 函.xml >乙/函.xml
check stem 2 E584 '“../甲/函.xml”' -- 'run 甲/函.xml -o "同/{村}.txt" && cp 同/甲村.txt was && run 乙/函.xml -o "同/{村}.txt"; s=$?; cmp was 同/甲村.txt && exit $s'
check stem-other-name 2 E584 -- 'run 乙/函.xml -o "同/{村}-乙.txt"; s=$?; [ ! -e 同/甲村-乙.txt ] && exit $s'
check stem-shard 2 E566 '有 3 个文件' -- run 乙/函.xml -o '同/{村}.txt' --shard 1/2
check stem-same 0 '未变 5' -- '(cd 甲 && wenyin render ./函.xml -d ../data -p 2024-06 -o "../同/{村}.txt" --resume)'
check stem-force 0 '新出 5' -- 'run 乙/函.xml -o "同/{村}.txt" --force && ! cmp -s was 同/甲村.txt'
check stem-forced 2 E584 '“../乙/函.xml”' -- run 甲/函.xml -o '同/{村}.txt'
check stem-moved 0 '新出 0，未变 5' -- 'mkdir 丙; mv 乙/函.xml 丙; run 丙/函.xml -o "同/{村}.txt" --resume && grep -q ",../丙/函.xml" 同/$R.csv'

# ---- the warnings of the run are counted ----
sed 's|</data>|<csv id="全镇" files="全镇.csv" period="月份" key="月份"/></data>|; s/{月报.垃圾|排名}/{月报.垃圾|排名}，全镇{全镇.面积}/' 函.xml >全.xml
printf '月份,面积\n2024-06,70\n' >data/全镇.csv
check warnings-counted 0 W144 -- 'run 全.xml -o "全/{村}.txt" >said 2>&1; cat said; n=$(grep -c "警告 W" said); [ "$n" -gt 0 ] && grep -q "警告 $n 条" said'
rm data/全镇.csv

# ---- one run at a time; folders and disks ----
cat >hold.py <<'PY'
import fcntl, os, subprocess, sys
file = open(sys.argv[1], "r+")
fcntl.lockf(file, fcntl.LOCK_EX)
done = subprocess.run(sys.argv[2:], stderr=subprocess.PIPE, text=True)
print(done.stderr.replace(f"进程 {os.getpid()}", "进程 PID"))
sys.exit(done.returncode)
PY
check locked 5 E565 '进程 PID' -- '"$python" hold.py a/$R.csv "$wenyin" render 函.xml -d data -p 2024-06 -o "a/{村}.pdf"'
check unlocked 0 -- run 函.xml -o 'a/{村}.pdf'
check locked-other-period 0 -- "sed '1d; s/2024-06/2024-07/' data/月报.csv >m; cat m >>data/月报.csv; \"\$python\" hold.py a/$R.csv \"\$wenyin\" render 函.xml -d data -p 2024-07 -o 'a/{村}-{期间}.pdf'"
monthly 25
if [ "$(id -u)" -eq 0 ]; then
    chmod 755 .
    mkdir shut open open/fonts open/fonts/files
    chmod 555 shut
    cp "$wenyin" open/wenyin
    cp "$fonts"/*.otf "$fonts"/*.ttf open/fonts/files/
    nobody() { WENYIN_HOME=$work/open setpriv --reuid=65534 --regid=65534 --clear-groups open/wenyin "$@"; }
    check folder-read-only 5 E568 没有权限 -- 'nobody render 函.xml -d data -p 2024-06 -o "shut/{村}.pdf"; s=$?; [ -z "$(ls -A shut)" ] && exit $s'
    check folder-read-only-report 5 E401 没有权限 -- 'cp a/$R.csv shut; chmod 666 shut/$R.csv; nobody render 函.xml -d data -p 2024-06 -o "shut/{村}.pdf"; s=$?; cmp a/$R.csv shut/$R.csv && exit $s'
fi
check folder-is-file 5 E568 -- 'echo x >plain; run 函.xml -o "plain/{村}.pdf"'
mkdir disk
if mount -t tmpfs -o size=60k none disk 2>/dev/null; then
    check disk-full 5 E402 磁盘已满 '所在的磁盘还剩 ' ' KB' W563 -- 'run 函.xml -o "disk/{村}.pdf" -j2; s=$?; for f in disk/*.pdf; do qpdf --check $f >/dev/null || exit 9; done; ls -A disk | grep -v "\.pdf$\|\.csv$" && exit 8; exit $s'
    check disk-full-report 3 未做 '没有做' W563 -- wenyin report merge disk/$R.csv -o -
    check disk-full-resume 0 '没有出 0' -- 'mount -o remount,size=2m disk; run 函.xml -o "disk/{村}.pdf" --resume && facts a/$R.csv >1 && facts disk/$R.csv | cmp - 1'
    umount disk
    mount -t tmpfs -o size=8k none disk
    cat a/甲村.pdf >disk/full 2>/dev/null
    check disk-full-plan 5 E568 磁盘已满 '所在的磁盘还剩 0 KB' -- 'run 函.xml -o "disk/{村}.pdf"; s=$?; [ "$(ls -A disk)" = full ] && exit $s'
    umount disk
fi

# ---- a run is stopped, a run is killed ----
"$python" - <<'PY'
import os
os.makedirs("many", exist_ok=True)
names = [f"第{i}村" for i in range(1, 61)]
with open("many/网格.csv", "w") as f:
    f.write("级别,名称\n" + "".join(f"村,{n}\n" for n in names))
with open("many/月报.csv", "w") as f:
    f.write("月份,村,垃圾(吨)\n" + "".join(f"2024-06,{n},{i}\n" for i, n in enumerate(names, 1)))
PY
cat >stop.py <<'PY'
"""stop.py SIGNAL COUNT COMMAND...: the signal once so many files are there; prints how the process ended."""
import glob, os, signal, subprocess, sys, time
number, count, command = getattr(signal, sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
while run.poll() is None and len(glob.glob("z/*.pdf")) < count:
    time.sleep(0.001)
if run.poll() is None:
    run.send_signal(number)
said = run.communicate()[1]
print(said, f"ended {run.returncode}")
PY
many() { wenyin render 函.xml -d many -p 2024-06 -o "$@"; }
check many-clean 0 '新出 60' -- many 'y/{村}.pdf'
check stopped 0 'ended -2' '没有做' -- '"$python" stop.py SIGINT 5 "$wenyin" render 函.xml -d many -p 2024-06 -o "z/{村}.pdf" -j2'
check stopped-report 0 ,合计,,,中断, ,未做, -- cat z/$R.csv
check stopped-files 0 -- 'for f in z/*.pdf; do cmp $f y/${f#z/} || exit 9; done; [ -z "$(ls -A z | grep -v "pdf$\|csv$")" ]'
check stopped-resume 0 '没有出 0，没有做 0' -- 'many "z/{村}.pdf" --resume && facts y/$R.csv >1 && facts z/$R.csv | cmp - 1'
check killed-resume 0 -- 'for n in 1 3 8 20 40; do rm -rf z; "$python" stop.py SIGKILL $n "$wenyin" render 函.xml -d many -p 2024-06 -o "z/{村}.pdf" -j2 >/dev/null
    for f in z/*.pdf; do cmp $f y/${f#z/} || exit 9; done
    sleep 0.1; many "z/{村}.pdf" --resume || exit 8; facts z/$R.csv | cmp - 1 || exit 7
    for f in y/*.pdf; do cmp $f z/${f#y/} || exit 6; done; [ -z "$(ls -A z | grep -v "pdf$\|csv$")" ] || exit 5; done'
check killed-over 0 -- 'for n in 1 2 3 4 5; do "$python" -c "
import subprocess, sys, time
run = subprocess.Popen(sys.argv[2:], stderr=subprocess.DEVNULL)
time.sleep(0.1 + 0.07 * int(sys.argv[1]))
run.kill()
run.wait()" $n "$wenyin" render 函.xml -d many -p 2024-06 -o "z/{村}.pdf" -j2
    for f in y/*.pdf; do cmp $f z/${f#y/} || exit 9; done; done; sleep 0.1; many "z/{村}.pdf" --resume || exit 8
    facts z/$R.csv | cmp - 1 && [ -z "$(ls -A z | grep -v "pdf$\|csv$")" ]'

# What a process that is no more has left, and what one that lives has under way; in the folder of the report and of the register too.
check swept 0 -- '"$python" - sw/甲村/函.pdf sw/r reg/r <<PY
import os, socket, sys
h = 2166136261
for c in socket.gethostname().encode():
    h = (h ^ c) * 16777619 & 0xFFFFFFFF
h ^= os.stat("/proc/self/ns/pid").st_ino & 0xFFFFFFFF
gone = os.fork() or os._exit(0)
os.waitpid(gone, 0)
for path in sys.argv[1:]:
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    for pid in (gone, os.getppid()):
        open(f"{folder}/.wenyin.{h:08x}-{pid}.tmp", "w")
PY
    run 登.xml -o "sw/{村}/函.txt" --register reg/r.csv --unit 甲村 || exit 9; n=$(find sw reg -name ".wenyin*" | wc -l); [ "$n" -eq 3 ]'
# ---- several machines ----
check shards 0 '1之3' '2之3' '3之3' -- 'for i in 1 2 3; do many "sh/{村}.pdf" --shard $i/3 || exit 9; done; ls sh; for f in y/*.pdf; do cmp $f sh/${f#y/} || exit 8; done'
check shards-dealt 0 '2,第2村,' '5,第5村,' '!,第3村,' -- cat sh/$R-2之3.csv
check shards-whole 0 '新出 0，未变 60' -- 'cp -r sh sh2; many "sh2/{村}.pdf" --resume && facts sh2/$R.csv | cmp - 1'
check shards-anew 0 '新出 0，未变 30' -- 'rm sh2/$R.csv; many "sh2/{村}.pdf" --resume --shard 1/2; n=$(wc -l <sh2/$R-1之2.csv); [ "$n" -eq 32 ]'
check shards-foreign 2 E566 -- 'rm sh2/*之3.csv; many "sh2/{村}.pdf" --shard 2/2'
check merge 0 '共 60 份' -- 'wenyin report merge sh/$R-3之3.csv sh/$R-1之3.csv sh/$R-2之3.csv -o m.csv && facts m.csv | cmp - 1'
check merge-json 0 '"made":60' -- 'wenyin report merge sh/*.csv -o m.json && "$python" -m json.tool m.json >/dev/null && cat m.json'
check shard-txt 0 '第2片，共3片' -- 'many "sh/{村}.pdf" --shard 2/3 --resume --report 2.txt; cat 2.txt'
check merge-one 2 E547 1/3 3/3 -- 'wenyin report merge sh/$R-2之3.csv -o one.txt; s=$?; [ ! -e one.txt ] && exit $s'
check merge-form-only 0 '共60份' -- wenyin report merge y/$R.csv -o -
check merge-gap 2 E583 '缺 29 份，序号：3、5、7、9、11、13 …' -- 'many "gap/{村}.txt" --shard 1/2 --unit 第1村; many "gap/{村}.txt" --shard 2/2; wenyin report merge gap/*.csv -o gap.csv; s=$?; [ ! -e gap.csv ] && exit $s'
# A village is new at the head of the roster: all others change their shard. What their old shard had made is not told twice.
check merge-moved 0 '共 61 份' '!第1村.pdf' -- 'cp many/网格.csv roster60; cp many/月报.csv figures60; sed -i "1a 村,新村" many/网格.csv; echo "2024-06,新村,1" >>many/月报.csv
    cp -r sh sh3; for i in 1 2 3; do many "sh3/{村}.pdf" --shard $i/3 --resume || exit 9; done; wenyin report merge sh3/*.csv -o m3.csv
    s=$?; many "y3/{村}.pdf" || exit 8; facts y3/$R.csv >2; facts m3.csv | cmp - 2 && exit $s'
cp roster60 many/网格.csv
cp figures60 many/月报.csv
check merge-left 0 '"planned":0' '!新村' -- 'for i in 1 2 3; do many "sh3/{村}.pdf" --shard $i/3 --resume || exit 9; done 2>/dev/null; wenyin report merge sh3/*.csv -o m3.json && cat m3.json && [ -e sh3/新村.pdf ]'
check merge-spreadsheet 0 '共 60 份' -- '"$python" -c "
import csv, glob
for name in glob.glob(\"sh/*.csv\"):
    rows = list(csv.reader(open(name, encoding=\"utf-8-sig\", newline=\"\")))
    csv.writer(open(name.replace(\"sh/\", \"excel-\"), \"w\", encoding=\"gbk\")).writerows([[\"Jun-24\" if c == \"2024-06\" else c for c in r] for r in rows])"
    wenyin report merge sh/$R-1之3.csv excel-$R-2之3.csv excel-$R-3之3.csv -o m4.csv && facts m4.csv | cmp - 1'
check merge-missing 2 E547 '2/3' -- wenyin report merge sh/$R-3之3.csv sh/$R-1之3.csv -o m2.csv
check merge-twice 2 E549 '1/3' -- 'cp sh/$R-1之3.csv twin.csv; wenyin report merge sh/*.csv twin.csv -o m2.csv'
check merge-others 2 E548 分片数 -- wenyin report merge sh/$R-3之3.csv y/$R.csv -o m2.csv
check merge-period 2 E548 期间 2024-07 -- 'sed "s/,2024-06/,2024-07/" sh/$R-1之3.csv >other.csv; wenyin report merge sh/$R-3之3.csv other.csv -o m2.csv'
check merge-unit-twice 2 E549 第3村.pdf -- 'sed "s/^1,第1村,,第1村/3,第3村,,第3村/" sh/$R-1之3.csv >other.csv; wenyin report merge sh/$R-3之3.csv other.csv sh/$R-2之3.csv -o m2.csv'
check merge-failed 3 E557 第4村 -- 'sed "s/^4,第4村,,第4村.pdf,已出/4,第4村,,第4村.pdf,未出/" sh/$R-1之3.csv >other.csv; wenyin report merge other.csv sh/$R-2之3.csv sh/$R-3之3.csv -o m2.csv'
check merge-planned 3 W563 第4村 -- 'sed "s/^4,第4村,,第4村.pdf,已出/4,第4村,,第4村.pdf,未做/" sh/$R-1之3.csv >other.csv; wenyin report merge other.csv sh/$R-2之3.csv sh/$R-3之3.csv -o m2.csv'
check merge-word 2 E546 H546x -- 'wenyin report join a.csv -o m.csv; s=$?; echo H546x; exit $s'
check merge-no-output 2 E506 -- wenyin report merge m.csv
check merge-over-input 2 E403 -- wenyin report merge m.csv -o m.csv
check merge-no-file 2 E108 -- wenyin report merge none.csv -o m2.csv
check merge-folder 2 E109 -- wenyin report merge data -o m2.csv
check merge-no-report 2 E567 -- wenyin report merge data/月报.csv -o m2.csv
check merge-form 2 E541 -- wenyin report merge m.csv -o m.pdf
check shard-bad 2 E513 H540x -- 'for s in 0/3 4/3 3 a/b 1/ 1/3x 01/3 1/99999; do run 函.xml -o "b/{村}.pdf" --shard $s && exit 9; done; echo H540x; exit 2'
check shard-empty 0 -- 'run 函.xml -o "e/{村}.pdf" --shard 7/9 && for i in 1 2 3 4 5 6 8 9; do run 函.xml -o "e/{村}.pdf" --shard $i/9 || exit 9; done; wenyin report merge e/*.csv -o -'
check shard-collision 2 E556 -- 'run 函.xml -o "e/{期间}.pdf" --shard 1/5'

# ---- 发文登记 ----
check register-new 0 '2024,1,登,2024-06,丙村' '2024,5,登,2024-06,戊村' 〔2024〕2号 -- 'run 登.xml -o "t/{流水号}-{村}.txt" --register 发文.csv && cat 发文.csv t/2-甲村.txt'
check register-report 0 '2,甲村,2,2-甲村.txt' -- cat t/运行报告-登-2024-06.csv
check register-again 0 -- 'cp 发文.csv was; run 登.xml -o "t/{流水号}-{村}.txt" --register 发文.csv && cmp was 发文.csv'
check register-shard 0 -- 'cp 发文.csv was; rm 发文.csv; run 登.xml -o "t2/{村}.txt" --register 发文.csv --shard 2/3 && cmp was 发文.csv'
check register-at-once 0 -- 'rm -f 发文.csv; for i in 1 2 3; do run 登.xml -o "t3/{村}.txt" --register 发文.csv --shard $i/3 & done; wait; cmp was 发文.csv && grep -q 〔2024〕5号 t3/戊村.txt'
check register-new-unit 0 '2024,6,登,2024-06,己村' 〔2024〕6号 -- 'echo "村,己村" >>data/网格.csv; echo "2024-06,己村,3" >>data/月报.csv; sed -i "2i 村,己村" data/网格.csv; sed -i "\$d" data/网格.csv; run 登.xml -o "t4/{村}.txt" --register 发文.csv && cat 发文.csv t4/己村.txt && cmp -n "$(wc -c <was)" was 发文.csv'
cp roster data/网格.csv
monthly 25
check register-office 0 -- 'printf "2024年发文登记\n流水号;年份;模板;期间;单位;签发人\n１７号;2024年;;;;张书记\n" | iconv -f UTF-8 -t GBK >g.csv; cp g.csv was; run 登.xml -o "t5/{村}.txt" --register g.csv && cmp -n "$(wc -c <was)" was g.csv && iconv -f GBK -t UTF-8 g.csv | grep -q "^18;2024;登;2024-06;丙村;$" && grep -q 〔2024〕18号 t5/丙村.txt'
check register-spreadsheet 0 -- 'sed "s/,2024-06,/,Jun-24,/" 发文.csv >g.csv; cp g.csv was; run 登.xml -o "t9/{村}.txt" --register g.csv && cmp g.csv was && grep -q 〔2024〕2号 t9/甲村.txt'
check register-no-line-end 0 '2024,8,登,2024-06,丙村' -- 'printf "年份,流水号,模板,期间,单位\n2024,7,旧,2024-05,甲村" >g.csv; run 登.xml -o "t6/{村}.txt" --register g.csv && cat g.csv && grep -qx "2024,7,旧,2024-05,甲村" g.csv'
check register-utf16 0 '2024,8,登,2024-06,丙村' -- 'printf "年份\t流水号\t模板\t期间\t单位\r\n2024\t7\t旧\t2024-05\t甲村\r\n" | iconv -f UTF-8 -t UTF-16 >g.csv; run 登.xml -o "t7/{村}.txt" --register g.csv && iconv -f UTF-16 -t UTF-8 g.csv | tr "\t" ,'
check register-year 0 '2025,1,登,2024-06,丙村' -- 'run 登.xml -o "t8/{村}.txt" --register g.csv --date 2025-01-03 && iconv -f UTF-16 -t UTF-8 g.csv | tr "\t" ,'
check register-one 0 '2024,6,一登,2024-06,' 〔2024〕6号 -- 'cp 发文.csv one.csv; sed -i "/己村/d" one.csv; run 一登.xml -o one.txt --register one.csv && cat one.csv one.txt'
check register-one-again 0 〔2024〕6号 -- 'cp one.csv was; run 一登.xml --dump doc --register one.csv && cmp was one.csv'
check register-check 0 '〔2024〕2号' -- 'wenyin check 登.xml -d data -p 2024-06 --unit 甲村 --register 发文.csv | tee sheet && grep -q 发文字号 sheet; wenyin render 登.xml -d data -p 2024-06 --unit 甲村 --register 发文.csv --dump doc'
check register-check-unsaved 0 -- 'cp 发文.csv none.csv; wenyin check 一登.xml -d data -p 2024-06 --register none.csv && cmp 发文.csv none.csv'
check register-check-without 2 E551 -- wenyin check 登.xml -d data -p 2024-06
check register-dump 0 〔2024〕3号 -- 'rm -f none.csv; run 登.xml --dump doc --register none.csv && [ ! -e none.csv ]'
check register-without 2 E551 -- run 登.xml --dump doc
check register-columns 2 E542 单位 流水号 -- 'printf "年份,号,模板,期间\n" >bad.csv; run 登.xml -o "u/{村}.txt" --register bad.csv; s=$?; [ ! -e u ] && exit $s'
check register-number 2 E543 十七 B2 -- 'printf "年份,流水号,模板,期间,单位\n2024,十七,a,b,c\n24,1,a,b,d\n" >bad.csv; run 登.xml -o "u/{村}.txt" --register bad.csv'
check register-twice 2 E544 '第 2 行' -- 'printf "年份,流水号,模板,期间,单位\n2024,17,a,b,c\n2024,17,a,b,d\n" >bad.csv; run 登.xml -o "u/{村}.txt" --register bad.csv'
check register-paper-twice 2 E545 '第 2 行' -- 'printf "年份,流水号,模板,期间,单位\n2024,17,a,b,c\n2024,18,a,b,c\n" >bad.csv; run 登.xml -o "u/{村}.txt" --register bad.csv'
check register-over-data 2 E403 -- 'run 登.xml -o "u/{村}.txt" --register data/月报.csv; s=$?; [ ! -e u ] && exit $s'
check register-no-folder 5 E568 -- run 登.xml -o 'u/{村}.txt' --register none/发文.csv
check register-link 0 '2024,1,登,2024-06,丙村' -- 'mkdir net ln; printf "年份,流水号,模板,期间,单位\n" >net/总.csv; ln -s ../net/总.csv ln/登.csv; run 登.xml -o "rv1/{村}.txt" --register ln/登.csv && [ -L ln/登.csv ] && cat net/总.csv'
h='年份,流水号,模板,期间,单位'
check register-wps 0 〔2024〕9号 -- 'printf "$h\n2024,9,登,2024/6/1,甲村\n" >g.csv; run 登.xml --unit 甲村 -o g.txt --register g.csv && cat g.txt'
check register-period 2 E582 H582x '“期间”不能是“六月”' '2024-06 这样' '!“旧”' -- 'printf "$h\n2024,9,登,六月,甲村\n2024,8,旧,六月,甲村\n2023,1,登,六月,甲村\n2024,7,登,2024/6/3,乙村\n" >g.csv; cp g.csv was; run 登.xml -o "rv2/{村}.txt" --register g.csv; s=$?; echo H582x; [ ! -e rv2 ] && cmp was g.csv && exit $s'
check register-blank-unit 2 E582 '“单位”不能是“”' -- 'printf "$h\n2024,9,登,2024-06, \n" >g.csv; run 登.xml -o "rv2/{村}.txt" --register g.csv'
check register-short-name 0 〔2024〕9号 '!W564' '!,甲村' -- 'printf "$h\n2024,9,登,2024-06,甲\n2024,10,登,2024-06,乙 村\n" >g.csv; run 登.xml -o "rv3/{村}.txt" --register g.csv && cat rv3/甲村.txt g.csv && grep -q 〔2024〕10号 rv3/乙村.txt'
check register-short-twice 2 E545 '第 2 行' -- 'printf "$h\n2024,9,登,2024-06,甲村\n2024,10,登,2024-06,甲\n" >g.csv; run 登.xml -o "rv4/{村}.txt" --register g.csv'
check register-no-unit 0 W564 '“子村”' '“单位”' 〔2024〕10号 -- 'printf "$h\n2024,9,登,2024-06,子村\n" >g.csv; run 登.xml -o "rv5/{村}.txt" --register g.csv && cat rv5/丙村.txt'
check register-when 0 '!W564' -- 'printf "$h\n2024,9,当,2024-06,丁村\n" >g.csv; sed "s/each=/when=\"月报.垃圾 大于 4\" each=/" 登.xml >当.xml; run 当.xml -o "rv6/{村}.txt" --register g.csv && [ ! -e rv6/丁村.txt ]'
check register-one-unit 0 W564 '“全镇”' -- 'printf "$h\n2024,9,一登,2024-06,全镇\n" >g.csv; run 一登.xml -o rv6.txt --register g.csv'
if [ "$(id -u)" -eq 0 ]; then
    mkdir -p readonly && printf "$h\n2024,9,登,2024-06,甲村\n" >readonly/g.csv && chmod 444 readonly/g.csv && chmod 555 readonly
    check register-check-read-only 0 〔2024〕9号 -- 'nobody check 登.xml -d data -p 2024-06 --unit 甲村 --register readonly/g.csv'
    check register-dump-read-only 0 〔2024〕9号 -- 'nobody render 登.xml -d data -p 2024-06 --unit 甲村 --dump doc --register readonly/g.csv'
    check register-read-only 5 E568 没有权限 -- 'nobody render 登.xml -d data -p 2024-06 --unit 甲村 -o - --register readonly/g.csv'
fi
check register-check-held 0 -- 'timeout 20 "$python" hold.py g.csv "$wenyin" check 登.xml -d data -p 2024-06 --unit 甲村 --register g.csv'
check register-refused 2 E566 -- 'rm -f 发文.csv; mkdir x; echo mine >x/甲村.txt; run 登.xml -o "x/{村}.txt" --register 发文.csv; s=$?; [ ! -e 发文.csv ] && exit $s'
check name-no-text 2 E569 -- 'run 函.xml -o "$(printf "u/\\377{村}.txt")"'

# ---- older files that stay ----
check stays-draft 3 W566 '有 1 份没有出，那里还是以前出的文件：z/乙村.txt（草稿）' !甲村.txt -- 'monthly ""; run 函.xml -o "z/{村}.txt" --draft; [ $? -eq 4 ] || exit 9; run 函.xml -o "z/{村}.txt"'
check stays-again 3 'W566: 有 1 份没有出，那里还是以前出的文件：z/乙村.txt' -- 'run 函.xml -o "z/{村}.txt" --resume'
check stays-gone 3 !W566 -- 'rm z/乙村.txt; run 函.xml -o "z/{村}.txt"'
check stays-pages 3 'z/乙村-1.png' -- 'monthly 25; run 函.xml -o "z/{村}.png" --dpi 20; monthly ""; run 函.xml -o "z/{村}.png" --dpi 20'
monthly 25
check left-pages-long 0 W562 '10 个文件' 'v2/丙村-1.png、v2/丙村-2.png' -- 'run new/函.xml -o "v2/{村}.png" --dpi 20 && run new/函.xml -o "v2/{村}.png" --dpi 20 --long'
check left-long-pages 0 W562 '5 个文件' 'v2/丙村.png' '!丙村-' -- 'rm v2/*-?.png; run new/函.xml -o "v2/{村}.png" --dpi 20'
check left-pages-names 0 !W562 -- 'run 函.xml -o "v3/{村}.png" --dpi 20 && rm v3/*村.png; run 函.xml -o "v3/{村}.png" --dpi 20 --force'

# ---- what is said plainly ----
check foreign-hint 2 E566 '{期间}' -- 'mkdir z2 && echo mine >z2/甲村.txt; run 函.xml -o "z2/{村}.txt"'
check foreign-hint-period 2 E566 --force '!{期间}' '!“{期间}' -- 'echo mine >z2/甲村-2024-06.txt; run 函.xml -o "z2/{村}-{期间}.txt"'
check report-none-once 2 E567 '看“单位、文件、结果”' -- 'wenyin report merge data/网格.csv -o m2.csv; s=$?; [ "$(grep -c E567 output)" = 1 ] && [ "$(grep -c 移走 output)" = 1 ] && exit $s'
check merge-word-file 2 'E546' 'wenyin report merge' !E504 -- wenyin report m.csv
check merge-none 2 'E504' 报告.csv -- wenyin report merge
check merge-other-count 2 'E548' '分片数一个是“不分片”，一个是“3”' -- wenyin report merge y/$R.csv sh/$R-3之3.csv -o m2.csv
check shard-unit 0 W565 '第 2/3 片没有：丙村、丁村，由' '!丙村、甲村' -- 'run 函.xml -o "e2/{村}.pdf" --shard 2/3 --unit 丙村、甲村、丁村; s=$?; [ -e e2/甲村.pdf ] || exit 9; cat e2/*.csv; exit $s'
