"""Cells of the samples changed by one: exactly the figures that depend on the cell change, in the paper and in the 核对单, and the 核对单
says of each that the cell is among its sources."""
import csv
import io
import random
import re
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

from sheet import ROOT, UNITS, computed, pair, path_of, run, same_value, sheet
from sheet_paper import Template
from tables import decoded

CELLS, SEED, WORKERS = 520, 9704, 2
PLACES = [("工作汇报", "2024-03"), ("工作汇报", "2024-06"), ("上行报告", "2024H1"), ("上行报告", "2024-06"), ("会议纪要", "2024-05"),
          ("发言材料", "2024-06"), ("工作总结及计划", "2024H1"), ("工作总结及计划", "2023"), ("整改函", "2024-06"), ("简报", "2024-06"),
          ("考核通报", "2024-06"), ("讲话稿", "2024-04")]
FIXED = {"序号", "年度"}  # a change of these is another row


def write(path, rows):
    """The rows as a file, in the encoding and with the line ends that it had."""
    data = path.read_bytes()
    encoding = "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if b"\r\n" in data else "\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def without_totals(folder):
    """A total row would disagree with a changed cell, and is not what is tested here."""
    for path in sorted(folder.glob("月报/*.csv")):
        rows = list(csv.reader(io.StringIO(decoded(path), newline="")))
        write(path, [row for row in rows if "合计" not in row[:2]])


def stepped(table, row, column):
    """The cell's text one further, or one less where full marks bound it; a date a day later."""
    if column.kind == "date":
        return (row.day(column.name) + timedelta(1)).isoformat()
    number = row.number(column.name)
    return f"{number + (-1 if column.score or column.kind == 'ratio' else 1):f}"


def may_change(table, row, column):
    if column.kind not in ("number", "ratio", "date") or column.name in FIXED or not row.cells[column.name]:
        return False
    parts = row.cells.get("季度分解") if table.name == "任务" else ""  # numbers there end in the target
    return not parts or "%" in parts


class Place:
    """A template and a period over a folder of its own: how paper and 核对单 stand before any change."""

    def __init__(self, folder, name, period):
        self.folder, self.name, self.period, self.template = folder, name, period, Template(path_of(name))
        self.book = self.template.book(folder)
        self.before = self.look()

    def look(self):
        """(the oracle's paper, entries, lines of the paper); None where either refuses."""
        dump = run("render", self.name, self.folder, self.period, "--dump", "doc")
        entries = sheet(self.name, self.folder, self.period, self.folder.parent / f"{self.folder.name}.json")
        self.book.forget()
        try:
            paper = self.template.paper(self.book, self.period, UNITS.get(self.name))
        except ValueError:
            paper = None
        return paper, computed(entries) if entries is not None else None, dump.stdout.splitlines() if dump.returncode == 0 else None

    def pick(self, rng):
        """(table, row, column) of a random cell: three of four in a row that a random figure of the paper was worked out from."""
        if rng.random() < 0.75:
            name, column, rows = rng.choice(rng.choice([figure for figure in self.before[0].figures if figure.log]).log)
            table = self.book.tables.get(name, self.book.targets)
        else:
            table, column = rng.choice(self.book.all_tables()), None
            rows = table.rows
        if not rows:
            return None
        row = rng.choice(rows)
        columns = [what for what in table.columns.values() if column in (None, what.name) or what.kind == "date"]
        columns = [what for what in columns or table.columns.values() if may_change(table, row, what)]
        return (table, row, rng.choice(columns)) if columns else None

    def changed(self, table, row, column):
        """look() with the cell one further; everything is put back."""
        path = self.folder / row.file
        data, old = path.read_bytes(), row.cells[column.name]
        rows = list(csv.reader(io.StringIO(decoded(path), newline="")))
        line, at = row.line - 1, list(table.columns).index(column.name)
        new = stepped(table, row, column)
        rows[line][at] = new
        write(path, rows)
        same = [other for one in self.book.all_tables() for other in one.rows if (other.file, other.line) == (row.file, row.line)]
        for other in same:
            other.cells[column.name] = new
            other.forget()
        try:
            return self.look()
        finally:
            path.write_bytes(data)
            for other in same:
                other.cells[column.name] = old
                other.forget()
            self.book.forget()


def cites(entry, row, column):
    """The cell is among the sources: of the column, of counted rows, or of the column's table by another name (目标值)."""
    return any(s["file"] == row.file and s["first"] <= row.line <= s["last"] and
               (s["column"] in (None, column.name) or s["table"] in ("任务", "台账") or column.kind == "date") for s in entry["sources"])


def key(entry):
    return entry["place"], entry["expression"]


def moved(before, after):
    """Entries that say something else than before, by place and expression."""
    was = {key(entry): entry for entry in before}
    return [(was[key(entry)], entry) for entry in after if key(entry) in was and
            (was[key(entry)]["value"], was[key(entry)]["printed"]) != (entry["value"], entry["printed"])]


def words(line):
    """What the dump has of a line of the oracle: a series as its labels, a row without its first cell, which may be merged."""
    if isinstance(line, str):
        return line
    if line[0] == "series":
        return " ".join(f"({label})" for label in line[1:])
    return line[1] if line[0] == "caption" else " | ".join(line[1:])


def said(lines):
    """The dump with only the labels of its series, without what it says of pictures and of the meaning of charts."""
    kept = [line for line in lines if not re.match(r"  (alt|categories|columns|photo) ", line)]
    return Counter(" ".join(re.findall(r"\(.*?\)", line)) if line.startswith("  series ") else re.sub("⟨/?b⟩|⟨br⟩", "", line)
                   for line in kept)


def paper_faults(before, after):
    """Each line that changed on the paper is one that the oracle changed, and the other way round."""
    mine = {words(line) for line in Counter(after[0].lines) - Counter(before[0].lines)} - {""}
    theirs = said(after[2]) - said(before[2])
    for line in theirs:
        if not any(text in line for text in mine):
            yield f"the paper says “{line.strip()[:60]}”"
    for text in mine:
        if not any(text in line for line in theirs):
            yield f"the paper lacks “{text[:60]}”"


def entry_faults(before, after, row, column):
    for figure, entry in pair(after[0].figures, after[1]):
        if not figure or not entry:
            yield f"not listed: {figure.source}" if figure else f"not of the paper: {entry['place']}"
            return
        if not same_value(entry["value"], figure.value):
            yield f"{entry['place']} is {entry['value']}, not {figure.value}"
    order = [key(entry) for entry in before[1]] == [key(entry) for entry in after[1]]
    for was, now in moved(before[1], after[1]):
        rank = now["kind"] == "rank"  # moves with the others'
        if order and not rank and not cites(was, row, column) and not cites(now, row, column):
            yield f"{now['place']} {was['value']} → {now['value']} does not cite the cell"


def try_cell(place, rng):
    """(what, faults, how many entries changed); faults None: both refuse the changed data."""
    picked = None
    while not picked:
        picked = place.pick(rng)
    table, row, column = picked
    what = f"{place.name}/{place.period}: {row.file}:{row.line} {column.name} {row.cells[column.name]}"
    after = place.changed(table, row, column)
    if after[0] is None or after[2] is None:
        return what, None, 0
    found = [*entry_faults(place.before, after, row, column), *paper_faults(place.before, after)]
    return what, found, len(moved(place.before[1], after[1]))


def work_off(folder, places, seed, count):
    rng = random.Random(seed)
    stands = [Place(folder, name, period) for name, period in places]
    return [try_cell(stands[i % len(stands)], rng) for i in range(count)]


def check_cells(work):
    """One result line a template and period."""
    jobs = []
    with ProcessPoolExecutor(WORKERS) as pool:
        for worker in range(WORKERS):
            folder = work / f"cells{worker}"
            shutil.copytree(ROOT / "samples", folder)
            without_totals(folder)
            places = PLACES[worker::WORKERS]
            jobs.append(pool.submit(work_off, folder, places, SEED + worker, CELLS // WORKERS))
    results = [result for job in jobs for result in job.result()]
    for name, period in PLACES:
        mine = [result for result in results if result[0].startswith(f"{name}/{period}:")]
        wrong = [f"{what}: {found[0]}" for what, found, _ in mine if found]
        refused, changes = sum(found is None for _, found, _ in mine), sum(count for _, _, count in mine)
        line = f"{len(mine)} cells, {changes} figures changed, {refused} refused"
        print(f"FAIL oracle/cell/{name}/{period}: {len(wrong)} of {line}: {'; '.join(wrong[:3])}" if wrong else
              f"ok oracle/cell/{name}/{period}: {line}")
    sound = sum(found is not None for _, found, _ in results)
    print(f"{'ok' if sound >= 500 else 'FAIL'} oracle/cells: {sound} changed cells")
