"""What other programs read out of the PDF, against the source and against our own text output."""
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


@check
def report_extracts_in_poppler():
    """In the reading order that Poppler guesses from positions (no option) and in that of the content stream (-raw, as viewers
    copy a selection): the same to the last character, tables and charts included. The first holds because rows of labels are
    one cluster (text.h: text_put_row) and columns stand an em apart; a table so dense that it gives that up (table.c: styles)
    may be read by column where two cells come nearer, as the widest table of the benchmark M is: Poppler takes such cells for
    one block of text, and nothing in the file can tell it otherwise. A head that stands in the middle beside two rows of heads
    is read between them: what stands above it is left out of the first comparison."""
    ours = bare(read(papers.report("txt")))
    same_text("pdftotext -raw", bare(judge.poppler_text(papers.report(), "-raw")), ours)
    theirs = bare(judge.poppler_text(papers.report()))
    for above in ("清理整治", "投入力量"):
        need(theirs.count(above) >= 2, f"“{above}” is not over the columns of 表1 and 续表1")
        ours, theirs = ours.replace(above, ""), theirs.replace(above, "")
    same_text("pdftotext", theirs, ours)


@check
def report_extracts_in_mupdf():
    same_text("mutool", bare(judge.mupdf_text(papers.report())), bare(read(papers.report("txt"))))
