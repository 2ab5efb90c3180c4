#!/bin/sh
# The processes of a batch: what crashes, hangs or takes too much costs one unit; how many at once changes nothing; stops.
# Units do harm in build/*/hooked, the program linked with hooks.c.
# usage: [WENYIN=build/wenyin] [OUT=build/release] tests/batch/run.sh        `ok` / `FAIL` lines
set -u
# Where a limit stops it, the sanitizer gives NULL as malloc does; it would else wait for itself.
: "${ASAN_OPTIONS:=allocator_may_return_null=1}"
export ASAN_OPTIONS
hooked=$(pwd)/${OUT:-build/release}/hooked
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
here=$(pwd)/tests
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-batch.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
group=batch
. "$here/cli/case.sh"

mkdir data
printf '序号,级别,网格编号,名称,上级编号\n1,片,P,东片,\n' >data/网格.csv
printf '月份,村,垃圾(吨)\n' >data/月报.csv
n=1
for village in 甲村 乙村 丙村 丁村 戊村 己村 庚村 辛村; do
    n=$((n + 1))
    printf '%d,村,C%d,%s,P\n' $n $n $village >>data/网格.csv
    printf '2024-06,%s,%d\n' $village $((n * 7)) >>data/月报.csv
done
cat >t.xml <<'XML'
<report form="汇报" period="月" each="村"><data roster="网格.csv"><csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data>
<title>{村}的信</title><p>{村}清理{月报.垃圾}吨，第{月报.垃圾|排名}名。</p></report>
XML

# run HOOKS FOLDER ARGUMENT...: the messages, then the names of the papers that are there
run() {
    hooks=$1 folder=$2
    shift 2
    HOOKS=$hooks "$hooked" render t.xml -d data -p 2024-06 -o "$folder/{村}.txt" "$@"
    status=$?
    ls "$folder" 2>/dev/null
    return $status
}

# Each costs its unit, and is named.
check crash 3 E560 SIGSEGV '单位: 丙村' 甲村.txt 辛村.txt !丙村.txt 程序的毛病 -- 'run "丙村=segv" a -j 2'
check crash-alone 3 E560 SIGSEGV 辛村.txt !丙村.txt -- 'run "丙村=segv" a1 -j 1'
check crash-english 3 'error E560' SIGABRT 'its last words: assertion failed' 'fault of the program' -- 'run "丙村=abort" a2 --lang en'
check crash-json 3 '"code":"E560"' '"unit":"丙村"' -- 'run "丙村=abort" a3 --diagnostics json'
check exit 3 E560 'exit 7' 辛村.txt !乙村.txt -- 'run "乙村=exit" b -j 2'
check killed 3 E560 SIGKILL 内存 '-j 写小' 辛村.txt !乙村.txt -- 'run "乙村=kill" c -j 2'
check first 3 '单位: 甲村' 乙村.txt !甲村.txt -- 'run "甲村=segv" d -j 1'
check last 3 '单位: 辛村' 甲村.txt !辛村.txt -- 'run "辛村=segv" d1 -j 1'
check several 3 SIGSEGV SIGABRT 'exit 7' E562 丁村.txt !甲村.txt -- 'run "甲村=segv 乙村=abort 丙村=exit 戊村=much" e -j 3'
check each-crashes 3 E560 !辛村.txt -- 'run "*=segv" e1 -j 2'
check loop 3 E561 '1 秒' '单位: 丁村' 戊村.txt !丁村.txt -- 'run "丁村=loop" f -j 2 --unit-seconds 1'
check sleep 3 E561 '10 秒' 戊村.txt !丁村.txt -- 'HOOK_CLOCK=15 run "丁村=sleep" g -j 2 --unit-seconds 1'
check sleep-alone 3 'error E561' 'after 10 s' 戊村.txt !丁村.txt -- 'HOOK_CLOCK=15 run "丁村=sleep" g1 -j 1 --unit-seconds 1 --lang en'
check memory 3 E562 '64' 戊村.txt !丁村.txt -- 'run "丁村=often" h -j 2 --unit-memory 64'
check memory-at-once 3 E562 1024 戊村.txt !丁村.txt -- 'run "丁村=much" h1'
check memory-english 3 'error E562' 'memory limit, --unit-memory 32' -- 'run "丁村=much" h5 --lang en --unit-memory 32'
check memory-library 3 E562 戊村.txt !丁村.txt -- 'run "丁村=library" h2'
check memory-thread 3 E562 !E560 戊村.txt !丁村.txt -- 'run "丁村=thread" h7'
check memory-told 3 E562 '单位: 丁村' 辛村.txt -- 'run "丁村=memory" h3 -j 1'
check library-speaks-english 0 'warning W561: a library says: Pango-WARNING' -- 'run "丁村=speak" h6 --lang en'
check library-speaks 0 W561 'a word of a library' '单位: 丁村' 丁村.txt -- 'run "丁村=speak" h4 -j 2'

# Ends before the last.
check fail-fast 3 E564 '还有 6 份' 甲村.txt !丙村.txt -- 'run "乙村=segv" i -j 1 --fail-fast'
check max-failures 3 E564 '已有 2 份' 丙村.txt !戊村.txt -- 'run "乙村=segv 丁村=abort" j -j 1 --max-failures 2'
check max-failures-last 3 !E564 庚村.txt -- 'run "乙村=segv 辛村=abort" j1 -j 1 --max-failures 2'
check system 5 E402 甲村.txt !丁村.txt -- 'run "丙村=full" k -j 1'
check no-fork 5 E563 !甲村.txt -- 'HOOK_FORK=1 run none l'
check no-fork-english 5 'no worker can be started' -- 'HOOK_FORK=1 run none l --lang en'
check one-fork 0 辛村.txt -- 'HOOK_FORK=2 run none l1 -j 4'
check options 2 E513 '--jobs' '1—256' -- 'run none m -j 0'
check options-seconds 2 E513 '--unit-seconds' -- 'run none m --unit-seconds 1.5'
check options-memory 2 E513 '--unit-memory' '16—' -- 'run none m --unit-memory 8'
check options-failures 2 E513 '--max-failures' -- 'run none m --max-failures x'

"${PYTHON:-/usr/bin/python3}" "$here/batch/processes.py" "$hooked"
mkdir kills && cd kills && "${PYTHON:-/usr/bin/python3}" "$here/batch/kills.py" "$wenyin"
