"""kill -9 at 100 random moments of a batch: what stands under its own name is whole and as a run of its own makes it, nothing
else is left, and what --resume ends with is what a run that was never killed ends with, report and all.

usage: kills.py build/wenyin        `ok` / `FAIL` lines; in a folder of its own
"""

import csv
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

WENYIN = sys.argv[1]
KILLS, UNITS = 100, 48
TEMPLATE = """<report form="信函" period="月" each="村"><data roster="网格.csv">
<csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data>
<masthead issuer="洋江镇人民政府" number="洋政函〔2024〕{序号}号"/><title>关于{村}清理情况的函</title><to>{村}：</to>
<p>你村清理垃圾{月报.垃圾}吨，列第{月报.垃圾|排名}名。</p><sign unit="洋江镇人民政府" date="{截至|年月日}"/></report>
"""
random.seed(2024)


def lay_out():
    os.makedirs("many")
    names = [f"第{n}村" for n in range(1, UNITS + 1)]
    grid = "".join(f"{n},村,C{n},{name},P\n" for n, name in enumerate(names, 2))
    rows = "".join(f"2024-06,{name},{n * 7 % 53 + 1}\n" for n, name in enumerate(names))
    pathlib.Path("many/网格.csv").write_text("序号,级别,网格编号,名称,上级编号\n1,片,P,东片,\n" + grid, encoding="utf-8")
    pathlib.Path("many/月报.csv").write_text("月份,村,垃圾(吨)\n" + rows, encoding="utf-8")
    pathlib.Path("函.xml").write_text(TEMPLATE, encoding="utf-8")


def start(folder, *more):
    words = [WENYIN, "render", "函.xml", "-d", "many", "-p", "2024-06", "-o", f"{folder}/{{村}}.pdf", *more]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def papers(folder):
    path = pathlib.Path(folder)
    return {p.name: p.read_bytes() for p in path.iterdir()} if path.is_dir() else {}


def report(folder):
    """Rows of the run report but for what differs from run to run: what became of the unit this time, and the clock."""
    path = next(pathlib.Path(folder).glob("运行报告*.csv"))
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{name: cell for name, cell in row.items() if name != "用时（秒）" and (name != "结果" or cell not in ("已出", "未变"))}
                for row in csv.DictReader(file) if row["序号"]]


def fault(folder, clean):
    """What is wrong with a folder that a kill has left."""
    for name, data in papers(folder).items():
        if re.fullmatch(r"运行报告.*\.csv", name):
            continue
        if name not in clean:
            return f"{name} is left"
        if data != clean[name]:
            judged = subprocess.run(["qpdf", "--check", f"{folder}/{name}"], stdout=subprocess.PIPE, text=True, check=False)
            return f"{name} differs from that of a whole run; qpdf --check: {judged.returncode}"
    return ""


def rest(folder, clean, rows):
    """What is wrong with what --resume ends with."""
    run = start(folder, "--resume", "-j", "2")
    messages = run.communicate()[1]
    ended = {name: data for name, data in papers(folder).items() if not name.startswith("运行报告")}
    if run.returncode != 0 or ended != clean:
        return f"--resume: exit {run.returncode}, {len(ended)} of {len(clean)} papers: {messages}"
    return "" if report(folder) == rows else "the report of --resume is not that of a clean run"


def kills():
    lay_out()
    begun = time.monotonic()
    clean_run = start("clean", "-j", "2").communicate()[1]
    span = time.monotonic() - begun
    clean = {name: data for name, data in papers("clean").items() if not name.startswith("运行报告")}
    if len(clean) != UNITS:
        return f"a clean run makes {len(clean)} papers: {clean_run}"
    for name in clean:
        if subprocess.run(["qpdf", "--check", f"clean/{name}"], stdout=subprocess.DEVNULL, check=False).returncode:
            return f"qpdf --check is not content with {name}"
    between = 0
    rows = report("clean")
    for turn in range(KILLS):
        if turn % 5 == 0:
            shutil.rmtree("killed", ignore_errors=True)
        process = start("killed", "--resume", "-j", str(1 + turn % 3))
        time.sleep(random.uniform(0, span * (1.3 if turn % 3 == 0 else 1)))
        process.kill()
        process.communicate()
        between += process.returncode == -signal.SIGKILL and 0 < len(papers("killed")) < UNITS + 1
        problem = fault("killed", clean) or (rest("killed", clean, rows) if turn % 5 == 4 else "")
        if problem:
            return f"kill {turn}: {problem}"
    return "" if between >= KILLS // 5 else f"only {between} of {KILLS} kills came in between"


WHY = kills()
print(f"FAIL batch/kills: {WHY}" if WHY else "ok batch/kills")
