"""What other programs read out of the PDF, against the source and against our own text output."""
import re

import judge
import papers
from judge import bare, check, need, same, same_text
from layout import CELL, glyphs


# ---------------------------------------------------------------- text

def marked_paper(extension="pdf"):
    return papers.paper("marked", papers.marked()[0], extension=extension)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


@check
def txt_is_the_source():
    same_text("txt", bare(judge.FOLIO.sub("", read(marked_paper("txt")))), bare("".join(papers.marked()[1])))


@check
def poppler_extracts_the_source():
    same_text("pdftotext", bare(judge.poppler_text(marked_paper())), bare(read(marked_paper("txt"))))


@check
def mupdf_extracts_the_source():
    same_text("mutool", bare(judge.mupdf_text(marked_paper())), bare(read(marked_paper("txt"))))


@check
def lines_neither_start_nor_end_forbidden():
    pages = glyphs(papers.marked()[0], "marked")
    rows = [row for page in pages for row in judge.lines(page)]
    need(len(rows) > 100, "too few lines")
    for row in rows:
        need(row[0].char not in papers.CLOSING + "·～%", f"a line starts with {row[0].char}: “{judge.text(row)}”")
        need(row[-1].char not in papers.OPENING, f"a line ends with {row[-1].char}: “{judge.text(row)}”")
        need(row[0].x > 28 - CELL / 2 - 0.3 and judge.right(row[-1]) < 184 + CELL / 2 + 0.3,
             f"“{judge.text(row)}” leaves the type area")


def split_pages(string):
    """A paper's text by page: the page number closes each."""
    return [bare(page) for page in judge.FOLIO.split(string) if page.strip()]


@check
def report_extracts_in_poppler():
    """In the order of the content stream (-raw), as viewers copy a selection: the same to the last character."""
    same_text("pdftotext -raw", bare(judge.poppler_text(papers.report(), "-raw")), bare(read(papers.report("txt"))))


@check
def report_extracts_in_mupdf():
    same_text("mutool", bare(judge.mupdf_text(papers.report())), bare(read(papers.report("txt"))))


@check
def report_extracts_in_poppler_reading_order():
    """Without -raw Poppler guesses a reading order from positions. Where texts stand side by side (labels of a chart, cells of
    two lines in a table) the guess may differ from ours; so a page with 图1 or 表1 has the same characters, and each line of our
    text that is longer than a label or a row stands there whole and in order. Other pages are exact."""
    ours, theirs = read(papers.report("txt")), split_pages(judge.poppler_text(papers.report()))
    same("pages", len(theirs), len(split_pages(ours)))
    exact = 0
    for number, (one, other) in enumerate(zip(split_pages(ours), theirs), 1):
        need(sorted(one) == sorted(other), f"page {number} has other characters than our text")
        if not re.search(r"[图表]\d", one):
            same_text(f"page {number}", other, one)
            exact += 1
    need(exact > 1, "hardly a page without tables and charts: this proves little")
    everything, at = "".join(theirs), 0
    for line in (bare(line) for line in judge.FOLIO.sub("", ours).splitlines() if "\t" not in line):
        if len(line) > 40:
            found = everything.find(line, at)
            need(found >= 0, f"“{line[:40]}…” is lacking, or stands elsewhere")
            at = found + len(line)
