"""make bench-load: a million rows of 12 columns, read by wenyin and by `sqlite3 .import` in turn; and a hundred grouped
figures of one period out of them. The goals are of the fourth issue: at most 4 times sqlite3, 700 MB, 10 s.
usage: bench/load.py OUT WENYIN [ROWS]"""
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = int(os.environ.get("RUNS", "3"))
HEAD = "编号,日期,村,类别,生活垃圾(吨),乱堆乱放(处),面积(平方米),沟渠(公里),人员(人次),机械(台次),金额(元),备注\n"
VILLAGES = "长塘村 前江村 路东村 创新村 杨潭村 车田村 六村村 同仁村 建新村 那笔村".split()
COLUMNS = "生活垃圾 乱堆乱放 面积 沟渠 人员 机械 金额".split()


def make(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        for i in range(rows):
            out.write(f"A{i:07d},{2020 + i % 5}-{1 + i % 12:02d}-{1 + i % 28:02d},{VILLAGES[i % 10]},类{i % 7},"
                      f"{i % 997 / 10},{i % 50},{i % 1200},{i % 99 / 10},{i % 300},{i % 20},{i % 100000},说明{i % 1000}\n")


def template(body, period="月"):
    return (f'<report form="汇报" period="{period}"><data><csv id="大" files="big.csv" period="日期" key="编号"/></data>'
            f"<title>例</title>{body}</report>")


def run(command):
    """Wall clock in seconds, peak memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"bench: {command[0]} failed")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def main(out, wenyin, rows=1000000):
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    big, base = folder / "big.csv", folder / "big.db"
    if not big.exists() or sum(1 for _ in open(big, "rb")) != rows + 1:
        make(big, rows)
    (folder / "load.xml").write_text(template("<p>{大.生活垃圾}</p>"), encoding="utf-8")
    figures = "".join(f"<col head='{name}{at}' value='{name}|其中 类别=类{at}|合计|默认 0'/>"
                      for at in range(2) for name in COLUMNS)
    tables = "".join(f"<table of='大|其中 类别=类{at}' by='村'><col head='村' value='村'/>" +
                     "".join(f"<col head='{name}' value='{name}'/>" for name in COLUMNS) + "</table>"
                     for at in range(2)) + f"<table of='大' by='类别'><col head='类' value='类别'/>{figures}</table>"
    (folder / "figures.xml").write_text(template(tables), encoding="utf-8")
    counts = "<col head='件' value='计数'/><col head='一' value='大|其中 类别=类1|计数'/><col head='二' value='大|占比 类别=类2'/>"
    whole = ("<table of='大' by='村'><col head='村' value='村'/>" +
             "".join(f"<col head='{name}' value='{name}'/>" for name in COLUMNS) + counts + "</table>")
    (folder / "whole.xml").write_text(template(whole, "2020-01-01..2024-12-31"), encoding="utf-8")
    program = [wenyin, "render", "", "-d", str(folder), "--dump", "doc"]
    times = {"load": [], "import": [], "figures": [], "whole": []}
    peak = 0
    for _ in range(RUNS):
        base.unlink(missing_ok=True)
        times["import"].append(run(["sqlite3", str(base), ".mode csv", f".import {big} t"])[0])
        for name in ("load", "figures", "whole"):
            program[2] = str(folder / f"{name}.xml")
            seconds, memory = run(program + (["-p", "2024-05"] if name != "whole" else []))
            times[name].append(seconds)
            peak = max(peak, memory)
    base.unlink(missing_ok=True)
    ours, theirs, many, whole = (statistics.median(times[name]) for name in ("load", "import", "figures", "whole"))
    print(f"{rows} rows x 12 columns, {big.stat().st_size / 1e6:.0f} MB, median of {RUNS}")
    print(f"  wenyin: loaded and one figure {ours:.2f} s · sqlite3 .import {theirs:.2f} s · ratio {ours / theirs:.2f} (goal 4)")
    print(f"  238 grouped figures of one month: {many - ours:.2f} s more · 100 of a period that holds all rows: {whole - ours:.2f} s "
          f"more (goal for 100: 10 s) · peak {peak:.0f} MiB (goal 700)")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(text) for text in sys.argv[3:]))
