"""Sums are exact: random tables summed, shared and rounded by the program and by Python's decimal, which shares no code
with it. Numbers have up to 12 digits before the point and 6 behind it, of either sign. Prints ok / FAIL lines."""
import os
import random
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal, getcontext
from pathlib import Path

sys.dont_write_bytecode = True
WENYIN = os.environ.get("WENYIN", str(Path(__file__).resolve().parents[2] / "build/wenyin"))
TABLES, SEED = 24, 9704
getcontext().prec = 60

# what the template asks for, and the same in Python: figures of the column 数, quotients with the column 量
FIGURES = [
    ("和", "表.数|合计", lambda a, b: plain(sum(a))),
    ("和两位", "表.数|合计|2位", lambda a, b: rounded(sum(a), 2)),
    ("整", "表.数|合计|整数", lambda a, b: rounded(sum(a), 0)),
    ("均", "表.数|平均|4位", lambda a, b: rounded(sum(a) / len(a), 4)),
    ("大", "表.数|最大", lambda a, b: plain(max(a))),
    ("小", "表.数|最小", lambda a, b: plain(min(a))),
    ("差", "(表.数|合计) - (表.量|合计)", lambda a, b: plain(sum(a) - sum(b))),
    ("比", "((表.量|其中 量 大于 0|合计) / (表.量|合计))|百分比 3|默认 无", lambda a, b: share(b)),
    ("占", "表|占比 (数 大于 0)|百分比 2", lambda a, b: rounded(Decimal(sum(x > 0 for x in a)) * 100 / len(a), 2) + "%"),
    ("万", "表.数|合计|万 3", lambda a, b: ten_thousands(sum(a))),
    ("半", "表.数|最大|1位", lambda a, b: rounded(max(a), 1)),
]


def rounded(value, places):
    """Half away from zero, on the decimal text: what 四舍五入 means."""
    text = str(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    return text[1:] if text.startswith("-") and not Decimal(text) else text


def plain(value):
    text = f"{value.normalize():f}"
    return text if Decimal(text) else "0"


def share(numbers):
    base, above = sum(numbers), [n for n in numbers if n > 0]
    return rounded(sum(above) * 100 / base, 3) + "%" if base and above else "无"  # of no rows there is no sum


def ten_thousands(value):
    return rounded(value / 10000, 3) + "万"


def number(rng, digits, scale):
    whole = rng.choice((0, 9, 10 ** digits - 1, rng.randrange(10 ** rng.randint(1, digits))))
    part = "".join(rng.choice("0123456789") for _ in range(scale))
    if scale and rng.random() < 0.3:
        part = rng.choice(("5", "49", "50", "99")).ljust(scale, rng.choice("05"))[:scale]
    return Decimal(("-" if rng.random() < 0.25 else "") + str(whole) + ("." + part if part else ""))


def column(rng, rows):
    """Cells as they are written, and what they are: long columns stay so small that their sum fits."""
    digits = rng.randint(1, 12 - len(str(rows)))
    return [number(rng, digits, rng.randint(0, 6)) for _ in range(rows)]


def template():
    values = "".join(f"<p>{name}={{{value.replace('<', '&lt;')}}}</p>" for name, value, _ in FIGURES)
    return f'<report form="汇报"><data><csv id="表" files="表.csv" key="号"/></data><title>例</title>{values}</report>'


def check(folder, at, rng):
    rows = rng.choice((1, 2, 3, 10, 100, 1000))
    a, b = column(rng, rows), column(rng, rows)
    lines = ["号,数(元),量(元)"] + [f"第{i}行,{x:f},{y:f}" for i, (x, y) in enumerate(zip(a, b))]
    (folder / "表.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = subprocess.run([WENYIN, "render", str(folder / "t.xml"), "-d", str(folder), "--dump", "doc"],
                         capture_output=True, text=True, timeout=60, check=False)
    if run.returncode != 0:
        print(f"FAIL sums/{at}: exit {run.returncode}: {run.stderr.strip()[:300]}")
        return
    said = dict(re.findall(r"^paragraph ([^=\n]+)=(.*)$", run.stdout, re.M))
    wrong = [f"{name}: {said.get(name)}, should be {work(a, b)}"
             for name, _, work in FIGURES if said.get(name) != work(a, b)]
    print(f"FAIL sums/{at}: {rows} rows: {'; '.join(wrong)}" if wrong else f"ok sums/{at}: {rows} rows")


# of targets: what is asked, and the same of (done this year, target, due by the period's end)
TARGET_FIGURES = [
    ("目标", "目标", lambda done, target, due: plain(target)),
    ("应完成", "目标 本期|4位", lambda done, target, due: rounded(due, 4)),
    ("完成率", "完成率|百分比 4", lambda done, target, due: rounded(done * 100 / target, 4) + "%"),
    ("本期率", "完成率 本期|百分比 4|默认 无",
     lambda done, target, due: rounded(done * 100 / due, 4) + "%" if due else "无"),
    ("进度差", "进度差|百分比 4", lambda done, target, due: rounded((done - due) * 100 / target, 4) + "%"),
]


def quarters(rng, target):
    """(the cell, what is due by each quarter's end); without a cell the year is even."""
    kind = rng.choice(("none", "percent", "numbers"))
    if kind == "none":
        return "", [target * i / 4 for i in range(1, 5)]
    shares = sorted(rng.randint(0, 100) for _ in range(3)) + [100]
    due = [target * share / 100 for share in shares]
    if kind == "percent":
        return rng.choice(("/", " / ", "、")).join(f"{share}%" for share in shares), due
    return "/".join(f"{value.normalize():f}" for value in due), due


def check_target(folder, at, rng):
    month, target = rng.randint(1, 12), Decimal(rng.randint(1, 10 ** rng.randint(1, 9))) / 10 ** rng.randint(0, 2)
    done = [Decimal(rng.randint(0, 10 ** 6)) / 1000 for _ in range(month)]
    cell, ends = quarters(rng, target)
    quarter, over = divmod(month, 3)
    before = ends[quarter - 1] if quarter else Decimal(0)
    due = before + (ends[quarter] - before) * over / 3 if over else before
    rows = [f"2024-{i:02},{value:f}" for i, value in enumerate(done, 1)]
    (folder / "表.csv").write_text("\n".join(["月份,数(吨)"] + rows) + "\n", encoding="utf-8")
    (folder / "任务.csv").write_text(f'指标,年度,范围,目标值,单位,季度分解\n数,2024,全镇,{target:f},吨,{cell}\n', encoding="utf-8")
    values = "".join(f"<p>{name}={{表.数|{value}}}</p>" for name, value, _ in TARGET_FIGURES)
    (folder / "m.xml").write_text('<report form="汇报"><data targets="任务.csv"><csv id="表" files="表.csv" period="月份"/></data>'
                                  f"<title>例</title>{values}</report>", encoding="utf-8")
    run = subprocess.run([WENYIN, "render", str(folder / "m.xml"), "-d", str(folder), "-p", f"2024-{month:02}", "--dump", "doc"],
                         capture_output=True, text=True, timeout=60, check=False)
    said = dict(re.findall(r"^paragraph ([^=\n]+)=(.*)$", run.stdout, re.M))
    wrong = [f"{name}: {said.get(name)}, should be {work(sum(done), target, due)}"
             for name, _, work in TARGET_FIGURES if said.get(name) != work(sum(done), target, due)]
    what = f"{month} months, {target} by {cell}"
    print(f"FAIL sums/target-{at}: {what}: {'; '.join(wrong)} {run.stderr[:300]}" if wrong else f"ok sums/target-{at}: {what}")


def main():
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="wenyin-sums.") as name:
        folder = Path(name)
        (folder / "t.xml").write_text(template(), encoding="utf-8")
        for at in range(TABLES):
            check(folder, at, rng)
            check_target(folder, at, rng)


if __name__ == "__main__":
    main()
