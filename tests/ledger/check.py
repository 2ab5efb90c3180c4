"""结转 + 本期新增 − 本期销号 = 期末未销号, and who is absent: random ledgers and returns, against the same counted in Python,
which shares no code with the program; and what `wenyin remind` says of a folder with faults. Prints ok / FAIL lines."""
import csv
import io
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

sys.dont_write_bytecode = True
WENYIN = str(Path(os.environ.get("WENYIN", Path(__file__).resolve().parents[2] / "build/wenyin")).absolute())
FOLDERS, SEED = 12, 2024
DISTRICTS = {"东片区": ["甲村", "乙村", "丙村"], "西片区": ["丁村", "戊村"]}
VILLAGES = [village for villages in DISTRICTS.values() for village in villages]
ROSTER = "级别,网格编号,名称,上级编号,户数\n镇,00,某镇,,900\n" + "".join(
    f"片,{i:02},{district},00,{100 * len(villages)}\n" for i, (district, villages) in enumerate(DISTRICTS.items(), 1)) + "".join(
    f"村,{i:02}{j:02},{village},{i:02},{100 + j}\n"
    for i, villages in enumerate(DISTRICTS.values(), 1) for j, village in enumerate(villages, 1))
SCOPES = [("全镇", VILLAGES)] + [(d, v) for d, v in DISTRICTS.items()] + [(v, [v]) for v in VILLAGES]

TEMPLATE = """<report form="汇报" period="月 季"><data roster="网格.csv">
<csv id="台账" files="台账.csv" period="发现日期" key="编号"/><csv id="月报" files="月报.csv" period="月份" key="月份,村"/>
</data><title>例</title>
<p>全镇={BALANCE}</p>
<each of="网格|其中 级别=片" ><p>{名称}={DISTRICT}</p></each>
<each of="月报|全部" by="村"><p>{村}={BALANCE}</p></each>
<p>缺报={月报|缺报|计数} {月报.村|缺报|列举|默认 无} {月报.村|上期|缺报|列举|默认 无} {台账.村|缺报|列举|默认 无} {台账.村|结转|缺报|列举|默认 无}</p>
<p when="有数">行={月报|缺报|计数}：<each of="月报|缺报" join="、">{村}{名称}{户数}/{台账|计数}</each></p>
<each of="台账|全部" by="片"><p>缺{片}={月报.村|缺报|列举|默认 无}</p></each>
</report>"""
BALANCE = "{台账|结转|计数} {台账|计数} {台账|本期 销号日期|计数} {台账|至今|其中 非 已销号|计数}"
DISTRICT = BALANCE.replace("台账|", "台账|其中 片=网格.名称|")


def month_end(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def ledger(rng):
    """(found, village, closed or None): closed no earlier than found."""
    rows = []
    for _ in range(rng.choice((1, 5, 60))):
        found = date(2024, 1, 1) + timedelta(days=rng.randrange(240))
        open_still = rng.random() < 0.3
        rows.append((found, rng.choice(VILLAGES), None if open_still else found + timedelta(days=rng.choice((0, 1, 7, 30, 90)))))
    rows.append((date(2024, 1, 5), VILLAGES[0], date(2024, 1, 9)))  # so that 销号日期 is a column of dates
    return rows


def balance(rows, villages, first, last):
    mine = [row for row in rows if row[1] in villages]
    carried = sum(f < first and (not c or c >= first) for f, _, c in mine)
    found = sum(first <= f <= last for f, _, c in mine)
    closed = sum(bool(c) and first <= c <= last for f, _, c in mine)
    still = sum(f <= last and (not c or c > last) for f, _, c in mine)
    assert carried + found - closed == still
    return f"{carried} {found} {closed} {still}"


def missing(there):
    return [village for village in VILLAGES if village not in there]


def names(villages):
    return "、".join(villages) or "无"


def expected(rows, returns, first, last):
    months = [date(2024, m, 1) for m in range(first.month, last.month + 1)]
    before = [date(2024, m, 1) for m in range(first.month - len(months), first.month)]
    reported = {v for m, v in returns if m in months}
    absent = missing(reported)
    known = {v for _, v in returns}
    lines = {name: balance(rows, villages, first, last) for name, villages in SCOPES if len(villages) > 1 or villages[0] in known}
    lines |= {v: balance(rows, [v], first, last) for v in VILLAGES}  # the table's key has 村: all are groups
    lines["缺报"] = " ".join((str(len(absent)), names(absent), names(missing({v for m, v in returns if m in before})),
                           names(missing({v for f, v, _ in rows if first <= f <= last})),
                           names(missing({v for f, v, c in rows if f < first and (not c or c >= first)}))))
    if absent:
        lines["行"] = f"{len(absent)}：" + "、".join(
            f"{v}{v}{100 + next(l.index(v) for l in DISTRICTS.values() if v in l) + 1}"
            f"/{sum(first <= f <= last for f, w, _ in rows if w == v)}" for v in absent)
    for district, villages in DISTRICTS.items():
        if any(v in villages for _, v, _ in rows):
            lines["缺" + district] = names([v for v in villages if v in absent])
    return lines


def run(arguments, folder):
    return subprocess.run([WENYIN, *arguments], cwd=folder, capture_output=True, timeout=60, check=False)


def check_folder(rng, folder):
    rows = ledger(rng)
    months = [date(2024, m, 1) for m in range(1, 9)]
    returns = [(m, v) for m in months for v in VILLAGES if rng.random() < 0.8] + [(date(2023, 1, 1), v) for v in VILLAGES]
    (folder / "台账.csv").write_text("编号,发现日期,村,销号日期\n" + "".join(
        f"P-{i},{f},{v},{c or ''}\n" for i, (f, v, c) in enumerate(rows)))
    (folder / "月报.csv").write_text("月份,村,数\n" + "".join(f"{m:%Y-%m},{v},1\n" for m, v in returns))
    failures = []
    for period in ("2024-06", "2024-03", "2024Q2"):
        first = date(2024, 4, 1) if "Q" in period else date.fromisoformat(period + "-01")
        last = month_end(date(2024, 6, 1)) if "Q" in period else month_end(first)
        if not any(first.month <= m.month <= last.month and m.year == 2024 for m, _ in returns):
            continue
        done = run(["render", "t.xml", "-d", ".", "-p", period, "-o", "t.txt"], folder)
        if done.returncode != 0:
            failures.append(f"{period}: {done.stderr.decode()}")
            continue
        found = dict(line.split("=", 1) for line in (folder / "t.txt").read_text().splitlines() if "=" in line)
        wanted = expected(rows, returns, first, last)
        failures += [f"{period} {name}: {found.get(name)} for {text}" for name, text in wanted.items() if found.get(name) != text]
        failures += [f"{period} {name}: {found[name]} for nothing" for name in found if name not in wanted]
    return failures


def check_balances():
    rng = random.Random(SEED)
    failures = []
    for _ in range(FOLDERS):
        with tempfile.TemporaryDirectory(prefix="wenyin-ledger-") as name:
            folder = Path(name)
            (folder / "t.xml").write_text(TEMPLATE.replace("{BALANCE}", BALANCE).replace("{DISTRICT}", DISTRICT))
            (folder / "网格.csv").write_text(ROSTER)
            failures += check_folder(rng, folder)
    return failures


# ---- remind ----

REMIND_TEMPLATE = """<report form="汇报" period="月"><data roster="网格.csv">
<csv id="月报" files="月报/*.csv" period="月份" key="月份,村"/><csv id="台账" files="台账.csv" period="发现日期" key="编号"/>
<csv id="各村" files="各村/{村}.csv" period="月份" key="月份,村"/>
</data><title>例</title><p>{月报.数}</p></report>"""
LEDGER = "编号,发现日期,村,整改完成日期,销号日期,状态\n一,2024-06-03,戊村,2024-06-05,2024-06-06,整改中\n"
CLEAN = {"月报/6.csv": "月份,村,数\n" + "".join(f"2024-06,{v},1\n" for v in VILLAGES),
         "台账.csv": LEDGER.replace("整改中", "已销号"),
         **{f"各村/{v}.csv": "月份,数\n2024-06,1\n" for v in VILLAGES}}
FAULTY = CLEAN | {"月报/6.csv": "月份,村,数\n2024-06,甲,3x\n2024-06,乙村,1,9\n2024-06,己村,5\n2024-06,戊村,=1+1\n" + "".join(
    f"2023-{m:02},{v},1\n" for m in range(1, 13) for v in VILLAGES),
                  "台账.csv": LEDGER, "各村/丁村.csv": '月份,数\n2024-06,"1\n'}
REMINDERS = [
    ["甲村", "错误", "月报", "月报/6.csv", "C2", "这一列是数，“3x”不是数"],
    ["乙村", "错误", "月报", "月报/6.csv", "第 3 行", "这一行有 4 格，表头只有 3 列"],
    ["丙村", "缺报", "月报", "", "", "2024年6月没有报"],
    ["丁村", "缺报", "月报", "", "", "2024年6月没有报"],
    ["戊村", "错误", "月报", "月报/6.csv", "C5", "这一列是数，“=1+1”不是数"],
    ["戊村", "警告", "台账", "台账.csv", "F2", "状态是“整改中”，却已有销号日期 2024-06-06（共 1 行）"],
    ["镇/其他", "警告", "月报", "月报/6.csv", "B4", "“己村”不在名册里（共 1 行），会另算一个村"],
]


def lay_out(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "网格.csv").write_text(ROSTER)
    (folder / "t.xml").write_text(REMIND_TEMPLATE)


def check_remind():
    with tempfile.TemporaryDirectory(prefix="wenyin-remind-") as name:
        folder = Path(name)
        lay_out(folder, CLEAN)
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "nothing to remind of", done.returncode == 0 and "已报齐" in done.stdout.decode() and not done.stderr, done
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-07"], folder)
        yield "nobody has reported", done.returncode == 4 and "2024年7月全部 5 个村都没有报" in done.stdout.decode(), done
        lay_out(folder, FAULTY)
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        text = done.stdout.decode()
        yield "text: by village, in the roster's order", done.returncode == 4 and [
            line for line in text.splitlines() if line in (*VILLAGES, "镇/其他")] == [*VILLAGES, "镇/其他"], done
        yield "text: file, cell and what is wrong", "1. 月报/6.csv C2“数”：这一列是数，“3x”不是数" in text, done
        yield "a village's own file is the village's", "各村/丁村.csv" in text.split("丁村\n")[1].split("戊村\n")[0], done
        yield "told once: nothing on stderr", not done.stderr, done
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06", "-o", "催报.csv"], folder)
        raw = (folder / "催报.csv").read_bytes()
        table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        yield "csv: BOM and CRLF", raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == raw.count(b"\n") == len(table), done
        yield "csv: head", table[0] == ["村", "类别", "表", "文件", "单元格", "内容", "提示"], done
        rows = [row[:6] for row in table[1:] if not row[3].startswith("各村")]
        yield "csv: each fault with its village", rows == REMINDERS, done
        render = run(["render", "t.xml", "-d", ".", "-p", "2024-06", "-o", "t.txt"], folder)
        yield "the same folder makes no paper", render.returncode == 2, render
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06", "-o", "台账.csv"], folder)
        yield "an input is never overwritten", done.returncode == 2 and "E403" in done.stderr.decode(), done
        lay_out(folder, {f"各村/{v}.csv": "x\n" for v in VILLAGES})
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "a table that cannot be read", "各村：整张表读不出来，没有核对缺报" in done.stdout.decode(), done
        lay_out(folder, CLEAN)
        (folder / "t.xml").write_text(REMIND_TEMPLATE.replace("{月报.数}", "{没有}"))
        (folder / "月报/6.csv").write_text(CLEAN["月报/6.csv"].replace(f"2024-06,{VILLAGES[0]},1\n", ""))
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "who is absent is told though the text is wrong", done.returncode == 4 and "没有报" in done.stdout.decode(), done
        (folder / "t.xml").write_text(REMIND_TEMPLATE.replace('id="台账"', 'id="台账" perod="x"'))
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "a broken template: 2, with reminders too", done.returncode == 2 and "perod" in done.stderr.decode(), done
        lay_out(folder, CLEAN | {"月报/6.csv": CLEAN["月报/6.csv"].replace("月份,村,数\n", "月份,村,数\n2024-06,己村,9\n").replace(
            f"2024-06,{VILLAGES[-1]},1\n", f"2024-06,{VILLAGES[-1]},x\n")})
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        heads = [line for line in done.stdout.decode().splitlines() if line in (*VILLAGES, "镇/其他")]
        yield "镇/其他 last, though it stands first in the file", heads == [VILLAGES[-1], "镇/其他"], done
        lay_out(folder, {"月报/6.csv": "月份,村,数\n2024-05,甲村,1\n", "台账.csv": CLEAN["台账.csv"].replace("戊村", "甲村")})
        (folder / "网格.csv").write_text("级别,名称\n村,甲村\n")
        (folder / "t.xml").write_text(REMIND_TEMPLATE.replace(
            '<csv id="各村" files="各村/{村}.csv" period="月份" key="月份,村"/>', ""))
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "the only village by its name", done.returncode == 4 and "甲村\n1. 月报：2024年6月没有报\n" in done.stdout.decode(), done
        (folder / "网格.csv").write_text("名称\n甲村\n乙村\n")
        (folder / "月报/6.csv").write_text("月份,村,数\n2024-06,甲村,1\n")
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "a roster of names alone", done.returncode == 4 and "\n乙村\n" in done.stdout.decode(), done
        bare = '<report form="汇报" period="月"><data roster="网格.csv"><csv id="月报" files="月报/*.csv" period="月份"/>' \
               '</data><title>例</title><p>{月报.数}</p></report>'
        (folder / "t.xml").write_text(bare)
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "a return without a key was not checked", done.returncode == 0 and "没有核对缺报的表：月报" in \
            done.stdout.decode() and "报齐" not in done.stdout.decode(), done
        (folder / "t.xml").write_text(bare.replace(' id="月报" files="月报/*.csv" period="月份"', ' id="账" files="台账.csv" period="发现日期"').replace("{月报.数}", "好"))
        done = run(["remind", "t.xml", "-d", ".", "-p", "2024-06"], folder)
        yield "a ledger alone was not checked", done.returncode == 0 and "没有核对缺报（" in done.stdout.decode() and \
            "报齐" not in done.stdout.decode(), done
        done = run(["remind", "t.xml", "-d", "无", "-p", "2024-06"], folder)
        yield "a folder that is not there: 2", done.returncode == 2 and "E515" in done.stderr.decode(), done


def report(name, failures):
    print(f"FAIL ledger/{name}: {'; '.join(failures)[:800]!r}" if failures else f"ok ledger/{name}")


def main():
    report(f"{FOLDERS} random ledgers: the balance and who is absent", check_balances())
    for name, held, done in check_remind():
        report(name, [] if held else [str(done.returncode), done.stdout.decode(), done.stderr.decode()])


if __name__ == "__main__":
    main()
