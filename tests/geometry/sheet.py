"""A page as a proofreader measures it: lines of text by MuPDF, ink by colour from a raster of 400 dpi by Poppler."""
import functools
import re

import judge
from judge import need

DPI = 400
DOT = 25.4 / DPI
DARK = re.compile(rb"[\x00-\x7f]")


@functools.lru_cache(maxsize=8)
def _planes(pdf, page):
    data = judge.ask("pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), pdf, binary=True)
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(header.group(1)), int(header.group(2))
    body = memoryview(data)[header.end():]
    rows = [bytes(body[i * width * 3:(i + 1) * width * 3]) for i in range(height)]
    # Red lets red through: black alone is dark there; in green both are.
    return [row[1::3] for row in rows], [row[0::3] for row in rows]


@functools.lru_cache(maxsize=None)
def glyphs(pdf):
    return judge.pages(pdf)


class Box:
    """Bounds of ink, in mm."""

    def __init__(self, left, top, right, bottom):
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.width, self.height = right - left, bottom - top
        self.x, self.y = (left + right) / 2, (top + bottom) / 2

    def __repr__(self):
        return f"x {self.left:.2f}…{self.right:.2f}, y {self.top:.2f}…{self.bottom:.2f}"


class Sheet:
    def __init__(self, pdf, page):
        self.pdf, self.page = pdf, page

    @property
    def glyphs(self):
        return glyphs(self.pdf)[self.page - 1]

    def lines(self):
        return judge.lines(self.glyphs)

    def line(self, beginning):
        """The line of text that begins so."""
        for row in self.lines():
            if judge.text(row).startswith(beginning):
                return row
        raise judge.Wrong(f"no line of page {self.page} begins with “{beginning}”: {[judge.text(r) for r in self.lines()]}")

    def _bounds(self, planes, left, top, right, bottom):
        a, b = (max(0, round(x / DOT)) for x in (left, right))
        first, last, ups, downs = None, None, [], []
        for i in range(max(0, round(top / DOT)), min(len(planes), round(bottom / DOT))):
            row = planes[i][a:b]
            found = DARK.search(row)
            if found:
                ups.append(found.start())
                downs.append(len(row) - DARK.search(row[::-1]).start())
                first, last = i if first is None else first, i
        if first is None:
            return None
        return Box((a + min(ups)) * DOT, first * DOT, (a + max(downs)) * DOT, (last + 1) * DOT)

    def ink(self, left=0, top=0, right=210, bottom=297):
        """All ink in a part of the page, or None."""
        return self._bounds(_planes(self.pdf, self.page)[0], left, top, right, bottom)

    def black(self, left=0, top=0, right=210, bottom=297):
        return self._bounds(_planes(self.pdf, self.page)[1], left, top, right, bottom)

    def red(self, left=0, top=0, right=210, bottom=297):
        """Ink that must be red alone."""
        box = self.ink(left, top, right, bottom)
        need(box, f"no ink in {left}…{right} × {top}…{bottom}")
        need(not self.black(left, top, right, bottom), f"the ink at {box} is not red")
        return box

    def bars(self, left=100, right=110, top=0, bottom=297, least=0.9):
        """Horizontal rules that cross x = left … right: [(top, bottom)], of rows that are dark all along."""
        green, rows = _planes(self.pdf, self.page)[0], []
        a, b = round(left / DOT), round(right / DOT)
        for i in range(round(top / DOT), min(len(green), round(bottom / DOT))):
            row = green[i][a:b]
            if sum(value < 128 for value in row) >= least * len(row):
                if rows and rows[-1][1] == i:
                    rows[-1][1] = i + 1
                else:
                    rows.append([i, i + 1])
        return [(one * DOT, other * DOT) for one, other in rows if (other - one) * DOT < 2]

    def edges(self, left, top, right, bottom):
        """As of a judge.Raster."""
        box = self.ink(left, top, right, bottom)
        return box and (box.top, box.bottom)

    def em_box(self, row):
        """Top and bottom of a line's em box; the lines of a head may have one Han only."""
        return judge.em_box(self, row, least=1)
