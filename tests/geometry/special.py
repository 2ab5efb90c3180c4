"""信函, 命令, 纪要, 简报: rows L1–L9, C1–C3, M1–M3 and the 简报 of section 8 of typesetting.md."""
import functools

import judge
import papers
from forms import BODY, EM, IMPRINT, LINE, MARGIN, TITLE, form, masthead, on_grid, sheet_with, text
from judge import check, near, need, same
from layout import CELL, PITCH
from sheet import Sheet

SEVEN_EIGHTHS = 4.84


@functools.lru_cache(maxsize=None)
def letter(paragraphs=14):
    return papers.paper(f"letter{paragraphs}", form("信函", masthead(number="洋政函〔2024〕9号", copy="3", secrecy="秘密★1年", urgency="加急"),
                        "<title>洋江镇人民政府关于商请支持农村生活污水治理工作的函</title>\n", "<to>县农业农村局：</to>\n", text(paragraphs),
                        '<sign unit="洋江镇人民政府" date="2024年6月30日" seal="42mm"/>\n', '<imprint copy-to="县财政局"/>\n'))


@check
def letter_mark_begins_at_30():
    sheet = Sheet(letter(), 1)
    mark = sheet.red(20, 20, 190, 46)
    near("top of the mark", mark.top, 30.0, MARGIN)
    near("middle", mark.x, 106, 0.7)
    rows = [judge.text(r) for r in sheet.lines() if r[0].font == "FandolSong-Bold" and r[0].baseline < 60]
    same("the mark", rows[0], "洋江镇人民政府")


def double(sheet, top, bottom):
    rules = sheet.bars(100, 112, top, bottom)
    same(f"rules between {top} and {bottom}", len(rules), 2)
    return rules


def thickness(rule):
    return rule[1] - rule[0]


@check
def letter_rules_are_double_and_170_long():
    sheet = Sheet(letter(), 1)
    first, second = double(sheet, 42, 60), double(sheet, 272, 280)
    mark = sheet.red(20, 20, 190, first[0][0] - 1)
    near("from the mark to the first line", first[0][0] - mark.bottom, 4.0, MARGIN)
    need(thickness(first[0]) > thickness(first[1]) + 0.1, "the first line is not thick over thin")
    need(thickness(second[1]) > thickness(second[0]) + 0.1, "the second line is not thin over thick")
    need(second[0][0] - MARGIN <= 277.0 <= second[1][1] + MARGIN, f"the second line lies at {second}")
    for rules in (first, second):
        box = sheet.red(0, rules[0][0] - 0.3, 210, rules[1][1] + 0.3)
        near("left end", box.left, 20, MARGIN)
        near("length", box.width, 170.0, MARGIN)
    need(len(judge.pages(letter())) > 1, "the letter has one page only: nothing is proved")
    need(not Sheet(letter(), 2).bars(100, 112, 272, 280), "the second line stands on page 2 too")


@check
def letter_particulars_stand_below_the_first_line():
    sheet = Sheet(letter(), 1)
    line = double(sheet, 42, 60)[1][1]
    number, secrecy, urgency = sheet.line("000003"), sheet.line("秘密"), sheet.line("加急")
    near("left edge", number[0].x, 28, MARGIN)
    need("洋政函〔2024〕9号" in judge.text(number), "发文字号 is not on the row of 份号")
    near("right edge of 发文字号", judge.right(number[-1]), 184, MARGIN)
    near("top of the first row", sheet.em_box([g for g in number if g.char in "洋政函号"])[0], line + SEVEN_EIGHTHS, MARGIN)
    for one, other in ((number, secrecy), (secrecy, urgency)):
        near("pitch", other[0].baseline - one[0].baseline, PITCH, 0.7)
    title = sheet.line("洋江镇人民政府关于")
    near("top of the title", sheet.em_box(title)[0], sheet.em_box(urgency)[1] + 2 * LINE, MARGIN)


@check
def letter_has_no_number_on_page_1():
    pages = judge.pages(letter())
    same("numbers on page 1", [judge.text(r) for r in judge.lines(pages[0], foot=True)], [])
    same("number on page 2", [judge.text(r) for r in judge.lines(pages[1], foot=True)], ["— 2 —"])
    body = [r for r in judge.lines(pages[0])]
    need(body[-1][0].baseline < 262, "text leaves the type area")


@check
def letter_imprint_has_no_lines():
    last = len(judge.pages(letter()))
    sheet = Sheet(letter(), last)
    row = sheet.line("抄送：")
    same("the end", judge.text(row)[-1], "。")
    near("size", row[0].size, 14, 0.01)
    same("rules at the foot", sheet.bars(100, 112, 225, 264), [])
    need(262 - 9.79 - 1 < row[0].baseline < 262, f"抄送 stands at {row[0].baseline:.1f}")
    same("page of the imprint", last % 2, 0)


@check
def letter_fill_lets_page_1_run_down_to_the_second_line():
    style = '<style letter_fill="是"/>\n'
    pdf = papers.paper("letterfill", form("信函", style, masthead(number="洋政函〔2024〕9号"), TITLE, "<to>县农业农村局：</to>\n", text(14)))
    bottom = max(g.baseline for g in Sheet(pdf, 1).glyphs) + EM * 0.12
    need(262.5 < bottom < 277 - SEVEN_EIGHTHS, f"the text of page 1 ends at {bottom:.1f}")


# ---------------------------------------------------------------- 命令

@functools.lru_cache(maxsize=None)
def order():
    return papers.paper("order2", form("命令", masthead(suffix="命令", number="第3号"), text(3),
                                       '<sign post="镇　长" date="2024年6月30日"/>\n'))


@check
def order_mark_and_number_and_text():
    sheet = Sheet(order(), 1)
    mark = sheet.red(20, 45, 190, 84)
    near("top of the mark", mark.top, 57.0, MARGIN)
    number = sheet.line("第3号")
    near("top of 令号", sheet.em_box(number)[0], mark.bottom + 2 * LINE, MARGIN)
    near("middle of 令号", (number[0].x + judge.right(number[-1])) / 2, 106, 0.5)
    rows = sheet.lines()
    body = next(r for r in rows if r[0].baseline > number[0].baseline + 2)
    top = sheet.em_box(body)[0]
    on_grid("text", top)
    gap = top - sheet.em_box(number)[1]
    need(2 * LINE - 0.36 * PITCH <= gap <= 2 * LINE + 0.66 * PITCH, f"{gap:.2f} mm between 令号 and text")
    near("indent", body[0].x, 28 + 2 * CELL, 0.1)
    same("rules", sheet.bars(29, 36, 40, 262), [])


# ---------------------------------------------------------------- 纪要

@functools.lru_cache(maxsize=None)
def minutes():
    people = {"出席": "镇党委书记张正，镇长李平，副镇长王静，农业农村办公室主任赵强，村镇建设办公室主任孙伟，各村党支部书记", "请假": "周涛", "列席": "县农业农村局吴敏"}
    return papers.paper("minutes", form("纪要", '<issue name="洋江镇人民政府专题会议纪要" number="6" editor="洋江镇党政办公室" date="2024年6月30日"/>\n',
                        text(4), *(f'<attendance kind="{kind}">{names}</attendance>\n' for kind, names in people.items()), IMPRINT))


@check
def minutes_mark_begins_at_72():
    near("top of the mark", Sheet(minutes(), 1).red(20, 60, 190, 92).top, 72.0, MARGIN)


@check
def attendance_hangs_behind_its_label():
    sheet = sheet_with(minutes(), "出席：")
    rows = sheet.lines()
    at = next(i for i, r in enumerate(rows) if judge.text(r).startswith("出席："))
    label, turned = rows[at], rows[at + 1]
    same("face of the label", {g.font for g in label[:2]}, {"FandolHei-Regular"})
    same("face of the names", {g.font for g in label[3:] if "\u4e00" <= g.char <= "\u9fff"}, {"FandolFang-Regular"})
    near("indent", label[0].x, 28 + 2 * CELL, 0.3)
    near("turned line behind the colon", turned[0].x, label[3].x, 0.6)
    near("blank line above", sheet.em_box(label)[0] - sheet.em_box(rows[at - 1])[1], 2 * PITCH - EM, MARGIN)
    for word in ("请假：", "列席："):
        row = sheet.line(word)
        near(f"indent of {word}", row[0].x, 28 + 2 * CELL, 0.3)


# ---------------------------------------------------------------- 简报

@functools.lru_cache(maxsize=None)
def bulletin():
    return papers.paper("bulletin", form("简报", '<issue name="人居环境整治工作简报" number="12" total="36" editor="洋江镇人居环境整治办公室" '
                        'date="2024年6月30日" secrecy="内部资料　注意保存" copy="000012"/>\n', "<title>洋江镇集中整治见实效</title>\n", text(5),
                        '<imprint report-to="县农业农村局" send-to="镇党政班子成员" issue-to="各村（社区）" copies="50"/>\n'))


@check
def bulletin_head_and_tail():
    sheet = Sheet(bulletin(), 1)
    name = next(r for r in sheet.lines() if judge.text(r) == "人居环境整治工作简报")
    near("middle of the name", (name[0].x + judge.right(name[-1])) / 2, 106, 1.0)
    sheet.red(name[0].x, name[0].baseline - name[0].size * judge.MM, judge.right(name[-1]), name[0].baseline + 2)
    issue = next(r for r in sheet.lines() if "第12期" in judge.text(r))
    need("（总第36期）" in "".join(judge.text(r) for r in sheet.lines()), "总第36期 is missing")
    near("size of 期号", issue[0].size, 16, 0.01)
    row = next(r for r in sheet.lines() if judge.text(r).startswith("洋江镇人居环境整治办公室"))
    near("left edge of the editor", row[0].x, 28 + CELL, MARGIN)
    near("right edge of the date", judge.right(row[-1]), 184 - CELL, MARGIN)
    same("the date", judge.text(row).endswith("2024年6月30日"), True)
    rules = sheet.bars(100, 112, row[0].baseline, row[0].baseline + 10)
    same("rules below that row", len(rules), 1)
    box = sheet.red(0, rules[0][0] - 0.2, 210, rules[0][1] + 0.2)
    near("length of the rule", box.width, 156, MARGIN)
    last = Sheet(bulletin(), len(judge.pages(bulletin())))
    rows = last.lines()
    for word in ("报：", "送：", "发："):
        need(any(judge.text(r).startswith(word) for r in rows), f"{word} is missing")
    need(any("共印50份" in judge.text(r) for r in rows), "共印50份 is missing")
    rules = last.bars(100, 112, 200, 264)
    need(len(rules) >= 2, "报尾 has no rules")
    near("foot of the last rule", rules[-1][1], 262.0, MARGIN)


# ---------------------------------------------------------------- clause 8: turned tables

@check
def landscape_pages_are_turned_counter_clockwise():
    heads = "".join(f"<td>第{i}季度完成数</td>" for i in range(1, 12))
    rows = "".join("<tr>" + "".join(f"<td>{BODY(6)}</td>" for _ in range(11)) + "</tr>\n" for _ in range(40))
    pdf = papers.paper("turned", form("汇报", "<title>情况汇报</title>\n", text(2),
                                      f'<table caption="任务完成情况" orientation="横"><tr>{heads}</tr>\n{rows}</table>\n', text(1)))
    objects = judge.Objects(pdf)
    turns = [page.get("/Rotate", 0) for page in objects.dictionaries() if page.get("/Type") == "/Page"]
    need(90 in turns and 0 in turns, f"/Rotate of the pages: {turns}")
    bounds = judge.poppler_text(pdf, "-bbox")
    need("第1季度" in judge.bare(judge.poppler_text(pdf)), "the turned head is not read")
    need(bounds.count("<page ") == len(turns), "pages are missing")
    for number in range(1, len(turns) + 1):
        folio = judge.poppler_text(pdf, "-f", str(number), "-l", str(number))
        need(f"— {number} —" in folio, f"page {number} has no number")


@check
def mirrored_landscape_pages_keep_the_binding_margin():
    """clause 8 with mirror: the edge that is bound has 28 mm, on even pages on the other side."""
    table = "<landscape><table><tr><td>村名</td><td>数量</td></tr>\n" + "".join(
        f"<tr><td>{BODY(4)}</td><td>{i}</td></tr>\n" for i in range(1, 41)) + "</table></landscape>\n"
    pdf = papers.paper("mirrorturned", form("汇报", '<style mirror="是"/>\n', "<title>情况汇报</title>\n", text(1), table))
    turned = sorted(judge.turned_pages(pdf))
    need(len(turned) >= 2, "fewer than two turned pages")
    for number in turned:
        top = 28 if number % 2 else 26
        box = Sheet(pdf, number).ink(33, 0, 264, 210)  # as the viewer shows it: the number stands left of that
        # 续表 above the table is set 0.9 mm lower than a frame: half its leading
        near(f"upper edge of the table on page {number}", box.top, top + 0.45, 0.6)


# ---------------------------------------------------------------- 回执

@check
def slip_is_never_parted():
    slip = '<slip title="整改回执">\n' + "".join(f"<p>{head}项：</p>\n" for head in "甲乙丙丁") + "</slip>\n"
    cut = 0
    for lines in range(8, 19):
        pdf = papers.paper(f"slip{lines}", form("汇报", f"<p>{BODY(28 * lines - 3)}。</p>\n", slip))
        pages = [[judge.text(row) for row in judge.lines(page)] for page in judge.pages(pdf)]
        at = [i for i, rows in enumerate(pages) for row in rows if row in ("整改回执", "甲项：", "乙项：", "丙项：", "丁项：")]
        same(f"pages of the slip below {lines} lines", at, [0 if lines <= 14 else 1] * 5)
        cut += at[0] == 0
    need(0 < cut < 11, f"the slip moved {11 - cut} times: nothing is proved")


# ---------------------------------------------------------------- 目录

@check
def contents_stand_before_the_title():
    pdf = papers.paper("contents", form("汇报", TITLE, "<byline>洋江镇人民政府</byline>\n", "<contents/>\n", "<h1>工作情况</h1>\n", text(),
                                        "<h1>下步打算</h1>\n", text(2)))
    pages = [[judge.text(row) for row in judge.lines(page)] for page in judge.pages(pdf)]
    need(pages[0][0].replace("\u3000", "").replace(" ", "") == "目录" and "工作情况" in pages[0][1], f"page 1: {pages[0]}")
    need(pages[1][0].startswith("洋江镇") and any("工作情况" in row for row in pages[1]), f"page 2: {pages[1]}")
