"""PDF for archives and for those who cannot see it: attachments (PDF/A-3), tags (PDF/A-2a, PDF/UA-1)."""
import functools
import glob
import os
import re
import shutil

import finished
import judge
import papers
import pictures
import random_papers
from judge import ask, bare, check, need, same, same_text
from tagged import Tagged


def is_plan(path):
    """Volumes have tests of their own (tests/bundle)."""
    with open(path, encoding="utf-8") as file:
        return "<bundle" in file.read()


@functools.lru_cache(maxsize=None)
def shipped():
    """-> [(name, arguments)] of the papers of `make demo`: one of every template"""
    with open("tools/papers.txt", encoding="utf-8") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    same("templates left out", {os.path.basename(path)[:-4] for path in glob.glob("templates/*.xml") if not is_plan(path)} - {row[1] for row in rows},
         set())
    return [(name, ["render", f"templates/{template}.xml", "-d", "samples", *options]) for name, template, *options in rows]


@functools.lru_cache(maxsize=None)
def made(name, arguments, *options, extension="pdf"):
    output = os.path.join(papers.FOLDER, "archives", f"{name}{''.join(options)}.{extension}")
    os.makedirs(os.path.dirname(output), exist_ok=True)
    papers.Run([*arguments, *options, "-o", output]).succeed()
    return output


def all_shipped(*options, extension="pdf"):
    return [made(name, tuple(arguments), *options, extension=extension) for name, arguments in shipped()]


# ---------------------------------------------------------------- papers made for it

RANDOM = 6
LONG = "村容村貌提升行动" * 400  # more than a page in a cell


@functools.lru_cache(maxsize=None)
def everything_folder():
    dice = papers.Dice(31)
    rows = "".join(f"{'东西'[i // 35]}片,{dice.han(3)}村,{i},{LONG if i == 20 else dice.han(12)}\r\n" for i in range(70))
    folder = os.path.dirname(papers.file("everything/台账.csv", "片,村,处数,说明\r\n" + rows))
    for name in ("1.jpg", "2.jpg"):
        shutil.copy(os.path.join(pictures.folder(), name), folder)
    papers.file("everything/照片.csv", "编号,点位,整改前,整改后\r\n1,村口,1.jpg,2.jpg\r\n2,河边,1.jpg,\r\n")
    return folder


def everything():
    """Each kind of thing that there is, over pages: notes, contents, lists, run-in headings, spans, long rows, attachments."""
    dice = papers.Dice(32)
    table = ('<table of="台账" caption="台账"><col head="片" value="片" merge="是"/><col head="村" value="村"/>'
             '<col head="处数" unit="处" value="处数" bar="是"/><col head="说明" value="说明"/></table>\n')
    return papers.template(
        "<title>全要素的文件</title>\n<to>各村：</to>\n<contents/>\n", papers.element("h1", "第一部分"),
        papers.element("p", dice.han(300)), f"<p>{dice.han(20)}<note>{dice.han(60)}</note>{dice.han(500)}</p>\n",
        papers.element("h2", "甲。"), papers.element("p", dice.han(80)), papers.element("h2", "乙"),
        papers.element("h3", "丙。"), papers.element("p", "“" + dice.han(700) + "”"), papers.element("h4", "丁"),
        papers.element("p", dice.han(50)), '<list kind="（1）"><item>子</item><item>丑</item></list>\n', table,
        papers.element("h1", "第二部分"), papers.element("h3", "跳级"), papers.element("p", dice.han(50)),
        '<figure src="1.jpg" width="60mm" caption="村道"/>\n',
        '<photos of="照片" before="整改前" after="整改后" caption="{点位}"/>\n',
        '<chart kind="柱" of="台账" by="片" value="处数" caption="各片"/>\n',
        '<sign unit="洋江镇人民政府" date="2024年6月30日"/>\n',
        '<attachment title="甲表">', papers.element("h1", "总的"), papers.element("p", dice.han(40)), '</attachment>\n',
        '<attachment title="乙表"><p>无。</p></attachment>\n',
        data='<csv id="台账" files="台账.csv" key="村"/>\n<csv id="照片" files="照片.csv" key="编号"/>\n')


def everything_paper(extension="pdf", *options):
    return papers.paper("everything", everything(), "-d", everything_folder(), *options, extension=extension)


def draft_paper(extension="pdf", *options):
    """With messages behind it, which takes the exit status 4."""
    output = os.path.join(papers.FOLDER, f"tagged-draft.{extension}")
    template = papers.file("tagged-draft.xml", everything().replace("第二部分", "第{台账.处数|其中 处数=9999|最大}部分"))
    run = papers.Run(["render", template, "--date", "2024-06-30", "-d", everything_folder(), "--draft", *options, "-o", output])
    need(run.status in (0, 4), f"the draft: {run.messages[:300]}")
    return output


def random_paper(seed, extension, *options):
    return papers.paper(f"tagged-random{seed}", random_papers.Paper(1000 + seed).finish(), *options, extension=extension)


def turned_paper(extension, *options):
    return papers.paper("tagged-pictures", pictures.content(), "-d", pictures.folder(), *options, extension=extension)


def spark_paper(extension="pdf", *options):
    rows = "".join(f"{village},2024-{month:02},{number}\r\n" for village, numbers in (("长塘村", (3, 5, 9)), ("前江村", (4, 2, 1)))
                   for month, number in enumerate(numbers, 4))
    folder = os.path.dirname(papers.file("tagged-sparks/月报.csv", "村,月份,数\r\n" + rows))
    table = "".join(f'<table of="月报" by="村"{way}><col head="村" value="村"/><col head="数" value="数"/>'
                    f'<col head="走势" value="数" spark="{kind}" of="月报|近 3" by="月"/></table>\n'
                    for kind, way in (("折线", ""), ("柱", ' orientation="横"')))
    paper = papers.template("<title>各村走势</title>\n", table,
                            data='<csv id="月报" files="月报.csv" period="月份" key="月份,村"/>\n')
    return papers.paper("tagged-sparks", paper.replace("<report", '<report period="月"', 1), "-d", folder, "-p", "2024-06", *options,
                        extension=extension)


@functools.lru_cache(maxsize=None)
def tagged_papers():
    """-> [(the paper with tags, its plain text, the paper without)]"""
    tag = "--accessible"
    return [*zip(all_shipped(tag), all_shipped(extension="txt"), all_shipped()),
            (everything_paper("pdf", tag), everything_paper("txt"), None),
            (draft_paper("pdf", tag), draft_paper("txt"), None),
            (turned_paper("pdf", tag), turned_paper("txt"), None),
            (spark_paper("pdf", tag), spark_paper("txt"), None),
            *((random_paper(seed, "pdf", tag), random_paper(seed, "txt"), None) for seed in range(RANDOM))]


# ---------------------------------------------------------------- PDF/A

@check
def every_template_passes_preflight():
    """A 1b twin of each shipped paper, as they are and with all that archives may ask for."""
    for pdf in all_shipped():
        finished.preflight(pdf)


@check
def data_are_attached():
    name, arguments = shipped()[0]
    pdf = made(name, tuple(arguments), "--attach-data")
    folder = os.path.join(papers.FOLDER, "archives", "taken out")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    ask("pdfdetach", "-saveall", "-o", folder, pdf)
    sources = {os.path.basename(path): path for path in
               (*glob.glob("samples/**/*.csv", recursive=True), "templates/工作汇报.xml")}
    taken = sorted(os.listdir(folder))
    need(len(taken) > 30 and "月报-2024-06.csv" in taken and "工作汇报.xml" in taken, f"attached: {taken}")
    for one in taken:
        with open(os.path.join(folder, one), "rb") as file, open(sources[one], "rb") as source:
            need(file.read() == source.read(), f"{one} is not what was read")
    objects = judge.Objects(pdf)
    related = [objects.follow(one) for one in objects.follow(objects.root["/AF"])]
    same("associated files", sorted(one["/UF"][2:] for one in related), taken)
    for one in related:
        same("relation to the paper", one["/AFRelationship"], "/Data")
        file = objects.follow(one["/EF"]["/F"])
        same("kind of file", file["/Subtype"], "/text/csv" if one["/UF"].endswith(".csv") else "/application/xml")
        same("its date", file["/Params"]["/ModDate"], "u:D:20240630000000+08'00'")
    metadata = objects.stream(objects.root["/Metadata"]).decode("utf-8")
    need("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U<" in metadata, "XMP does not say 3u")
    need("No syntax or stream encoding errors" in ask("qpdf", "--check", pdf), "qpdf --check")
    finished.preflight(pdf, attached=True)
    again = os.path.join(papers.FOLDER, "archives", "again.pdf")
    papers.Run([*arguments, "--attach-data", "-o", again]).succeed()
    with open(pdf, "rb") as one, open(again, "rb") as other:
        need(one.read() == other.read(), "another run gives other bytes")


@check
def attachments_of_one_name_stay_apart():
    for part in ("东", "西"):
        papers.file(f"twins/{part}/月报.csv", f"村,数\r\n{part}村,1\r\n")
    folder = os.path.join(papers.FOLDER, "twins")
    pdf = papers.paper("twins", papers.template(papers.element("p", "共{报.数}。"),
                       data='<csv id="报" files="*/月报.csv" key="村"/>\n'), "-d", folder, "--attach-data")
    names = re.findall(r"(?m)^\d+: (.*)$", ask("pdfdetach", "-list", pdf))
    same("names", len({*names}), 3)
    same("the first two", (names[0], names[1].endswith("-月报.csv")), ("月报.csv", True))


@check
def what_the_leader_ruled_is_attached():
    papers.file("ruled/月报.csv", "村,数\r\n东村,1\r\n")
    papers.file("ruled/改定.csv", "位置,改定值,理由,改定人,原值\r\n第1段第1数,2,现场复核,王,1\r\n")
    folder = os.path.join(papers.FOLDER, "ruled")
    pdf = papers.paper("ruled", papers.template(papers.element("p", "共{报.数}。"),
                       data='<csv id="报" files="月报.csv" key="村"/>\n'), "-d", folder, "--attach-data")
    names = re.findall(r"(?m)^\d+: (.*)$", ask("pdfdetach", "-list", pdf))
    same("names", names[:2], ["月报.csv", "改定.csv"])
    need("共2。" in ask("pdftotext", pdf, "-"), "the figure is not the leader's")


# ---------------------------------------------------------------- tags

@check
def tags_change_nothing_that_is_seen():
    """Cairo rounds places within a line to a thousandth of an em; where a tag begins it starts anew. So pixels at the edges of a
    few letters may differ, and nothing more."""
    for tagged, _, plain in tagged_papers():
        if plain:
            one, other = ([glyph for page in judge.pages(pdf) for glyph in page] for pdf in (tagged, plain))
            same("glyphs", [glyph[:3] for glyph in one], [glyph[:3] for glyph in other])
            for a, b in zip(one, other):
                need(max(abs(a.x - b.x), abs(a.baseline - b.baseline)) < 0.006, f"{a} instead of {b}")
            one, other = (ask("pdftoppm", "-gray", "-r", "72", pdf, binary=True) for pdf in (tagged, plain))
            apart = sum(a != b for a, b in zip(one, other))
            need(len(one) == len(other) and apart < len(one) / 1000, f"{apart} dots of {os.path.basename(plain)} differ")
            same_text("pdftotext -raw", judge.poppler_text(tagged, "-raw"), judge.poppler_text(plain, "-raw"))


@check
def tagged_papers_say_what_they_are():
    for pdf, _, _ in tagged_papers():
        objects = judge.Objects(pdf)
        metadata = objects.stream(objects.root["/Metadata"]).decode("utf-8")
        need("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A<" in metadata, "XMP does not say 2a")
        need("<pdfuaid:part>1</pdfuaid:part>" in metadata and "pdfaExtension:schemas" in metadata, "XMP does not say UA-1")
        need("<dc:title>" in metadata, "no title")
        same("shown in the title bar", objects.root["/ViewerPreferences"]["/DisplayDocTitle"], True)
        same("language", objects.root["/Lang"], "u:zh-CN")
        same("marked", objects.root["/MarkInfo"], {"/Marked": True})
        need("No syntax or stream encoding errors" in ask("qpdf", "--check", pdf), "qpdf --check")
        finished.preflight(pdf)
    both = made(shipped()[0][0], tuple(shipped()[0][1]), "--accessible", "--attach-data")
    metadata = judge.Objects(both).stream(judge.Objects(both).root["/Metadata"]).decode("utf-8")
    need("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A<" in metadata, "XMP does not say 3a")


@functools.lru_cache(maxsize=None)
def read_tagged(pdf):
    return Tagged(pdf)


@check
def every_mark_is_in_the_tree():
    """What a page numbers leads to the element that names it, and nothing else does."""
    for pdf, _, _ in tagged_papers():
        paper = read_tagged(pdf)
        named = {place: element for element in paper.elements.values() for place in element.contents}
        same("marked contents", sorted(named), sorted((page, mcid) for page, mcid, _ in paper.pieces if mcid is not None))
        same("named twice", sum(len(element.contents) for element in paper.elements.values()), len(named))
        nums = paper.objects.follow(paper.tree["/ParentTree"])["/Nums"]
        parents = dict(zip(nums[::2], nums[1::2]))
        same("keys of the parent tree", nums[::2], sorted(nums[::2]))
        for number, reference in enumerate(paper.pages):
            page = paper.objects.follow(reference)
            same("order of tabbing", page["/Tabs"], "/S")
            row = paper.objects.follow(parents.pop(page["/StructParents"]))
            same(f"parents on page {number + 1}", [paper.elements[one] for one in row],
                 [named[(number, mcid)] for mcid in range(len(row))])
        same("parents without a page", parents, {})


@check
def kinds_of_tags_fit_together():
    inside = {"TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TOCI": {"TOC"},
              "Reference": {"TOCI"}, "Caption": {"Table", "Div"}, "Note": {"P"}, "Figure": {"Document", "Div", "TD"}}
    holds = {"Table": {"Caption", "TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "TOC": {"TOCI"}}
    seen, ids = set(), []
    for pdf, _, _ in tagged_papers():
        for one in read_tagged(pdf).root.all():
            seen.add(one.kind)
            parent = one.parent.kind if one.parent else None
            need(parent in inside.get(one.kind, {"Document", "Div", None}), f"{one.kind} in {parent}")
            need({kid.kind for kid in one.kids} <= holds.get(one.kind, {kid.kind for kid in one.kids}), f"parts of {one.kind}")
            need(one.contents or one.kids or one.kind in ("TD", "TH"), f"an empty {one.kind}")
            need(not one.contents or not one.kids, f"text beside parts in {one.kind}")
            if one.kind == "L":
                need(one.attribute("/ListNumbering") not in (None, "/None"), "a list with labels but without numbering")
            if one.kind == "Note":
                ids.append((pdf, one.entry["/ID"]))
        tree = read_tagged(pdf).tree
        names = read_tagged(pdf).objects.follow(tree["/IDTree"])["/Names"][::2] if "/IDTree" in tree else []
        same("names of notes", [one for path, one in ids if path == pdf], names)
    same("notes of one name", len({*ids}), len(ids))
    wanted = {"Document", "H1", "H2", "H3", "H4", "P", "Div", "Figure"} | set(inside) | set(holds)
    same("kinds that no paper has", wanted - seen, set())


@check
def headings_leave_no_level_out():
    for pdf, _, _ in tagged_papers():
        levels = [int(one.kind[1]) for one in read_tagged(pdf).root.all() if re.fullmatch("H[1-6]", one.kind)]
        need(levels[:1] in ([], [1]), f"the first heading of {os.path.basename(pdf)} has level {levels[:1]}")
        for before, level in zip(levels, levels[1:]):
            need(level <= before + 1, f"level {level} follows level {before}")
    paper = read_tagged(everything_paper("pdf", "--accessible"))
    headings = [(one.kind, paper.text_of(one)) for one in paper.root.all() if re.fullmatch("H[1-6]", one.kind)]
    same("headings", headings, [
        ("H1", "目\u3000录"), ("H1", "全要素的文件"), ("H2", "一、第一部分"), ("H3", "（一）甲。"), ("H3", "（二）乙"),
        ("H4", "1.丙。"), ("H5", "（1）丁"), ("H2", "二、第二部分"), ("H3", "1.跳级"), ("H1", "附件1甲表"),
        ("H2", "一、总的"), ("H1", "附件2乙表")])


def grid(table):
    """Rows of a table as its cells cover them: each place by one, none left out."""
    rows = [row for row in table.kids if row.kind == "TR"]
    covered = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.kids:
            while (number, column) in covered:
                column += 1
            for down in range(cell.attribute("/RowSpan", 1)):
                for across in range(cell.attribute("/ColSpan", 1)):
                    place = (number + down, column + across)
                    need(place not in covered, f"two cells at {place}")
                    covered[place] = cell
    widths = [sum(place[0] == number for place in covered) for number in range(len(rows))]
    same("widths of the rows", {*widths}, {max(widths)})
    same("places beyond the last row", [place for place in covered if place[0] >= len(rows)], [])
    return covered


@check
def tables_are_regular_and_headed():
    tables = row_heads = 0
    for pdf, _, _ in tagged_papers():
        for table in read_tagged(pdf).root.all():
            if table.kind != "Table":
                continue
            tables += 1
            covered = grid(table)
            need([kid.kind for kid in table.kids].index("TR") <= 1, "a caption that is not the first part")
            for one in table.all():
                if one.kind == "TH":
                    need(one.attribute("/Scope") in ("/Column", "/Row"), "a head without its scope")
                    row_heads += one.attribute("/Scope") == "/Row"
            for column in range(max(place[1] for place in covered) + 1):
                same("head of a column", (covered[0, column].kind, covered[0, column].attribute("/Scope")), ("TH", "/Column"))
    need(tables > 15 and row_heads > 100, f"{tables} tables, {row_heads} heads of rows")
    paper = read_tagged(everything_paper("pdf", "--accessible"))
    table = next(one for one in paper.root.all() if one.kind == "Table")
    same("rows of a table over pages", sum(kid.kind == "TR" for kid in table.kids), 71)
    long = [one for one in table.all() if len({page for page, _ in one.contents}) > 1]
    same("cells over pages", [paper.text_of(one) for one in long], [LONG])


@check
def figures_are_said_in_words():
    figures = []
    for pdf, _, _ in tagged_papers():
        paper = read_tagged(pdf)
        for one in paper.root.all():
            if one.kind == "Figure":
                figures.append(one.entry["/Alt"][2:])
                left, foot, right, top = one.attribute("/BBox")
                sheet = paper.objects.follow(paper.pages[one.contents[0][0]])["/MediaBox"]
                need(0 <= left < right <= sheet[2] and 0 <= foot < top <= sheet[3], f"a figure at {one.attribute('/BBox')}")
    need(len(figures) > 20 and all(figures), f"{len(figures)} figures")
    for wanted in ("村道", "整改前，村口", "整改后，村口"):
        need(wanted in figures, f"no figure says {wanted}")
    need(any(re.match("柱状图：.*最高", alt) for alt in figures), "no chart says what it shows")


@check
def sparks_are_figures_in_their_cells():
    said = [[one.kids[0].entry["/Alt"][2:] for one in table.all() if one.kids and one.kind == "TD"]
            for table in read_tagged(spark_paper("pdf", "--accessible")).root.all() if table.kind == "Table"]
    same("sparks", said, [[f"{kind}：长塘村走势，3期，{course}最高6月9，最低4月3。",
                           f"{kind}：前江村走势，3期，{fall}最高4月4，最低6月1。"]
                          for kind, course, fall in (("折线图", "从4月3到6月9，", "从4月4到6月1，"), ("柱状图", "", ""))])


@check
def tags_are_read_as_the_plain_text():
    """What is tagged, in the order of the tree, is the plain text without page numbers and what is printed again."""
    for pdf, txt, _ in tagged_papers():
        paper = read_tagged(pdf)
        # 草稿 is on every page and read once
        said = [text.replace("草稿\n", "") if mcid is None else text for _, mcid, text in paper.pieces]
        with open(txt, encoding="utf-8") as file:
            same_text(f"content of {os.path.basename(pdf)}", bare("".join(said)), bare(file.read()))
        order = {(page, mcid): number for number, (page, mcid, _) in enumerate(paper.pieces) if mcid is not None}
        firsts = []
        for element in paper.root.all():
            places = [order[place] for place in element.contents]
            same(f"order within {element.kind}", places, sorted(places))
            firsts += places[:1]
        same("order of the tags", firsts, sorted(firsts))


@check
def only_what_is_printed_again_is_not_read():
    for pdf, _, _ in tagged_papers():
        paper = read_tagged(pdf)
        read = bare("".join(text for _, mcid, text in paper.pieces if mcid is not None))
        for text in paper.artifacts():
            number = re.fullmatch(r"(续表)?[— \d]*", text)
            need(number or bare(text) in read, f"“{text}” of {os.path.basename(pdf)} is not read at all")
