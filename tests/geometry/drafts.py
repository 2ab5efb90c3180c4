"""Drafts (language.md 7): 草稿 on every page outside the type area, the messages behind the paper, the paper itself unmoved."""
import functools
import os

import judge
import papers
from forms import BODY, IMPRINT, SIGN, TITLE, TO, form, masthead, text
from judge import check, near, need, same

WORD = "草稿"
CSV = "月份,村,垃圾(吨)\n2024-06,长塘村,12\n2024-06,杨潭村,#####\n2024-06,李家村,6\n"


@functools.lru_cache(maxsize=None)
def parts():
    rows = "".join(f"<tr><td>{i}</td><td>{BODY(6)}</td></tr>" for i in range(4))
    return text(14) + SIGN + f'<attachment title="{BODY(8)}"><table orientation="横">{rows}</table></attachment>\n'


def content(faulty):
    """A 公文 with a turned page, an attachment and a 版记."""
    figure = "<p>共{月报.垃圾}吨，长塘村{月报.垃圾|其中 村=长塘村}吨。</p>\n" if faulty else "<p>共18吨，长塘村12吨。</p>\n"
    data = '<data><csv id="月报" files="月报.csv" period="月份" key="月份,村"/></data>\n' if faulty else ""
    return form("公文", data, masthead(), TITLE, TO, figure, parts(), IMPRINT)


@functools.lru_cache(maxsize=None)
def draft(extension="pdf"):
    folder = os.path.dirname(papers.file("draft/月报.csv", CSV))
    template = papers.file("draft.xml", content(True).replace('version="1"', 'version="1" period="月"'))
    output = os.path.join(papers.FOLDER, f"draft.{extension}")
    run = papers.Run(["render", template, "-d", folder, "-p", "2024-06", "--draft", "-o", output])
    same("exit status", run.status, 4)
    return output


@functools.lru_cache(maxsize=None)
def finished():
    return papers.paper("drafted", content(False))


def page_texts(pdf):
    return [judge.bare(page) for page in judge.poppler_text(pdf).split("\f")[:-1]]


@check
def every_page_of_a_draft_says_so():
    texts = page_texts(draft())
    need(len(texts) > 4, f"{len(texts)} pages prove little")
    for number, page in enumerate(texts, 1):
        need(WORD in page, f"page {number} does not say so")
    need(judge.turned_pages(draft()), "no page is turned")
    turned = judge.turned_pages(draft())
    for number, glyphs in enumerate(judge.pages(draft()), 1):
        marks = [g for g in glyphs if g.char in WORD and abs(g.size - 22) < 0.1]
        same(f"marks on page {number}", len(marks), 2)
        if number not in turned:
            near("right edge", judge.right(marks[-1]), 184 - 1.5, 0.5)
            need(all(10 < g.baseline < 26 for g in marks), f"page {number}: {marks}")


@check
def the_paper_of_a_draft_is_not_moved():
    drafted, clean = judge.pages(draft()), judge.pages(finished())
    messages = len(drafted) - len(clean)
    need(messages >= 1, "no page of messages")
    for number, (one, other) in enumerate(zip(drafted, clean), 1):
        own = [g for g in one if not (g.char in WORD and abs(g.size - 22) < 0.1)]
        if number > 1:  # page 1 holds the hole
            same(f"page {number}", [(g.char, g.x, g.baseline) for g in own], [(g.char, g.x, g.baseline) for g in other])
    need("【缺：月报.垃圾】" in page_texts(draft())[0], "no hole on page 1")
    need("长塘村12吨" in page_texts(draft())[0], "the sound figure is gone")


@check
def the_messages_are_the_last_page_without_a_number():
    pages, texts = judge.pages(draft()), page_texts(draft())
    last = texts[-1]
    need("草稿：尚有下列问题" in last, f"the last page is {last[:60]}")
    for wanted in ("1.", "月报.csv第3行", "(C3)", "E230", "W142", "提示："):
        need(wanted in last, f"{wanted} is not on the last page")
    same("what stands at its foot", judge.lines(pages[-1], foot=True), [])
    need("县财政局" in texts[-2], "the 版记 does not stand before the messages")


@check
def the_plain_text_of_a_draft_says_so_once():
    with open(draft("txt"), encoding="utf-8") as file:
        lines = file.read().split("\n")
    same("first line", lines[0], WORD)
    same("how often", lines.count(WORD), 1)
    need("草稿：尚有下列问题" in lines, "no messages")


@check
def pictures_of_a_draft_bear_the_mark():
    folder = os.path.dirname(draft("svg"))
    papers.paper("drafted", content(False), extension="svg")
    sizes = []
    for name in ("draft-2.svg", "drafted-2.svg"):  # page 1 holds the hole
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            sizes.append(len(file.read()))
    need(sizes[0] > sizes[1], f"nothing is added: {sizes}")


def table_with_notes(rows):
    cells = "".join(f"<tr><td>村{i}</td><td>{i}.5{'<note>补报数。</note>' if i == 1 else ''}</td></tr>" for i in range(rows))
    return form("汇报", '<p>甲<note>正文注。</note></p><table caption="各村情况" notes="数据来源：县统计局。">'
                f"<tr><td>村</td><td>数</td></tr>{cells}</table><p>乙乙乙</p>")


@check
def notes_of_cells_stand_below_the_table():
    for rows in (5, 70):
        pdf = papers.paper(f"noted{rows}", table_with_notes(rows))
        pages = judge.pages(pdf)
        found = [(p, judge.text(r), r[0]) for p, glyphs in enumerate(pages) for r in judge.lines(glyphs)]
        place = {beginning: next((p, g.baseline, g.size) for p, line, g in found if line.startswith(beginning))
                 for beginning in ("注：①补报数。", "数据来源：", f"村{rows - 1}", "乙乙乙")}
        last, note, source, text_below = (place[b] for b in (f"村{rows - 1}", "注：①补报数。", "数据来源：", "乙乙乙"))
        need(last[:2] < note[:2] < source[:2] < text_below[:2], f"{rows} rows: order {place}")
        same("page of the notes", note[0], last[0])
        near("size of the notes", note[2], 10.5, 0.01)
        need(any(line.startswith("①正文注。") and p == 0 for p, line, _ in found), "the footnote of the text is gone")
