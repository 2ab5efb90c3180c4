"""Where things stand on the page: grid, page number, title block, signature, headings, tables."""
import functools
import re

import judge
import papers
from judge import MM, check, near, need, same

CELL = 156 / 28                        # mm
EM = 16 * MM
PITCH = (225 - EM) / 21


@functools.lru_cache(maxsize=None)
def glyphs(content, name):
    """Pages of a paper, typeset once for all checks that look at it."""
    return judge.pages(papers.paper(name, content))


def full_page():
    return glyphs(papers.full_page(), "full")


# ---------------------------------------------------------------- the grid

@check
def paper_size():
    pdf = papers.paper("full", papers.full_page())
    for page in judge.Objects(pdf).dictionaries():
        if page.get("/Type") == "/Page":
            left, bottom, width, height = page["/MediaBox"]
            same("lower left corner", (left, bottom), (0, 0))
            near("width (bp)", width, 595.276, 0.01)
            near("height (bp)", height, 841.890, 0.01)


@check
def full_page_has_22_lines_of_28():
    for number, page in list(enumerate(full_page(), 1))[:-1]:
        rows = judge.lines(page)
        same(f"lines of page {number}", len(rows), 22)
        for row in rows[number == 1:]:
            same(f"characters of “{judge.text(row)}”", len(row), 28)


@check
def full_lines_fill_the_measure():
    for row in judge.lines(full_page()[1]):
        near("left edge", row[0].x, 28.0, 0.3)
        near("right edge", judge.right(row[-1]), 184.0, 0.3)
        for one, other in zip(row, row[1:]):
            near(f"advance of {one.char}", other.x - one.x, CELL, 0.05)


@check
def lines_stand_on_the_pitch():
    rows = judge.lines(full_page()[1])
    for one, other in zip(rows, rows[1:]):
        near("pitch", other[0].baseline - one[0].baseline, PITCH, 0.05)


@check
def page_is_filled_from_37_to_262():
    pdf = papers.paper("full", papers.full_page())
    rows, raster = judge.lines(full_page()[1]), judge.Raster(pdf, 2, 20, 30, 175, 240)
    near("top of the first line", judge.em_box(raster, rows[0])[0], 37.0, 0.3)
    near("bottom of the last line", judge.em_box(raster, rows[-1])[1], 262.0, 0.3)


@check
def paragraphs_are_indented_by_two_cells():
    first, second = judge.lines(full_page()[0])[:2]
    near("indent", first[0].x - second[0].x, 2 * CELL, 0.05)
    same("characters of the first line", len(first), 26)


@check
def body_is_fandolfang_of_16_bp():
    for page in full_page():
        for glyph in (g for row in judge.lines(page) for g in row):
            same(f"face of {glyph.char}", glyph.font, "FandolFang-Regular")
            near("size (bp)", glyph.size, 16, 0.01)


# ---------------------------------------------------------------- the page number

def folio(page):
    rows = judge.lines(full_page()[page - 1], foot=True)
    same("lines below the type area", len(rows), 1)
    return rows[0]


@check
def page_number_reads_dash_1_dash():
    for page in (1, 2):
        row = folio(page)
        same("page number", judge.text(row), f"— {page} —")
        for glyph in row:
            same(f"face of {glyph.char}", glyph.font, "FandolSong-Regular")
            near("size (bp)", glyph.size, 14, 0.01)


@check
def page_number_stands_outside():
    near("right edge of an odd page's number", judge.right(folio(1)[-1]), 178.43, 0.3)
    near("left edge of an even page's number", folio(2)[0].x, 33.57, 0.3)


@check
def page_number_dash_lies_7_mm_below():
    pdf = papers.paper("full", papers.full_page())
    for page in (1, 2):
        dash = folio(page)[0]
        bounds = judge.Raster(pdf, page, 28, 262.5, 156, 15).ink(dash.x, 263, dash.advance, 14)
        need(bounds, "the dash leaves no ink")
        near("centre of the dash", (bounds[1] + bounds[3]) / 2, 269.0, 0.3)
        need(bounds[3] - bounds[1] < 1, "what stands there is no dash")


# ---------------------------------------------------------------- the title block of a 汇报

def title_rows():
    return judge.lines(glyphs(papers.title_block(), "title")[0])


@check
def title_block_is_centred():
    faces = [({"FandolSong-Bold"}, 22), ({"FandolKai-Regular"}, 16), ({"FandolKai-Regular", "FandolFang-Regular"}, 16)]
    for row, (face, size) in zip(title_rows(), faces):
        near(f"middle of “{judge.text(row)}”", (row[0].x + judge.right(row[-1])) / 2, 106.0, 0.5)
        for glyph in row:
            near(f"size of {glyph.char} (bp)", glyph.size, size, 0.01)
        same(f"faces of “{judge.text(row)}”", {glyph.font for glyph in row}, face)  # FandolKai's digits are too wide
    same("the three lines", [judge.text(row) for row in title_rows()[:3]],
         ["洋江镇农村人居环境整治工作汇报", "洋江镇人民政府", "（2024年6月30日）"])


@check
def title_block_ends_in_a_blank_line():
    """One empty line after the date, read as a distance (10.39) or as a line of the grid (15.25): the text stands on the grid again."""
    pdf = papers.paper("title", papers.title_block())
    raster, rows = judge.Raster(pdf, 1, 20, 30, 175, 100), title_rows()
    bottom, top = judge.em_box(raster, rows[2])[1], judge.em_box(raster, rows[3])[0]
    need(10.39 - 0.35 * PITCH <= top - bottom <= 15.25 + 0.65 * PITCH, f"{top - bottom:.2f} mm between date and text")
    line = (top - 37) / PITCH
    near("line of the grid where the text begins", line, round(line), 0.03)
    near("indent of the text", rows[3][0].x, 28 + 2 * CELL, 0.1)


@check
def unsealed_signature_is_indented():
    """GB/T 9704 7.3.5.2: the name 2 字 from the right, the date's first character 2 字 to the right of the name's."""
    name, date = judge.lines(glyphs(papers.facts(), "facts")[-1])[-2:]
    same("the two lines", [judge.text(name), judge.text(date)], ["洋江镇人民政府", "2024年6月30日"])
    near("right edge of the name", judge.right(name[-1]), 172.86, 0.3)
    near("from the name's first character to the date's", date[0].x - name[0].x, 2 * CELL, 0.1)
    near("from name to date", date[-1].baseline - name[0].baseline, PITCH, 0.05)


# ---------------------------------------------------------------- headings

def heading_pages():
    return glyphs(papers.headings()[0], "headings")


@check
def headings_have_their_faces():
    _, alone, run_in = papers.headings()
    rows = {judge.text(row): row for page in heading_pages() for row in judge.lines(page)}
    for heading, face in alone:
        need(heading in rows, f"no line reads “{heading}”")
        same(f"faces of “{heading}”", {g.font for g in rows[heading]}, {face + "-Regular"})
        near(f"indent of “{heading}”", rows[heading][0].x, 28 + 2 * CELL, 0.1)
    need(len(alone) > 50 and len(run_in) > 15, "too few headings were judged")


@check
def run_in_heading_changes_only_its_sentence():
    stream = [g for page in heading_pages() for row in judge.lines(page) for g in row]
    whole = "".join(g.char for g in stream)
    for heading, body in papers.headings()[2]:
        at = whole.find(heading + body)
        need(at >= 0, f"the text does not run on behind “{heading}”")
        faces = [g.font for g in stream[at:at + len(heading + body)]]
        same(f"faces of “{heading}”", set(faces[:len(heading)]), {"FandolKai-Regular"})
        same(f"faces behind “{heading}”", set(faces[len(heading):]), {"FandolFang-Regular"})


@check
def no_heading_at_the_foot_of_a_page():
    short = 0
    for number, page in enumerate(heading_pages()[:-1], 1):
        rows = judge.lines(page)
        short += len(rows) < 22
        need("FandolFang-Regular" in {g.font for g in rows[-1]}, f"page {number} ends with “{judge.text(rows[-1])}”")
    need(short > 0, "no page of this paper needed the rule: it proves nothing")


# ---------------------------------------------------------------- tables over pages

@check
def table_runs_over_pages():
    content, folder, keys = papers.long_table()
    pdf = papers.paper("table", content, "-d", folder)
    pages = judge.poppler_text(pdf, "-layout").split("\f")[:-1]
    same("rows in order", re.findall(r"\bK\d{3}\b", "\n".join(pages)), keys)
    with_rows = [page for page in pages if re.search(r"\bK\d{3}\b", page)]
    need(len(with_rows) >= 3, "the table is too short to prove anything")
    for number, page in enumerate(with_rows):
        same(f"heads on part {number + 1} of the table", page.count("清理数量"), 1)
        same(f"续表 on part {number + 1}", "续表" in page, number > 0)
        same(f"captions on part {number + 1}", page.count("各村清理情况"), 1 if number == 0 else page.count("各村清理情况"))
        need(page.index("清理数量") < page.index("K"), f"part {number + 1} of the table does not begin with its head")


@check
def table_keeps_to_the_type_area():
    content, folder, _ = papers.long_table()
    pdf = papers.paper("table", content, "-d", folder)
    for number, page in enumerate(judge.pages(pdf), 1):
        raster = judge.Raster(pdf, number, 0, 0, 210, 297, dpi=300)
        for row in judge.lines(page):
            need(row[-1].baseline < 262, f"page {number}: a row stands below the type area")
        bounds = raster.ink(0, 0, 210, 264)
        need(bounds[0] > 27.7 and bounds[2] < 184.4 and bounds[1] > 36.5 and bounds[3] < 262.4,
             f"ink of page {number}: {bounds}")
