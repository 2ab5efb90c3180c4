"""版头 and 主体 of a 公文: rows H1–H8 and B1–B20 of typesetting.md, in mm on the finished page (± 0.3)."""
import functools

import judge
import papers
from judge import check, near, need, same
from layout import CELL, EM, PITCH
from sheet import Sheet

MARGIN = 0.3
LINE = 10.39
BODY = papers.Dice(31).han


def form(kind, *blocks):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<report form="{kind}" version="1">\n' + "".join(blocks) + "</report>\n")


def masthead(**attributes):
    names = {"issuer": "洋江镇人民政府", "number": "洋政发〔2024〕6号", **attributes}
    return "<masthead " + " ".join(f'{key}="{value}"' for key, value in names.items() if value) + "/>\n"


TITLE = "<title>洋江镇人民政府关于做好农村人居环境整治工作的通知</title>\n"
TO = "<to>各村民委员会，镇直各单位：</to>\n"
SIGN = '<sign unit="洋江镇人民政府" date="2024年6月30日" seal="42mm"/>\n'
IMPRINT = '<imprint copy-to="县农业农村局，县财政局" issuer="洋江镇党政办公室" date="2024年6月30日"/>\n'


def text(paragraphs=6, length=90):
    return "".join(f"<p>{BODY(length)}。</p>\n" for _ in range(paragraphs))


def line_of(y):
    """Number of the grid line whose em box begins at y, perhaps between two."""
    return (y - 37) / PITCH


def on_grid(what, top):
    near(f"{what}: line of the grid", line_of(top), round(line_of(top)), 0.03)


@functools.lru_cache(maxsize=None)
def official():
    return papers.paper("official", form("公文", masthead(copy="12", secrecy="秘密★1年", urgency="特急"), TITLE, TO, text(), SIGN,
                                         "<annotation>此件公开发布</annotation>\n", IMPRINT))


@functools.lru_cache(maxsize=None)
def upward(names="张正"):
    return papers.paper(f"upward{len(names)}", form("上行文", masthead(signatory=names), TITLE, "<to>县人民政府：</to>\n", text(), SIGN,
                                                  "<annotation>联系人：李平，电话：0771-1234567</annotation>\n", IMPRINT))


# ---------------------------------------------------------------- 版头

@check
def copy_secrecy_urgency_stack_from_the_first_line():
    sheet = Sheet(official(), 1)
    for i, (words, face) in enumerate((("000012", None), ("秘密★1年", "FandolHei-Regular"), ("特急", "FandolHei-Regular"))):
        row = sheet.line(words)
        near(f"left edge of {words}", row[0].x, 28, MARGIN)
        near(f"size of {words}", row[0].size, 16, 0.01)
        if face:
            need(face in {g.font for g in row if g.char not in "★0123456789"}, f"{words} is set in {row[0].font}")
            near(f"top of {words}", sheet.em_box(row)[0], 37 + i * PITCH, MARGIN)
    near("pitch of 份号 and 密级", sheet.line("秘密")[0].baseline - sheet.line("000012")[0].baseline, PITCH, MARGIN)


@check
def missing_parts_of_the_head_leave_no_gap():
    sheet = Sheet(papers.paper("urgent", form("公文", masthead(urgency="加急"), TITLE, TO, text(), SIGN)), 1)
    near("top of 加急", sheet.em_box(sheet.line("加急"))[0], 37, MARGIN)


def mark_of(sheet, top=66, bottom=95):
    return sheet.red(20, top, 190, bottom)


@check
def mark_ink_begins_at_72():
    for pdf in (official(), upward()):
        mark = mark_of(Sheet(pdf, 1))
        near("top of the mark", mark.top, 72.0, MARGIN)
        near("middle of the mark", mark.x, 106, 0.7)
        need(mark.left > 27.9 and mark.right < 184.1, f"the mark leaves the type area: {mark}")
        need(mark.height <= 22.2, f"the mark is {mark.height} mm high")
        need(mark.height > 10, f"the mark is no eye-catcher: {mark}")


@check
def mark_reads_issuer_and_suffix():
    rows = [row for row in Sheet(official(), 1).lines() if row[0].font == "FandolSong-Bold" and row[0].size > 23]
    same("the mark", [judge.text(row) for row in rows], ["洋江镇人民政府文件"])


@check
def number_stands_two_lines_below_the_mark():
    sheet = Sheet(official(), 1)
    row, mark = sheet.line("洋政发"), mark_of(sheet)
    near("top of 发文字号", sheet.em_box(row)[0], mark.bottom + 2 * LINE, MARGIN)
    near("middle of 发文字号", (row[0].x + judge.right(row[-1])) / 2, 106, 0.5)
    same("faces of 发文字号", {g.font for g in row}, {"FandolFang-Regular"})


def red_rule(sheet, row):
    """The rule below a line of the head: (top, bottom)"""
    bottom = sheet.em_box(row)[1]
    rules = sheet.bars(100, 112, bottom, bottom + 8)
    same("rules below 发文字号", len(rules), 1)
    return rules[0]


@check
def red_rule_lies_4_mm_below_the_number():
    for pdf in (official(), upward()):
        sheet = Sheet(pdf, 1)
        row = sheet.line("洋政发")
        rule = red_rule(sheet, row)
        near("top of the rule", rule[0], sheet.em_box(row)[1] + 4.0, MARGIN)
        near("thickness", rule[1] - rule[0], 0.5, 0.1)
        box = sheet.red(0, rule[0] - 0.2, 210, rule[1] + 0.2)
        near("left end", box.left, 28, MARGIN)
        near("length", box.width, 156.0, MARGIN)


@check
def upward_number_stands_on_the_line_of_the_last_signatory():
    for names, last in (("张正", "张正"), ("张正、李平、王静", "王静")):
        sheet = Sheet(upward(names), 1)
        row = sheet.line("洋政发")
        near("left edge of 发文字号", row[0].x, 28 + CELL, MARGIN)
        need(last in judge.text(row), f"“{last}” does not stand on the line “{judge.text(row)}”")
        near("right edge of 签发人", judge.right(row[-1]) if len(names) < 3 else 184 - CELL, 184 - CELL, MARGIN)
        label = next(r for r in sheet.lines() if "签发人：" in judge.text(r))
        near("top of 签发人", sheet.em_box(label)[0], mark_of(sheet).bottom + 2 * LINE, MARGIN)
        at = judge.text(label).index("签发人")
        same("face of the label", label[at].font, "FandolFang-Regular")
        same("faces of the names", {g.font for r in (label, row) for g in r if g.char in "张正李平王静"}, {"FandolKai-Regular"})


@check
def signatories_turn_under_the_first():
    sheet = Sheet(upward("张正、李平、王静"), 1)
    first = next(g for g in sheet.glyphs if g.char == "张" and g.font.startswith("FandolKai"))
    turned = next(g for g in sheet.glyphs if g.char == "王" and g.font.startswith("FandolKai"))
    near("left edge of the turned row", turned.x, first.x, 0.1)
    near("pitch", turned.baseline - first.baseline, PITCH, MARGIN)


@check
def signatories_end_one_cell_from_the_right_whatever_their_widths():
    names = "欧阳建国、孙正、李平安、周涛、吴敏"
    sheet = Sheet(papers.paper("upwardwide", form("上行文", masthead(signatory=names), TITLE, "<to>县人民政府：</to>\n", text(), SIGN)), 1)
    first = {g.char: g for g in reversed(sheet.glyphs) if g.font.startswith("FandolKai") and g.baseline < 150}
    for left in "李吴":
        near(f"left edge of the row of {left}", first[left].x, first["欧"].x, 0.1)
    for right in "正涛":
        near(f"right edge of {right}", judge.right(first[right]), 184 - CELL, MARGIN)


@functools.lru_cache(maxsize=None)
def joint():
    return papers.paper("joint", form("公文", masthead(issuer="中共洋江镇委员会；洋江镇人民政府；洋江镇人大主席团"), TITLE, TO, text(),
                                      '<sign unit="中共洋江镇委员会；洋江镇人民政府；洋江镇人大主席团" date="2024年6月30日" seal="42mm"/>\n', IMPRINT))


@check
def joint_mark_is_spread_to_one_width():
    sheet = Sheet(joint(), 1)
    rows = [[g for g in row if g.char not in "文件"] for row in sheet.lines() if row[0].font == "FandolSong-Bold" and row[0].baseline < 200
            and row[0].size > 23]
    names = [row for row in rows if row]
    same("names, host first", ["".join(g.char for g in row) for row in names],
         ["中共洋江镇委员会", "洋江镇人民政府", "洋江镇人大主席团"])
    for row in names[1:]:
        near("left edge", row[0].x, names[0][0].x, 0.6)
        near("right edge", judge.right(row[-1]), judge.right(names[0][-1]), 0.6)
    suffix = [g for g in sheet.glyphs if g.char in "文件" and g.font == "FandolSong-Bold" and g.size > 23]
    same("文件", "".join(g.char for g in suffix), "文件")
    need(all(g.x > judge.right(names[0][-1]) for g in suffix), "文件 does not stand right of the names")
    block = sheet.red(names[0][0].x - 1, 60, judge.right(names[0][-1]) + 0.5, names[-1][0].baseline + 3)
    word = sheet.red(suffix[0].x - 0.2, 60, 190, names[-1][0].baseline + 8)
    near("top of the block", block.top, 72.0, MARGIN)
    near("middle of 文件", word.y, block.y, 0.7)
    need(any(abs(g.size - 16) < 0.1 and g.font == "FandolFang-Regular" and g.baseline > 200 for g in sheet.glyphs), "no body text on page 1")


# ---------------------------------------------------------------- 主体

@check
def title_stands_two_lines_below_the_rule():
    sheet = Sheet(official(), 1)
    row = sheet.line("洋江镇人民政府关于")
    near("top of the title", sheet.em_box(row)[0], red_rule(sheet, sheet.line("洋政发"))[1] + 2 * LINE, MARGIN)
    near("middle of the title", (row[0].x + judge.right(row[-1])) / 2, 106, 0.5)
    same("face", {g.font for g in row}, {"FandolSong-Bold"})
    near("size", row[0].size, 22, 0.01)
    turned = sheet.line("农村人居环境整治工作的通知")
    near("leading of the title", turned[0].baseline - row[0].baseline, 12.6, MARGIN)


@check
def addressee_stands_a_line_below_the_title():
    sheet = Sheet(official(), 1)
    title = [r for r in sheet.lines() if r[0].font == "FandolSong-Bold" and abs(r[0].size - 22) < 0.1][-1]
    to = sheet.line("各村民委员会")
    near("left edge", to[0].x, 28, MARGIN)
    top, below = sheet.em_box(to)[0], sheet.em_box(title)[1]
    on_grid("主送机关", top)
    need(LINE - 0.36 * PITCH <= top - below <= LINE + 0.66 * PITCH, f"{top - below:.2f} mm between title and 主送")
    same("the colon", judge.text(to)[-1], "：")


@check
def body_follows_the_addressee():
    sheet = Sheet(official(), 1)
    rows = sheet.lines()
    at = next(i for i, row in enumerate(rows) if judge.text(row).startswith("各村民委员会"))
    near("pitch", rows[at + 1][0].baseline - rows[at][0].baseline, PITCH, 0.1)
    near("indent", rows[at + 1][0].x, 28 + 2 * CELL, 0.1)
    need(len(rows) - at > 3, "page 1 shows no body")


def end_of_body(sheet, beginning):
    """Rows of the page, and the number of the one that begins so."""
    rows = sheet.lines()
    return rows, next(i for i, row in enumerate(rows) if judge.text(row).startswith(beginning))


def sheet_with(pdf, words):
    for number, page in enumerate(judge.pages(pdf), 1):
        if any(judge.text(row).startswith(words) for row in judge.lines(page)):
            return Sheet(pdf, number)
    raise judge.Wrong(f"no line begins with “{words}”")


@check
def sealed_date_ends_4_cells_from_the_right():
    sheet = sheet_with(official(), "2024年6月30日")
    rows, at = end_of_body(sheet, "2024年6月30日")
    date, name = rows[at], rows[at - 1]
    near("right edge of the date", judge.right(date[-1]), 161.71, MARGIN)
    same("the name above", judge.text(name), "洋江镇人民政府")
    near("middle of the name", (name[0].x + judge.right(name[-1])) / 2, (date[0].x + judge.right(date[-1])) / 2, MARGIN)
    near("from name to date", date[0].baseline - name[0].baseline, PITCH, 0.1)
    gap = sheet.em_box(name)[0] - sheet.em_box(rows[at - 2])[1]
    near("room above the name", gap, 3 * PITCH - EM, MARGIN)  # two blank lines


@check
def date_is_centred_under_a_name_that_has_no_room_above_it():
    """B12a: the name 2 字 from the right, or less."""
    name = "洋江县农村人居环境整治工作领导小组办公室"
    for unit, indent in ((name, 2 * CELL), (name + "综合协调督查组", 156 - 27 * CELL)):
        pdf = papers.paper(f"longname{len(unit)}", form("公文", masthead(), TITLE, TO, text(),
                                                      f'<sign unit="{unit}" date="2024年6月30日" seal="42mm"/>\n'))
        sheet = sheet_with(pdf, "2024年6月30日")
        rows, at = end_of_body(sheet, "2024年6月30日")
        above, date = rows[at - 1], rows[at]
        same("the name above", judge.text(above), unit)
        near("right edge of the name", judge.right(above[-1]), 184 - indent, MARGIN)
        near("middle of the date", (date[0].x + judge.right(date[-1])) / 2, (above[0].x + judge.right(above[-1])) / 2, MARGIN)


@check
def annotation_stands_on_the_next_line_in_brackets():
    sheet = sheet_with(official(), "2024年6月30日")
    rows, at = end_of_body(sheet, "2024年6月30日")
    same("annotation", judge.text(rows[at + 1]), "（此件公开发布）")
    near("pitch", rows[at + 1][1].baseline - rows[at][0].baseline, PITCH, 0.6)
    near("indent", rows[at + 1][0].x, 28 + 2 * CELL, 1.5)  # the bracket's blank half may hang


@check
def joint_seals_keep_apart():
    """At most three of a row, names centred under seals of 42 mm that do not touch; the date under the last."""
    rows = [row for page in judge.pages(joint()) for row in judge.lines(page)]
    names = [row for row in rows if "洋江镇人大主席团" in judge.text(row) and abs(row[0].size - 16) < 0.1]
    need(names, "the joint signature is missing")
    gaps = []
    for row in names:
        middles, start = [], 0
        for i, glyph in enumerate(row):
            if i + 1 == len(row) or row[i + 1].x - judge.right(glyph) > 3:
                middles.append((row[start].x + judge.right(glyph)) / 2)
                start = i + 1
        gaps += [b - a for a, b in zip(middles, middles[1:])]
        need(all(28 + 21 - 0.5 <= m <= 184 - 21 + 0.5 for m in middles), f"a seal leaves the type area: {middles}")
    need(all(gap >= 42 for gap in gaps), f"seals touch: {gaps}")


@functools.lru_cache(maxsize=None)
def unsealed_joint():
    return papers.paper("unsealed", form("公文", masthead(issuer="中共洋江镇委员会；洋江镇人民政府"), TITLE, TO, text(),
                                         '<sign unit="中共洋江镇委员会；洋江镇人民政府" date="2024年6月30日"/>\n'))


@check
def unsealed_joint_names_stand_one_below_the_other():
    sheet = sheet_with(unsealed_joint(), "2024年6月30日")
    rows, at = end_of_body(sheet, "2024年6月30日")
    same("names, host first", [judge.text(row) for row in rows[at - 2:at]], ["中共洋江镇委员会", "洋江镇人民政府"])
    near("right edge of the host", judge.right(rows[at - 2][-1]), 172.86, MARGIN)
    near("left edge of the other", rows[at - 1][0].x, rows[at - 2][0].x, 0.1)
    near("left edge of the date", rows[at][0].x, rows[at - 2][0].x + 2 * CELL, MARGIN)
    for one, other in ((rows[at - 2], rows[at - 1]), (rows[at - 1], rows[at])):
        near("pitch", other[0].baseline - one[0].baseline, PITCH, 0.1)
    near("gap above", sheet.em_box(rows[at - 2])[0] - sheet.em_box(rows[at - 3])[1], 2 * PITCH - EM, MARGIN)


@functools.lru_cache(maxsize=None)
def attached():
    return papers.paper("attached", form("公文", masthead(), TITLE, TO, text(), SIGN,
                                         '<attachment title="洋江镇农村人居环境整治考核办法"><p>' + BODY(200) + "。</p></attachment>\n",
                                         '<attachment title="各村（社区）整治任务分解表及责任单位责任人联系方式一览"><p>' + BODY(500) + "。</p></attachment>\n",
                                         IMPRINT))


@check
def attachments_are_listed_a_line_below_the_body():
    sheet = sheet_with(attached(), "附件：")
    rows, at = end_of_body(sheet, "附件：")
    need(judge.text(rows[at]).startswith("附件：1.洋江镇农村人居环境整治考核办法") or judge.text(rows[at]).startswith("附件：1. 洋江镇农村人居环境整治考核办法"),
         f"附件说明 reads “{judge.text(rows[at])}”")
    near("indent", rows[at][0].x, 28 + 2 * CELL, MARGIN)
    near("gap above", sheet.em_box(rows[at])[0] - sheet.em_box(rows[at - 1])[1], 2 * PITCH - EM, MARGIN)
    first = next(g for g in rows[at] if g.char == "1")
    second = next(g for g in rows[at + 1] if g.char == "2")
    near("the second number under the first", second.x, first.x, 0.2)
    name = next(g for g in rows[at + 1] if g.char == "各")
    near("turned line under the first character", rows[at + 2][0].x, name.x, 0.3)
    need(judge.text(rows[at + 2])[-1] not in "。；", "a mark stands behind the name")


@check
def attachment_begins_on_a_page_of_its_own():
    sheet = sheet_with(attached(), "附件2")
    rows = sheet.lines()
    label, title = rows[0], rows[1]
    same("label", judge.text(label), "附件2")
    same("face of the label", label[0].font, "FandolHei-Regular")
    near("left edge", label[0].x, 28, MARGIN)
    near("top of the label", sheet.em_box(label)[0], 37.0, MARGIN)
    near("size of the title", title[0].size, 22, 0.01)
    top, bottom = sheet.em_box(title)
    need(abs(top - 57.89) < MARGIN or abs((top + bottom) / 2 - (57.89 + EM / 2)) < MARGIN, f"the title stands at {top:.2f}")
    near("middle", (title[0].x + judge.right(title[-1])) / 2, 106, 0.5)
    need(f"— {sheet.page} —" in judge.poppler_text(attached(), "-f", str(sheet.page), "-l", str(sheet.page)), "numbering does not go on")


@check
def attachment_bound_apart_begins_with_the_number_of_its_paper():
    """B21; the text of the paper names it as any other."""
    pdf = papers.paper("apart", form("公文", masthead(), TITLE, TO, text(), SIGN, '<attachment title="考核办法" separate="是"><p>甲。</p></attachment>\n',
                                     '<attachment title="任务分解表"><p>乙。</p></attachment>\n', IMPRINT))
    label = sheet_with(pdf, "洋政发〔2024〕6号附件1").line("洋政发")
    near("left edge", label[0].x, 28, MARGIN)
    near("top", sheet_with(pdf, "洋政发〔2024〕6号附件1").em_box(label)[0], 37.0, MARGIN)
    need(judge.text(sheet_with(pdf, "附件2").lines()[0]) == "附件2", "the other one is not bound in")


@check
def levels_may_be_skipped():
    """B10: 一、 directly followed by 1."""
    pdf = papers.paper("skip", form("公文", masthead(), TITLE, TO, "<h1>总体要求</h1>\n<h3>工作目标</h3>\n", text(1),
                                    "<h1>重点任务</h1>\n<h3>厕所革命</h3>\n", text(1)))
    rows = [judge.text(row) for page in judge.pages(pdf) for row in judge.lines(page)]
    for before, after in (("一、总体要求", "1.工作目标"), ("二、重点任务", "1.厕所革命")):
        same("the line below", rows[rows.index(before) + 1].replace(" ", ""), after)


STAMP = 20  # mm: the room in height that a stamp of any width has


@functools.lru_cache(maxsize=None)
def stamped(posts):
    return papers.paper(f"stamped{len(posts)}", form("命令", masthead(suffix="令", number="第3号"), text(3),
                                                    f'<sign post="{posts}" date="2024年6月30日" stamp="40mm"/>\n'))


@check
def signature_stamp_leaves_its_room():
    """B16: two blank lines above the stamp, the post level with its middle, the date a blank line below it."""
    for posts in ("镇　长", "镇　长；人民武装部部长"):
        sheet = sheet_with(stamped(posts), "2024年6月30日")
        rows, at = end_of_body(sheet, "2024年6月30日")
        count = len(posts.split("；"))
        signed = rows[at - count:at]
        near("right edge of the date", judge.right(rows[at][-1]), 184 - 4 * CELL, MARGIN)
        for post in signed:
            near("right edge of the post", judge.right(post[-1]), 184 - 4 * CELL - 40 - 2 * CELL, 0.5)
        middles = [sum(sheet.em_box(post)) / 2 for post in signed]
        body = sheet.em_box(rows[at - count - 1])[1]
        near("from the text to the middle of the stamp", middles[0] - body, 3 * PITCH - EM + STAMP / 2, 0.5)
        near("from the middle of the stamp to the date", sheet.em_box(rows[at])[0] - middles[-1], STAMP / 2 + 2 * PITCH - EM, 0.5)
        need(all(other - one >= STAMP for one, other in zip(middles, middles[1:])), f"stamps lap over: {middles}")


@check
def lines_close_up_to_save_a_page():
    """B18: 23 lines fill a page from 37 to 262 where that saves one, and only if asked."""
    for length in range(7, 30):
        body = "<p>" + BODY(28 * length + 250) + "。</p>\n"
        sheets = [papers.paper(f"fit{fit}{length}", form("公文", f'<style fit="{fit}"/>\n', masthead(), TITLE, TO, body, SIGN, IMPRINT))
                  for fit in ("否", "是")]
        usual, closer = (len(judge.pages(pdf)) for pdf in sheets)
        need(closer <= usual, f"{closer} pages instead of {usual}")
        if closer < usual:
            break
    need(closer < usual, "no length was saved a page")
    sheet = Sheet(sheets[1], 1)
    rows = [row for row in sheet.lines() if abs(row[0].size - 16) < 0.1]
    near("pitch", rows[-1][0].baseline - rows[-2][0].baseline, (225 - EM) / 22, 0.02)
    near("bottom of the last line", sheet.em_box(rows[-1])[1], 262.0, MARGIN)


@check
def title_lines_have_the_pitch_of_their_size():
    """行 of 二号: 7.76 + 4.85 mm (typesetting.md 1.2)."""
    rows = [r for r in Sheet(official(), 1).lines() if r[0].font == "FandolSong-Bold" and abs(r[0].size - 22) < 0.1]
    need(len(rows) > 1, "the title has one line only")
    for one, other in zip(rows, rows[1:]):
        near("pitch of the title", other[0].baseline - one[0].baseline, 22 * judge.MM + 4.85, 0.15)


@check
def red_and_its_rule_obey_the_style():
    """redline_mm and red, as the office has them, on mark and rule."""
    style = '<style red="0,0,160" redline_mm="0.35"/>\n'
    sheet = Sheet(papers.paper("blue", form("公文", style, masthead(), TITLE, TO, text(), SIGN)), 1)
    row = sheet.line("洋政发")
    rules = sheet.bars(100, 112, sheet.em_box(row)[1], sheet.em_box(row)[1] + 8)
    same("rules", len(rules), 1)
    near("thickness", rules[0][1] - rules[0][0], 0.35, 0.07)
    need(sheet.black(20, rules[0][0] - 0.2, 190, rules[0][1] + 0.2), "the rule is still red")  # without red in it, it is dark in that plane
    need(sheet.black(20, 66, 190, 95), "the mark is still red")


@check
def short_notices_are_never_refused():
    """Whatever stands below two lines of text – attachments, seals, joint issuers – page 1 shows the text, and nothing is lost."""
    issuers = ["洋江镇人民政府", "中共洋江镇委员会", "洋江镇人大主席团"]
    for length in (10, 40):
        for attachments in (0, 1, 3, 8):
            for seal in ("", ' seal="50mm"'):
                for count in (1, 3):
                    names = "；".join(issuers[:count])
                    pdf = papers.paper("notice", form(
                        "公文", masthead(issuer=names), TITLE, TO, f"<p>洞{BODY(length)}洞。</p>\n",
                        f'<sign unit="{names}" date="2024年6月30日"{seal}/>\n', "<annotation>此件公开发布</annotation>\n",
                        *(f'<attachment title="考核办法之{i}"><p>正文。</p></attachment>\n' for i in range(attachments)), IMPRINT))
                    pages = judge.pages(pdf)
                    what = f"{length} characters, {attachments} attachments,{seal} {count} issuers"
                    same(f"{what}: text on page 1", "".join(g.char for g in pages[0]).count("洞"), 2)
                    same(f"{what}: dates", "".join(g.char for page in pages for g in page).count("2024年6月30日"), 2)
