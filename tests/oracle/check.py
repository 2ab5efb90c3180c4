"""Figures against an oracle: the samples read and reckoned by Python alone, beside what the program prints for them.
Then cells of the samples are changed by one: exactly the figures that the oracle says change do. The shipped templates are worked out
as a whole beside that (sheet_paper.py), and compared with their 核对单 (sheet.py, cells.py). Prints ok / FAIL."""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from agree import check_agreed  # noqa: E402
from cells import check_cells  # noqa: E402
from figures import FIGURES, LISTS, TABLE, WIDE, Month, table_lines, wide_lines, wide_template  # noqa: E402
from papers import PAPERS  # noqa: E402
from rows import load  # noqa: E402
from rulings import check_rulings  # noqa: E402
from sheet import check_sheets  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
WENYIN = os.environ.get("WENYIN", str(ROOT / "build/wenyin"))
MONTHS = ("2023-01", "2023-02", "2024-01", "2024-02", "2024-06")
CHANGES, CHANGED_MONTH, SEED = 12, "2024-03", 9704

HEAD = """<report form="汇报" period="月"><data roster="网格.csv">
<csv id="月报" files="月报/*.csv" period="月份" key="月份,村"/><csv id="台账" files="问题台账.csv" period="发现日期" key="编号"/>
<csv id="考核" files="考核/*.csv" period="期次" key="期次,村"/><csv id="宣传" files="宣传发动.csv" period="日期"/>
<csv id="资金" files="资金.csv" period="日期"/><csv id="项目" files="厕所污水项目.csv" key="项目编号"/>
<param name="查村" default="杨潭村"/><param name="限额" default="40"/>
<set name="未销号" value="(台账|至今|计数) - (台账|至今|其中 已销号|计数)"/>
<set name="人均" value="月报.生活垃圾 / 人数"/><set name="人数" value="月报.出动人员"/></data>
"""


def template():
    lines = [f"<p>{label}={{{escape(value)}|默认 缺}}</p>" for label, value, _ in FIGURES]
    lines += [f"<p>{label}={text}</p>" for label, text, _ in LISTS]
    return HEAD + "\n".join(lines) + TABLE + "</report>"


def render(path, data, month):
    """{label: text} and the table's lines; the message of a run that fails."""
    run = subprocess.run([WENYIN, "render", str(path), "-d", str(data), "-p", month, "--dump", "doc"],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(f"FAIL oracle/{month}: exit status {run.returncode}: {run.stderr.strip()[:300]}")
        return None
    figures = dict(re.findall(r"^paragraph ([^=\n]+)=(.*)$", run.stdout, re.M))
    figures["表"] = "\n".join(re.findall(r"^  ((?:row|total) .*)$", run.stdout, re.M))
    return figures


def reckon(tables, month):
    view = Month(tables, month)
    figures = {label: work(view) for label, _, work in FIGURES + LISTS}
    figures["表"] = "\n".join(table_lines(view))
    return figures


def difference(is_, should):
    """What differs between two texts, shortened to the part that does."""
    pairs = [(a, b) for a, b in zip(re.split("[；\n]", is_), re.split("[；\n]", should)) if a != b]
    return " / ".join(pairs[0]) if pairs else f"{is_[:80]} / {should[:80]}"


def compare(name, printed, reckoned):
    """One result line a figure."""
    for label, should in reckoned.items():
        is_ = printed.get(label, "(nothing)")
        if is_ == should:
            print(f"ok oracle/{name}/{label}")
        else:
            print(f"FAIL oracle/{name}/{label}: printed / reckoned: {difference(is_, should)}")


def change_cell(folder, random_):
    """Adds one to a random number of a random month's 月报; returns what was done."""
    path = random_.choice(sorted((folder / "月报").glob("*.csv")))
    data = path.read_bytes()
    encoding = "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
        text = data.decode(encoding)
    lines = text.splitlines(keepends=True)
    rows = [i for i, line in enumerate(lines) if re.match(r"\d{4}-\d\d,\w+[村区],", line)]
    row = random_.choice(rows)
    cells = lines[row].split(",")
    column = random_.randrange(2, 9)  # what stands before the money, which may hold a comma
    old = cells[column]
    cells[column] = f"{float(old) + 1:.1f}" if "." in old else str(int(old) + 1)
    lines[row] = ",".join(cells)
    # the total row would not agree any more, and a total row is not what is tested here
    lines = [line for line in lines if not line.startswith("合计") and ",合计," not in line]
    path.write_bytes("".join(lines).encode(encoding))
    return f"{path.name} {cells[1]} {old}→{cells[column]}"


def check_wide(path, tables):
    """Groups by quarter, half, year in reports of all lengths, totals too: one result line a period."""
    path.write_text(HEAD.replace(' period="月"', "", 1) + wide_template() + "</report>", encoding="utf-8")
    for period in WIDE:
        printed = render(path, ROOT / "samples", period)
        if printed is not None:
            is_ = re.sub(r"^(row|total) [^|]*\| ", r"\1 ", printed["表"], flags=re.M)
            compare(period, {"按期": is_}, {"按期": "\n".join(wide_lines(tables, period))})


def said(name, options, period):
    """A shipped template over the samples, as --dump doc writes it."""
    run = subprocess.run([WENYIN, "render", str(ROOT / f"templates/{name}.xml"), "-d", str(ROOT / "samples"), "-p", period,
                          *options, "--dump", "doc"], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(f"FAIL oracle/{name}/{period}: exit status {run.returncode}: {run.stderr.strip()[:300]}")
        return None
    return run.stdout


def check_papers(tables):
    """One result line a sentence of a shipped template."""
    for (name, *options), periods, sentences in PAPERS:
        for period, month in periods:
            text = said(name, options, period)
            for sentence in sentences if text is not None else ():
                should = sentence(Month(tables, month))
                missing = [piece for piece in ((should,) if isinstance(should, str) else should or ()) if piece not in text]
                why = f": not in the paper: {missing[0]}" if missing else ""
                print(f"{'FAIL' if missing else 'ok'} oracle/{name}/{period}/{sentence.__name__}{why}")


def changed(before, after):
    return {label for label in before if before[label] != after.get(label)}


def check_changes(path, work):
    random_ = random.Random(SEED)
    samples = work / "samples"
    printed, reckoned = None, None
    for turn in range(1, CHANGES + 1):
        shutil.rmtree(samples, ignore_errors=True)
        shutil.copytree(ROOT / "samples", samples)
        if printed is None:
            printed, reckoned = render(path, samples, CHANGED_MONTH), reckon(load(samples), CHANGED_MONTH)
        what = change_cell(samples, random_)
        now = render(path, samples, CHANGED_MONTH)
        if printed is None or now is None:
            return
        is_, should = changed(printed, now), changed(reckoned, reckon(load(samples), CHANGED_MONTH))
        if is_ == should:
            print(f"ok oracle/change/{turn}")
        else:
            print(f"FAIL oracle/change/{turn}: {what}: only printed {sorted(is_ - should)}, only reckoned "
                  f"{sorted(should - is_)}")


def main():
    tables = load(ROOT / "samples")
    with tempfile.TemporaryDirectory(prefix="wenyin-oracle.") as folder:
        path = Path(folder) / "figures.xml"
        path.write_text(template(), encoding="utf-8")
        for month in MONTHS:
            printed = render(path, ROOT / "samples", month)
            if printed is not None:
                compare(month, printed, reckon(tables, month))
        check_changes(path, Path(folder))
        check_wide(path, tables)
        check_sheets(Path(folder))
        check_rulings(Path(folder))
        check_cells(Path(folder))
    check_papers(tables)
    for month, half in (("2023-06", "2023H1"), ("2024-06", "2024H1")):
        check_agreed(Month(tables, month), (month, half), said)


main()
