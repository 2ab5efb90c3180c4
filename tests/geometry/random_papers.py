"""Random papers of everything that needs no data: whatever stands in them, nothing is lost, nothing leaves the type area, no
heading ends a page. RANDOM_PAPERS=200 tries more of them than a usual run."""
import os
from collections import Counter
from xml.sax.saxutils import escape

import forms
import judge
import papers
from judge import FOOT, MM, bare, check, need, same, same_text

COUNT = int(os.environ.get("RANDOM_PAPERS", "25"))
MARKS = ["，", "，", "、", "；", "：", "？", "“{}”", "（{}）", "《{}》", "——", "……", "·", "12", "3.5%", "2024", "Excel", "1,234.5"]


class Paper:
    """A template under way, and what its PDF must say."""

    def __init__(self, seed):
        self.dice, self.said, self.headings, self.blocks = papers.Dice(seed), [], [], []

    def text(self, least, most):
        """Han with marks, beginning and ending with Han."""
        words = [self.dice.han(2)]
        length = least + self.dice.below(most - least + 1)
        while sum(map(len, words)) < length:
            mark = MARKS[self.dice.below(len(MARKS))].replace("{}", self.dice.han(1 + self.dice.below(4)))
            words.append(mark + self.dice.han(1 + self.dice.below(9)))
        return self.say("".join(words))

    def say(self, text):
        self.said.append(text)
        return text

    def prose(self, least, most):
        """Running text, some of it bold or with a note."""
        parts = [escape(self.text(least, most))]
        if self.dice.below(4) == 0:
            parts.append(f"<b>{escape(self.text(2, 20))}</b>" + self.say(self.dice.han(2)))
        if self.dice.below(6) == 0:
            parts.append(f"<note>{escape(self.text(3, 60))}{self.say('。')}</note>")
        return "".join(parts) + self.say("。")

    def heading(self):
        level, title = 1 + self.dice.below(3), self.say(self.dice.han(4 + self.dice.below(40)))
        self.headings.append(title)
        self.blocks.append(f"<h{level}>{title}</h{level}>\n")

    def paragraph(self):
        self.blocks.append(f"<p>{self.prose(2, 400)}</p>\n")

    def list(self):
        kinds = ("一是", "一要", "1.", "（1）", "（一）", "①", "首先", "无")
        items = "".join(f"<item>{escape(self.text(4, 90))}</item>" for _ in range(1 + self.dice.below(9)))
        self.blocks.append(f'<list kind="{kinds[self.dice.below(len(kinds))]}">{items}</list>\n')

    def table(self):
        columns = 2 + self.dice.below(5)
        rows = [[self.say(self.dice.han(2 + self.dice.below(3))) for _ in range(columns)]]
        for _ in range(1 + self.dice.below(16)):
            rows.append([self.text(2, (8, 8, 30)[self.dice.below(3)]) for _ in range(columns)])
        cells = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        caption = self.say(self.dice.han(6))
        self.blocks.append(f'<table caption="{caption}">\n{cells}\n</table>\n')

    def attachment(self):
        """Its blocks stand on pages of their own; its title is printed twice, in the list and there."""
        kept, self.blocks = self.blocks, []
        title = self.dice.han(6 + self.dice.below(30))
        self.say(title + title)
        for _ in range(1 + self.dice.below(4)):
            (self.heading, self.paragraph, self.list, self.table)[self.dice.below(4)]()
        self.blocks.append(f"<p>{self.prose(2, 60)}</p>\n")
        inner, self.blocks = "".join(self.blocks), kept
        self.blocks.append(f'<attachment title="{title}">\n{inner}</attachment>\n')

    def keep(self):
        kept, self.blocks = self.blocks, []
        self.paragraph()
        self.table()
        inner, self.blocks = "".join(self.blocks), kept
        self.blocks.append(f"<keep>{inner}</keep>\n")

    def landscape(self):
        kept, self.blocks = self.blocks, []
        self.table()
        inner, self.blocks = "".join(self.blocks), kept
        self.blocks.append(f"<landscape>{inner}</landscape>\n")

    def official(self):
        """A whole 公文 round the blocks."""
        issuer = self.say("洋江镇人民政府")
        head = f'<masthead issuer="{issuer}" number="{self.say("洋政发〔2024〕6号")}"/>\n'
        self.say("文件")
        title = f"<title>{self.say(self.dice.han(6 + self.dice.below(30)))}</title>\n<to>{self.say(self.dice.han(5))}：</to>\n"
        body = "".join(self.blocks)
        self.blocks = []
        seal = (' seal="42mm"', "")[self.dice.below(2)]
        sign = f'<sign unit="{self.say("洋江镇人民政府")}" date="{self.say("2024年6月30日")}"{seal}/>\n'
        for _ in range(self.dice.below(3)):
            self.attachment()
        copies = self.say(self.dice.han(4 + self.dice.below(60)))
        imprint = f'<imprint copy-to="{copies}" issuer="{self.say("党政办公室")}" date="{self.say("2024年6月30日")}"/>\n'
        return forms.form("公文", head, title, body, sign, *self.blocks, imprint)

    def finish(self):
        if self.dice.below(3) == 0:
            for _ in range(3 + self.dice.below(8)):
                (self.heading, self.paragraph, self.paragraph, self.list, self.table, self.keep)[self.dice.below(6)]()
            self.blocks.append(f"<p>{self.prose(2, 60)}</p>\n")
            return self.official()
        title = f"<title>{self.say(self.dice.han(6 + self.dice.below(30)))}</title>\n"
        makers = (self.heading, self.heading, self.paragraph, self.paragraph, self.paragraph, self.list, self.table, self.keep,
                  self.landscape)
        for _ in range(5 + self.dice.below(10)):
            makers[self.dice.below(len(makers))]()
        self.blocks.append(f"<p>{self.prose(2, 60)}</p>\n")
        return papers.template(title, *self.blocks)


def judged(seed):
    paper = Paper(1000 + seed)
    content = paper.finish()
    pdf = papers.paper(f"random{seed}", content)
    with open(papers.paper(f"random{seed}", content, extension="txt"), encoding="utf-8") as file:
        text = bare(file.read())
    return paper, pdf, text


def nothing_is_lost(paper, pdf, text):
    same_text("pdftotext -raw", bare(judge.poppler_text(pdf, "-raw")), text)
    same_text("mutool", bare(judge.mupdf_text(pdf)), text)
    lost = Counter(bare("".join(paper.said))) - Counter(text)
    need(not lost, f"lost: {dict(lost)}")


def turned_page_is_kept(number, page):
    """As the viewer shows it: 225 × 156 mm at (35, 28), and the page number upright on the upright sheet, at the left edge."""
    for glyph in page:
        need(27.9 < glyph.baseline < 184.1 and 32 < glyph.x < 263 or glyph.x < 32, f"turned page {number}: {glyph}")


def nothing_leaves_the_type_area(pdf, pages):
    turned = judge.turned_pages(pdf)
    for number, page in enumerate(pages, 1):
        if not page or number in turned:
            turned_page_is_kept(number, page)
            continue
        for glyph in page:
            if glyph.baseline < FOOT:
                need(glyph.x > 28 - 2.9 and judge.right(glyph) < 184 + 2.9 and 37 < glyph.baseline < 262.01,
                     f"page {number}: {glyph}")
        bounds = judge.Raster(pdf, number, 0, 0, 210, 297, dpi=48).ink(0, 0, 210, FOOT)
        need(bounds[0] > 27 and bounds[2] < 187 and bounds[1] > 36 and bounds[3] < 263,
             f"ink of page {number}: {bounds}")


def pages_are_well_made(paper, pdf, pages):
    turned = judge.turned_pages(pdf)
    for number, page in enumerate(pages, 1):
        if number in turned:
            continue
        body = [row for row in judge.lines(page) if abs(row[0].size - 16) < 0.01]
        need(len(body) <= 22, f"page {number} has {len(body)} lines")
        rows = [row for row in judge.lines(page) if row[0].size > 9.5]  # all but notes, which are 9 bp
        last = judge.text(rows[-1]) if rows else ""
        need(number == len(pages) or not any(last.endswith(heading[-4:]) for heading in paper.headings),
             f"page {number} ends with the heading “{last}”")


@check
def random_papers():
    for seed in range(COUNT):
        paper, pdf, text = judged(seed)
        pages = judge.pages(pdf)
        try:
            nothing_is_lost(paper, pdf, text)
            nothing_leaves_the_type_area(pdf, pages)
            pages_are_well_made(paper, pdf, pages)
        except judge.Wrong as wrong:
            raise judge.Wrong(f"{pdf}: {wrong}") from None
