#!/bin/sh
# Runs one group of tests and keeps its `ok NAME` / `FAIL NAME: why` lines.
# usage: tools/run.sh RESULTS-FOLDER GROUP COMMAND...
# A runner that dies, or prints no result at all, is itself a failure. Exit status is always 0: tools/tally.sh judges.
set -u
results=$1 group=$2
shift 2
log=$results/$group.log
mkdir -p "$results"

here=$(pwd)
export ASAN_OPTIONS="detect_leaks=1:abort_on_error=0:exitcode=99:allocator_may_return_null=1"
export LSAN_OPTIONS="suppressions=$here/tests/lsan.supp:print_suppressions=0:exitcode=99"
export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1"
export LC_ALL=C.UTF-8 TZ=Asia/Shanghai

begun=$(date +%s)
timeout -k 10 "${GROUP_SECONDS:-1500}" "$@" >"$log" 2>"$log.err" </dev/null
status=$?
if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
    echo "FAIL $group: not done after ${GROUP_SECONDS:-1500} s" >>"$log"
elif ! grep -aqE '^(ok|FAIL) ' "$log"; then
    echo "FAIL $group: ran nothing (exit status $status; see $log.err)" >>"$log"
elif [ "$status" -ne 0 ] && ! grep -aq '^FAIL ' "$log"; then
    echo "FAIL $group: runner exited $status (see $log.err)" >>"$log"
fi
if grep -aq '^FAIL ' "$log"; then
    tail -n 40 "$log.err"
    grep -a '^FAIL ' "$log"
fi
echo "$group: $(grep -ac '^ok ' "$log") ok, $(grep -ac '^FAIL ' "$log") not ok, $(($(date +%s) - begun)) s"
exit 0
