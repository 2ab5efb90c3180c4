"""版记 and 页码: rows R1–R7 and N1–N7 of typesetting.md, and the sweep over text lengths."""
import functools
import os

import judge
import papers
from forms import BODY, IMPRINT, MARGIN, SIGN, TITLE, TO, form, masthead, official, text
from judge import check, near, need, same
from layout import CELL, PITCH
from sheet import Sheet

ROW = 9.79
STEP = int(os.environ.get("SWEEP_STEP", "1"))


@functools.lru_cache(maxsize=None)
def last_sheet():
    return Sheet(official(), len(judge.pages(official())))


@check
def imprint_rules_end_at_262():
    rules = last_sheet().bars(100, 112, 230, 264)
    same("rules: above 抄送, between, below 印发", len(rules), 3)
    near("lower edge of the last rule", rules[-1][1], 262.0, MARGIN)
    for rule, thick in zip(rules, (0.35, 0.25, 0.35)):
        near("thickness", rule[1] - rule[0], thick, 0.09)
        box = last_sheet().ink(0, rule[0], 210, rule[1])
        near("left end", box.left, 28, MARGIN)
        near("length", box.width, 156.0, MARGIN)
    for one, other in zip(rules, rules[1:]):
        near("height of a row", other[0] - one[0], ROW, 0.4)


@check
def imprint_texts_stand_in_their_rows():
    sheet = last_sheet()
    rules = sheet.bars(100, 112, 230, 264)
    copy, issue = sheet.line("抄送："), sheet.line("洋江镇党政办公室")
    same("抄送", judge.text(copy), "抄送：县农业农村局，县财政局。")
    same("印发", judge.text(issue), "洋江镇党政办公室2024年6月30日印发")
    for row, above, below in ((copy, rules[0], rules[1]), (issue, rules[1], rules[2])):
        near("size", row[0].size, 14, 0.01)
        near("indent", row[0].x, 28 + CELL, 0.8)  # 1 字, of 四号 or of the body: doubt 7
        top, bottom = sheet.em_box(row)
        near("middle of the row", (top + bottom) / 2, (above[1] + below[0]) / 2, 0.4)
    near("right edge of the date", judge.right(issue[-1]), 184 - CELL, 0.8)


@check
def long_copy_list_turns_behind_the_colon():
    names = "，".join(f"{BODY(4)}局" for _ in range(14))
    pdf = papers.paper("copies", form("公文", masthead(), TITLE, TO, text(), SIGN,
                                      f'<imprint copy-to="{names}。" issuer="洋江镇党政办公室" date="2024年6月30日"/>\n'))
    sheet = Sheet(pdf, len(judge.pages(pdf)))
    rows = sheet.lines()
    at = next(i for i, r in enumerate(rows) if judge.text(r).startswith("抄送："))
    near("turned line", rows[at + 1][0].x, rows[at][3].x, 0.5)
    whole = "".join(judge.text(r) for r in rows[at:])
    need("。。" not in whole and f"{names}。" in whole, f"the end of 抄送: {whole}")


@check
def moved_addressee_stands_above_the_copies_without_a_line():
    pdf = papers.paper("moved", form("公文", masthead(), TITLE, text(), SIGN,
                                     '<imprint to="各村民委员会，镇直各单位" copy-to="县财政局" issuer="洋江镇党政办公室" date="2024年6月30日" '
                                     'disclosure="主动公开"/>\n'))
    sheet = Sheet(pdf, len(judge.pages(pdf)))
    to, copy = sheet.line("主送："), sheet.line("抄送：")
    same("rules between 主送 and 抄送", sheet.bars(100, 112, to[0].baseline, copy[0].baseline), [])
    need(copy[0].baseline > to[0].baseline, "主送 does not stand above 抄送")
    rules = sheet.bars(100, 112, 215, 264)
    same("rules: first, above 印发, other element, last", len(rules), 4)
    for rule, thick in zip(rules, (0.35, 0.25, 0.25, 0.35)):
        near("thickness", rule[1] - rule[0], thick, 0.09)
    other, issue = sheet.line("公开方式：主动公开"), sheet.line("洋江镇党政办公室")
    near("from 公开方式 to 印发", issue[0].baseline - other[0].baseline, ROW, MARGIN)
    near("size of 公开方式", other[0].size, 14, 0.01)


def turned_over(pdf):
    """Printed numbers by page; None where a page shows none."""
    numbers = []
    for page in judge.pages(pdf):
        rows = [judge.text(row) for row in judge.lines(page, foot=True)]
        numbers.append(rows[0] if rows else None)
    return numbers


def judge_end(name, pdf, lines):
    pages = judge.pages(pdf)
    same(f"{name}: parity of the last page", len(pages) % 2, 0)
    need("抄送：" in "".join(g.char for g in pages[-1]), f"{name}: the imprint is not on the last page")
    numbers = turned_over(pdf)
    blank = [i for i, page in enumerate(pages) if not page]
    # N4: a blank page before the imprint has no number, nor has the imprint's own; otherwise every page has its own.
    wanted = [f"— {i} —" for i in range(1, len(pages) + 1)]
    if blank:
        same(f"{name}: place of the blank page", blank, [len(pages) - 2])
        wanted[-2:] = [None, None]
    same(f"{name}: page numbers", numbers, wanted)
    body = "".join(g.char for page in pages for g in page)
    need(body.count("洞") == lines, f"{name}: text is lost")
    labels = [entry["label"] for entry in judge.Objects(pdf).labels]
    need(labels, f"{name}: no page labels")
    return len(blank) > 0, len(pages)


@check
def imprint_is_always_on_an_even_last_page():
    """Text of one line to four pages, in steps of one line."""
    blanks, sizes = set(), set()
    for lines in range(1, 85, STEP):
        body = "<p>" + "洞" + BODY(28 * lines - 6) + "。</p>\n" if lines > 1 else "<p>洞" + BODY(20) + "。</p>\n"
        pdf = papers.paper("sweep", form("公文", masthead(), TITLE, TO, body, SIGN, IMPRINT))
        blank, size = judge_end(f"{lines} lines", pdf, 1)
        blanks.add(blank)
        sizes.add(size)
    same("papers with and without a blank page", blanks, {True, False})
    need({2, 4} <= sizes and max(sizes) >= 4, f"lengths of the papers: {sizes}")


@check
def blank_page_is_truly_blank():
    for lines in range(12, 60):
        pdf = papers.paper(f"blank{lines}", form("公文", masthead(), TITLE, TO, "<p>" + BODY(28 * lines - 6) + "。</p>\n", SIGN, IMPRINT))
        pages = judge.pages(pdf)
        for number, page in enumerate(pages, 1):
            if not page:
                same("ink on a blank page", Sheet(pdf, number).ink(), None)
                same("the page after it is the last", number + 1, len(pages))
                return
    raise judge.Wrong("no length gave a blank page")


@check
def imprint_keeps_a_line_away_from_text():
    for lines in (20, 24, 27, 28, 29, 30, 31):
        pdf = papers.paper(f"away{lines}", form("公文", masthead(), TITLE, TO, "<p>" + BODY(28 * lines - 6) + "。</p>\n", SIGN, IMPRINT))
        pages = judge.pages(pdf)
        sheet = Sheet(pdf, len(pages))
        first = sheet.bars(100, 112, 225, 264)[0][0]
        above = [row for row in sheet.lines() if row[0].baseline < first]
        if above:
            need(first - max(r[0].baseline for r in above) > PITCH * 0.9, f"{lines} lines: the imprint touches the text")


@check
def imprint_of_a_letter_stays_in_the_type_area():
    """L8 where page 1 runs down to the second red line: whatever the text takes, 抄送 ends at 262 and the text above it."""
    style = '<style letter_fill="是" banji_even="否"/>\n'
    beside = 0
    for lines in range(8, 22):
        pdf = papers.paper(f"letterend{lines}", form("信函", style, masthead(number="洋政函〔2024〕9号"), TITLE, TO,
                                                   "<p>" + BODY(28 * lines - 8) + "。</p>\n", '<imprint copy-to="县财政局"/>\n'))
        pages = judge.pages(pdf)
        sheet = Sheet(pdf, len(pages))
        copy = sheet.line("抄送：")
        near(f"{lines} lines: bottom of 抄送", sheet.em_box(copy)[1], 262.0, MARGIN)
        above = [row for row in sheet.lines() if row[0] is not copy[0] and row[0].size > 15]
        beside += len(pages) == 1
        if above:
            need(copy[0].baseline - above[-1][0].baseline > PITCH * 1.5, f"{lines} lines: the text runs into 抄送")
    need(0 < beside < 14, f"抄送 is on page 1 {beside} times of 14")


@check
def imprint_follows_at_once_when_sides_do_not_matter():
    pdf = papers.paper("single", form("公文", '<style banji_even="否"/>\n', masthead(), TITLE, TO, text(1, 20), IMPRINT))
    same("pages", len(judge.pages(pdf)), 1)


# ---------------------------------------------------------------- parameters of the folio and the page

def styled(name, parameters, paragraphs=14):
    return papers.paper(name, form("汇报", f"<style {parameters}/>\n", "<title>情况汇报</title>\n", text(paragraphs)))


@check
def folio_obeys_its_parameters():
    pages = judge.pages(styled("centred", 'pageno_pos="居中"'))
    row = judge.lines(pages[0], foot=True)[0]
    near("middle of the number", (row[0].x + judge.right(row[-1])) / 2, 106, 0.3)
    row = judge.lines(judge.pages(styled("indent", 'pageno_indent="4.94mm"'))[0], foot=True)[0]
    near("right edge of the number", judge.right(row[-1]), 184 - 4.94, 0.1)
    pages = judge.pages(styled("nonumber", 'pageno_pos="无"'))
    same("numbers", [judge.lines(page, foot=True) for page in pages], [[]] * len(pages))


@check
def mirrored_pages_swap_their_margins():
    pages = judge.pages(styled("mirror", 'mirror="是"', 30))
    near("left edge of page 1", min(g.x for g in pages[0] if g.baseline < 262), 28, 0.3)
    near("left edge of page 2", min(g.x for g in pages[1] if g.baseline < 262), 26, 0.3)


@check
def grid_obeys_pitch_and_chars():
    rows = judge.lines(judge.pages(styled("pitch", 'pitch="28.95pt"', 30))[1])
    near("pitch", rows[1][0].baseline - rows[0][0].baseline, 28.95 * judge.MM, 0.05)
    rows = judge.lines(judge.pages(styled("chars", 'chars="26"', 30))[1])
    full = max(rows, key=len)
    near("advance", full[1].x - full[0].x, 156 / 26, 0.05)


@check
def western_digits_are_set_in_the_latin_face():
    pdf = papers.paper("western", form("汇报", '<style digits="西文"/>\n', "<title>情况汇报</title>\n<p>清理垃圾1234吨。</p>\n"))
    faces = {g.font for g in judge.pages(pdf)[0] if g.char in "1234" and g.baseline < 262}
    same("face of the digits", faces, {"LiberationSerif"})


@check
def footnote_keeps_clear_of_text_and_imprint():
    """Where text and 版记 just share a page, a footnote drives the 版记 on; nowhere do the three meet."""
    shared = {False: 0, True: 0}
    for lines in range(36, 42):
        for noted in (False, True):
            last = f"末行{'<note>《考核办法》第三条。</note>' if noted else ''}"
            pdf = papers.paper(f"noted{lines}{noted}", form("公文", masthead(), f"<p>{BODY(28 * lines - 330)}</p>\n<p>{last}</p>\n", IMPRINT))
            pages = [[judge.text(row) for row in judge.lines(page)] for page in judge.pages(pdf)]
            number = next(i for i, rows in enumerate(pages) if any(row.startswith("末行") for row in rows)) + 1
            if not any(row.startswith("抄送") for row in pages[number - 1]):
                continue
            shared[noted] += 1
            sheet = Sheet(pdf, number)
            foot, rule = sheet.em_box([g for g in sheet.line("末行") if g.char in "末行"])[1], sheet.bars(100, 112, 230, 264)[0][0]
            if noted:
                note = sheet.line("1" if not any(r[0].char == "①" for r in sheet.lines()) else "①")
                top, bottom = sheet.em_box(note)
                need(foot < top, f"the note ({top:.1f}) runs into the text ({foot:.1f})")
                foot = bottom
            need(rule - foot > PITCH - 1, f"{rule - foot:.1f} mm between what stands above and the 版记")
    need(shared[False] > shared[True] > 0, f"shared pages: {shared}")


@check
def imprint_joins_a_table_that_leaves_it_room():
    """One line between the two is enough: the gap that text would want below a table is not asked for on top."""
    joined = set()
    for rows in range(14, 26):
        table = "<table>" + "".join(f"<tr><td>{BODY(3)}</td><td>{i}</td></tr>\n" for i in range(rows)) + "</table>"
        pdf = papers.paper(f"joined{rows}", form("公文", masthead(), TITLE, TO, text(1, 20), SIGN,
                                                 f'<attachment title="各村情况表">{table}</attachment>\n', IMPRINT))
        pages = len(judge.pages(pdf))
        foot = Sheet(pdf, 2).ink(20, 37, 190, 240 if pages == 2 else 262).bottom
        joined.add(pages == 2)
        need(pages == 2 or foot + PITCH > 262 - 20.53 - 0.4, f"{rows} rows end at {foot:.1f}, and the imprint stands on page {pages}")
    same("tables with and without the imprint below", joined, {True, False})
