"""The data of a shipped template as the oracle reads them: rows that know file and line, columns with what they are. Values are decimals
and dates; nothing here is shared with the program."""
import csv
import datetime
import io
import re
import unicodedata
from collections import namedtuple
from pathlib import Path

from rows import number

Column = namedtuple("Column", "name unit decimals kind score")  # kind: number, ratio, date, month, text
TEXTS = ("编号", "号", "电话", "代码")
UNITS = ("村", "单位")


def decoded(path):
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def day(text):
    """The day of a cell, of a month its first; None when it is neither."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text)
    return datetime.date(int(match[1]), int(match[2]), int(match[3] or 1)) if match else None


class Row:
    """A row of a file; line as an editor counts. numbers and days are worked out once."""
    __slots__ = ("file", "line", "cells", "numbers", "days")

    def __init__(self, file, line, cells):
        self.file, self.line, self.cells, self.numbers, self.days = file, line, cells, {}, {}

    def number(self, column):
        if column not in self.numbers:
            self.numbers[column] = number(self.cells.get(column))
        return self.numbers[column]

    def day(self, column):
        if column not in self.days:
            self.days[column] = day(self.cells.get(column) or "")
        return self.days[column]

    def forget(self):
        self.numbers, self.days = {}, {}


def column_of(head, values):
    head = unicodedata.normalize("NFKC", head)
    match = re.fullmatch(r"(.*?)\((.*)\)", head)
    name, bracket = (match[1], match[2]) if match else (head, "")
    values = [value for value in values if value]
    score = bracket.isdigit()
    if bracket == "%":
        return Column(name, "", 0, "ratio", False)
    if values and all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values):
        kind = "date"
    elif values and all(re.fullmatch(r"\d{4}-\d\d", value) for value in values):
        kind = "month"
    else:
        plain = [unicodedata.normalize("NFKC", value).replace(",", "").strip() for value in values]
        numeric = values and all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in plain)
        kind = "number" if numeric and (name == "序号" or not name.endswith(TEXTS)) else "text"
        if kind == "number":
            places = max(len(value.partition(".")[2]) for value in plain)
            return Column(name, "" if score else bracket, min(places, 6), kind, score)
    return Column(name, "" if score else bracket, 0, kind, score)


class Table:
    """period: the column that dates a row, or None; key: its columns."""

    def __init__(self, name, folder, files, period=None, key=()):
        self.name, self.period, self.key, self.rows = name, period, key, []
        heads, values = [], {}
        for path in sorted(folder.glob(files), key=lambda path: str(path.relative_to(folder)).encode()):
            reader = csv.reader(io.StringIO(decoded(path), newline=""))
            head = next(reader)
            names = [unicodedata.normalize("NFKC", cell).split("(")[0] for cell in head]
            heads += [cell for cell in head if cell not in heads]
            for cells in reader:
                if not cells or "合计" in cells[:2]:
                    continue
                self.rows.append(Row(str(path.relative_to(folder)), reader.line_num, dict(zip(names, cells))))
                for cell, value in zip(head, cells):
                    values.setdefault(cell, []).append(value)
        self.columns = {column.name: column for column in (column_of(head, values.get(head, ())) for head in heads)}
        self.unit = next((name for name in UNITS if name in self.columns), None)


class Roster:
    """The units in the official order, and each village's higher units by level."""

    def __init__(self, table):
        by_code = {row.cells["网格编号"]: row.cells for row in table.rows}
        self.order, self.level, self.above = {}, {}, {}
        for row in table.rows:
            cells = row.cells
            self.order.setdefault(cells["名称"], len(self.order))
            self.level.setdefault(cells["名称"], cells["级别"])
            above, over = {}, by_code.get(cells["上级编号"])
            while over:
                above[over["级别"]], over = over["名称"], by_code.get(over["上级编号"])
            self.above.setdefault(cells["名称"], above)
        self.levels = list(dict.fromkeys(self.level.values()))

    def villages(self):
        return [name for name in self.order if self.level[name] == "村"]


class Book:
    """The tables that a template declares, the roster and the targets. `log` takes what a figure was worked out from."""

    def __init__(self, folder, declared, roster=None, targets=None):
        folder = Path(folder)
        self.tables = {name: Table(name, folder, *what) for name, what in declared.items()}
        self.roster, self.targets = None, None
        if roster:
            self.tables["网格"] = Table("网格", folder, roster)
            self.roster = Roster(self.tables["网格"])
        if targets:
            self.targets = Table("任务", folder, targets)
        self.log, self.cache = [], {}

    def all_tables(self):
        return list(self.tables.values()) + ([self.targets] if self.targets else [])

    def forget(self):
        """After a cell was changed."""
        self.cache = {}
        if self.roster:
            self.roster = Roster(self.tables["网格"])

    def level_of(self, table, column):
        """True when the column is a level of the roster above the table's units, which the table has not itself."""
        return bool(self.roster and column in self.roster.levels and column not in table.columns and table.unit)
