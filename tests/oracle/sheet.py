"""The 核对单 against the oracle: every figure of every shipped template, in the order of reading, is in it with its value, its
wording and the rows that it was worked out from; and no number is printed that neither it nor the template accounts for."""
import json
import os
import re
import subprocess
from decimal import Decimal
from pathlib import Path

import language
from sheet_paper import Template
from values import one

ROOT = Path(__file__).resolve().parents[2]
WENYIN = os.environ.get("WENYIN", str(ROOT / "build/wenyin"))
MONTHS = ("2023-01", "2023-02", "2024-01", "2024-02", "2024-06")
SPANS = ("2023H1", "2024H1", "2023")
PAPERS = {"工作汇报": MONTHS, "上行报告": MONTHS + SPANS, "会议纪要": MONTHS, "发言材料": MONTHS, "工作总结及计划": SPANS,
          "整改函": ("2024-06",), "简报": MONTHS, "考核通报": MONTHS, "讲话稿": MONTHS}
UNITS = {"整改函": "路东村"}  # of one paper a unit
FIGURES = ("number", "ratio", "rank", "list")
LISTED = FIGURES + ("missing",)  # a — may be listed
TICK = re.compile(r"[1-9]\d?0*|[1-9]?\d\.\d|0\.\d\d")  # of an axis
NEAR = Decimal("1e-11")  # quotients have twelve decimals


def path_of(name):
    return ROOT / f"templates/{name}.xml"


def run(command, name, data, period, *more):
    unit = ("--unit", UNITS[name]) if name in UNITS else ()
    return subprocess.run([WENYIN, command, str(path_of(name)), "-d", str(data), "-p", period, *unit, *more],
                          capture_output=True, text=True, check=False)


def sheet(name, data, period, out):
    """The entries of a 核对单; None where there is none."""
    out.unlink(missing_ok=True)
    run("check", name, data, period, "-o", str(out))
    return json.loads(out.read_text(encoding="utf-8"))["figures"] if out.exists() else None


def same_value(text, value):
    if text is None or value is None:
        return text is None and value is None
    return abs(Decimal(text) - value) <= NEAR


def sources(figure):
    """(table, column, file, rows, first, last) of each part and file."""
    found = set()
    for table, column, rows in figure.log:
        files = {}
        for row in rows:
            files.setdefault(row.file, []).append(row.line)
        found |= {(table, column, file, len(lines), min(lines), max(lines)) for file, lines in files.items()}
    return found


def faults(figure, entry):
    """What the entry says otherwise than the oracle."""
    if not same_value(entry["value"], figure.value):
        yield f"value {entry['value']}, not {figure.value}"
    said = {(s["table"], s["column"], s["file"], s["rows"], s["first"], s["last"]) for s in entry["sources"]}
    if said != sources(figure):
        yield f"sources {sorted(said ^ sources(figure), key=str)[:2]}"
    if entry["previous"] is not None:
        before = one(language.value(figure.source), figure.where.moved("上期")).value
        if not same_value(entry["previous"], before):
            yield f"previous {entry['previous']}, not {before}"


def pair(figures, entries):
    """Figures and entries side by side, in order: (figure, entry), (figure, None) for one that is not listed, (None, entry). What was
    worked out from no rows (a parameter, a year, 序号) need not be."""
    at = 0
    for figure in figures:
        entry = entries[at] if at < len(entries) else None
        if figure.kind in LISTED and entry and (entry["expression"], entry["printed"]) == (figure.source, figure.printed):
            at += 1
            yield figure, entry
        elif figure.kind in FIGURES and figure.log:
            yield figure, None
    for entry in entries[at:]:
        yield None, entry


def computed(entries):
    return [entry for entry in entries if entry["origin"] == "computed"]


def two_valued(entries):
    """Claims with two values: what the program calls one figure is one in text, table and chart."""
    values = {}
    for entry in entries:
        if not entry["missing"] and entry["kind"] != "rank":
            values.setdefault(entry["claim"], set()).add(entry["value"])
    return [claim for claim, found in values.items() if len(found) > 1]


def compare(paper, entries):
    """What is wrong, as texts."""
    yield from (f"two values: {claim}" for claim in two_valued(computed(entries)))
    for entry in entries:
        if entry["origin"] == "reckoned" and entry["printed"] not in paper.said:
            yield f"{entry['place']}: no chart says {entry['printed']}"
    for figure, entry in pair(paper.figures, computed(entries)):
        if not entry:
            yield f"not listed: {{{figure.source}}} {figure.printed}"
        elif not figure:
            yield f"listed, but not of the paper: {entry['place']} {{{entry['expression']}}} {entry['printed']}"
        else:
            yield from (f"{entry['place']} {{{figure.source}}}: {fault}" for fault in faults(figure, entry))


# ---- every number of the finished paper

def numerals(text):
    """Numbers in a text, without the zeros at their ends: a chart gives the figures of a series like decimals."""
    found = re.findall(r"\d+(?:[.,]\d+)*", text)
    return {number.rstrip("0").rstrip(".") if "." in number else number for number in found}


def literals(template):
    """What the template says itself: its texts and attributes without {…}, and what its params print."""
    root, found = template.root, []
    for element in root.iter():
        found += [element.text or "", element.tail or "", *element.attrib.values()]
    return " ".join(re.sub(r"\{[^{}]*\}", " ", text) for text in found)


def unaccounted(template, paper, entries, text):
    """Numbers of the text that are no figure of the 核对单, no date or text of the data, not typed in the template, no number of an
    element, a page, or a row, and no tick of an axis (which charts alone have)."""
    known = numerals(literals(template))
    for entry in entries:
        known |= numerals(entry["printed"])
    for figure in paper.figures:
        if figure.kind not in FIGURES or not figure.log:
            known |= numerals(figure.printed)
    for said in paper.said:
        known |= numerals(said)
    known |= {str(number) for number in range(0, 40)}  # 表1, 图2, pages, rows
    axes = template.root.find(".//chart") is not None
    return sorted(number for number in numerals(text) - known if not (axes and TICK.fullmatch(number)))


def check_sheets(work):
    """One result line a paper and period."""
    for name, spans in PAPERS.items():
        template = Template(path_of(name))
        book = template.book(ROOT / "samples")
        for period in spans:
            paper = template.paper(book, period, UNITS.get(name))
            entries = sheet(name, ROOT / "samples", period, work / "sheet.json")
            wrong = list(compare(paper, entries)) if entries else ["there is no 核对单"]
            count = len(computed(entries or []))
            print(f"FAIL oracle/sheet/{name}/{period}: {len(wrong)} of {count}: {'; '.join(wrong[:3])}" if wrong else
                  f"ok oracle/sheet/{name}/{period}: {count} figures")
            if period != spans[-1]:
                continue
            pdf = work / "paper.pdf"
            run("render", name, ROOT / "samples", period, "-o", str(pdf))
            text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=False).stdout
            left = unaccounted(template, paper, entries or [], text)
            print(f"FAIL oracle/numbers/{name}/{period}: {', '.join(left[:8])}" if left or not text else
                  f"ok oracle/numbers/{name}/{period}")
