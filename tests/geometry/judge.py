"""What other programs say about a PDF: mutool, poppler, qpdf and Ghostscript; none of them shares code with wenyin.
Lengths are millimetres from the top left corner of the paper, y downwards, as in the tables of GB/T 9704."""
import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

MM = 25.4 / 72
CHECKS = []  # in the order of their definition


def check(function):
    CHECKS.append(function)
    return function


class Wrong(Exception):
    """A fact that is not as it should be."""


FAULTS = (Wrong, RuntimeError, OSError, KeyError, ValueError, IndexError, TypeError, AttributeError, StopIteration,
          ElementTree.ParseError, subprocess.SubprocessError)


def run_checks(group, checks, wanted):
    """A line for each, or for those wanted; gives the exit status."""
    bad = 0
    for function in checks:
        if wanted and function.__name__ not in wanted:
            continue
        try:
            function()
            print(f"ok {group}/{function.__name__}", flush=True)
        except FAULTS as fault:
            bad += 1
            kind = "" if isinstance(fault, (Wrong, RuntimeError)) else type(fault).__name__ + " "
            print(f"FAIL {group}/{function.__name__}: {kind}{' '.join(str(fault).split())[:500]}", flush=True)
    return int(bad > 0)


def near(what, value, wanted, tolerance):
    if abs(value - wanted) > tolerance:
        raise Wrong(f"{what} is {value:.4f}, not {wanted} ± {tolerance}")


def same(what, value, wanted):
    if value != wanted:
        raise Wrong(f"{what} is {value!r}, not {wanted!r}")


def need(condition, why):
    if not condition:
        raise Wrong(why)


def ask(*command, binary=False):
    """Output of a judge; a judge that fails is itself a finding."""
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Wrong(f"{command[0]} exits {done.returncode}: {done.stderr.decode(errors='replace')[-300:].strip()}")
    return done.stdout if binary else done.stdout.decode()


# ---------------------------------------------------------------- glyphs, by MuPDF

class Glyph(NamedTuple):
    char: str
    font: str      # PostScript name without the subset tag
    size: float    # bp
    x: float       # left edge of the advance box
    baseline: float
    advance: float


def _multiply(m, n):
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def _numbers(text):
    return tuple(map(float, text.split()))


def pages(pdf):
    """-> for each page the glyphs that mutool's trace device is asked to fill, in the order of the content stream."""
    trace = ask("mutool", "trace", pdf)
    # A control character in the unicode attribute would end the parse; it is a finding of its own.
    root = ElementTree.fromstring(trace if trace.lstrip().startswith("<document") else f"<document>{trace}</document>")
    found = []
    for page in root.iter("page"):
        glyphs = []
        for text in page.iter("fill_text"):
            outer = _numbers(text.get("transform"))
            for span in text.iter("span"):
                own = _multiply(_numbers(span.get("trm")) + (0, 0), outer)
                size = (own[0] ** 2 + own[1] ** 2) ** 0.5
                font = re.sub("^[A-Z]{6}[+]", "", span.get("font"))
                for g in span.iter("g"):
                    x, y = float(g.get("x")), float(g.get("y"))
                    placed = _multiply((1, 0, 0, 1, x, y), outer)
                    glyphs.append(Glyph(g.get("unicode"), font, size, placed[4] * MM, placed[5] * MM,
                                        float(g.get("adv")) * size * MM))
        found.append(glyphs)
    return found


FOOT = 264.0  # below the type area (262) and above the page number (em box from 266.5)


def lines(glyphs, foot=False):
    """Glyphs of the type area (or of the foot) by line, each from left to right. Faces differ in baseline by up to 0.1 em, so
    that Han sit centred in the line; lines are never nearer than 4 mm."""
    rows = []
    for glyph in sorted((g for g in glyphs if (g.baseline > FOOT) == foot), key=lambda g: g.baseline):
        if rows and glyph.baseline - rows[-1][-1].baseline < 2:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x) for row in rows]


def text(row):
    return "".join(g.char for g in row)


def right(glyph):
    return glyph.x + glyph.advance


# ---------------------------------------------------------------- ink, by Poppler

class Raster:
    """A grey picture of a part of a page."""

    def __init__(self, pdf, page, left, top, width, height, dpi=600):
        dot = 25.4 / dpi
        self.left, self.top, self.dot = left, top, dot
        data = ask("pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page), "-x", str(round(left / dot)), "-y",
                   str(round(top / dot)), "-W", str(round(width / dot)), "-H", str(round(height / dot)), pdf, binary=True)
        header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        self.columns, count = int(header.group(1)), int(header.group(2))
        body = data[header.end():]
        self.rows = [body[i * self.columns:(i + 1) * self.columns] for i in range(count)]

    def ink(self, left, top, width, height):
        """Bounds of what is darker than middle grey within a box: left, top, right, bottom; None where it is blank."""
        a, b = (max(0, round((x - self.left) / self.dot)) for x in (left, left + width))
        c, d = (max(0, round((y - self.top) / self.dot)) for y in (top, top + height))
        dark = [(i, row[a:b]) for i, row in enumerate(self.rows[c:d], c) if row[a:b] and min(row[a:b]) < 128]
        if not dark:
            return None
        firsts = min(next(k for k, value in enumerate(row) if value < 128) for _, row in dark)
        lasts = max(len(row) - next(k for k, value in enumerate(reversed(row)) if value < 128) for _, row in dark)
        return (self.left + (a + firsts) * self.dot, self.top + dark[0][0] * self.dot,
                self.left + (a + lasts) * self.dot, self.top + (dark[-1][0] + 1) * self.dot)

    def edges(self, left, top, right, bottom):
        """Top and bottom of the ink in a box; None where it is blank."""
        bounds = self.ink(left, top, right - left, bottom - top)
        return bounds and (bounds[1], bounds[3])


def em_box(raster, row, least=3):
    """Top and bottom of a line's em box, from the ink alone: Han are designed to sit centred in it, so its middle is the mean of
    the middles of many characters (a font's own metrics say nothing reliable)."""
    middles = []
    for glyph in row:
        if not "\u4e00" <= glyph.char <= "\u9fff":
            continue
        height = glyph.size * MM
        edges = raster.edges(glyph.x, glyph.baseline - 1.2 * height, glyph.x + glyph.advance, glyph.baseline + 0.4 * height)
        if edges:
            middles.append(sum(edges) / 2)
    need(len(middles) >= least, f"too little ink in “{text(row)}”")
    middle, half = sum(middles) / len(middles), row[0].size * MM / 2
    return middle - half, middle + half


# ---------------------------------------------------------------- text

FOLIO = re.compile(r"— \d+ —\s*")  # the blanks tell a page number from dashes in prose


def bare(string):
    return re.sub(r"\s", "", string)


def poppler_text(pdf, *options):
    return ask("pdftotext", *options, pdf, "-")


def turned_pages(pdf):
    """Numbers of the pages that viewers show turned (clause 8: wide tables)."""
    info = ask("pdfinfo", "-f", "1", "-l", "99999", pdf)
    return {int(number) for number in re.findall(r"Page\s+(\d+) rot:\s+90", info)}


def mupdf_text(pdf):
    return ask("mutool", "draw", "-q", "-F", "txt", pdf)


def difference(one, other):
    """Where two strings part."""
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return f"from character {at} on “{one[max(0, at - 8):at + 12]}” against “{other[max(0, at - 8):at + 12]}”"


def same_text(what, value, wanted):
    if value != wanted:
        raise Wrong(f"{what} differs: {difference(value, wanted)}")


# ---------------------------------------------------------------- objects, by qpdf

class Objects:
    """All objects of a PDF as qpdf's JSON (version 2) gives them."""

    def __init__(self, pdf):
        self.pdf = pdf
        everything = json.loads(ask("qpdf", "--json=2", "--json-key=qpdf", "--json-key=pagelabels", pdf))
        self.labels = everything["pagelabels"]
        self.version = everything["qpdf"][0]["pdfversion"]
        self.table = everything["qpdf"][1]
        self.trailer = self.table["trailer"]["value"]
        self.root = self.follow(self.trailer["/Root"])

    def follow(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.table["obj:" + value]
            value = entry["stream"]["dict"] if "stream" in entry else entry["value"]
        return value

    def dictionaries(self):
        """Every dictionary, nested ones and those of streams too."""
        waiting = [entry["stream"]["dict"] if "stream" in entry else entry["value"] for entry in self.table.values()]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                yield value
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)

    def stream(self, reference):
        return ask("qpdf", f"--show-object={reference.replace(' R', '').replace(' ', ',')}", "--filtered-stream-data",
                   self.pdf, binary=True)
