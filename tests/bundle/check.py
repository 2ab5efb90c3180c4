"""Volumes (`wenyin bundle`): whatever leads somewhere leads there, the numbers are right, outside pages look as they did.
Judged by programs that share no code with ours. usage: check.py [CHECK...]
Prints `ok bundle/NAME` or `FAIL bundle/NAME: why` for each; a check raises at the first thing that is wrong."""
import functools
import os
import re
import shutil
import sys
from xml.sax.saxutils import quoteattr

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "geometry"))

import judge  # noqa: E402
import papers  # noqa: E402

papers.FOLDER = os.path.abspath(os.path.join(os.environ.get("OUT", "build/release"), "bundle"))

import alone  # noqa: E402
import finished  # noqa: E402
import outside  # noqa: E402
from judge import ask, need, same  # noqa: E402
from tagged import Tagged  # noqa: E402
from volume import Volume, fonts_stand_once, judge_volume  # noqa: E402

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


# ---------------------------------------------------------------- volumes made here

def bundle(name, plan, *options, data=None, messages=""):
    output = os.path.join(papers.FOLDER, f"{name}.pdf")
    run = papers.Run(["bundle", papers.file(f"{name}.xml", plan), "-d", data or papers.FOLDER, *options, "-o", output])
    run.succeed()
    same(f"messages of {name}", run.messages.replace(papers.FOLDER + "/", ""), messages)
    return output


def part(name, title, paragraphs):
    """A paper with two headings and a heading below, over some pages."""
    dice = papers.Dice(len(name) + paragraphs)
    blocks = [papers.element("title", title)]
    for heading in ("开展情况", "存在问题"):
        blocks.append(papers.element("h1", f"{title}的{heading}"))
        blocks.append(papers.element("h2", f"{heading}之细目"))
        blocks += [papers.element("p", dice.han(300)) for _ in range(paragraphs)]
    papers.file(f"{name}.xml", papers.template(*blocks))
    return f'<part template="{name}.xml"/>\n'


def outside_part(source, title):
    return f'<pdf src={quoteattr(os.path.relpath(source, papers.FOLDER))} title="{title}"/>\n'


def plan(*parts, numbering="通编", more=""):
    return (f'<bundle title="资料汇编" numbering="{numbering}" version="1" {more}>\n<cover><title>资料汇编</title>'
            f'<date>2024年6月30日</date></cover>\n<contents/>\n{"".join(parts)}</bundle>\n')


def divider(title):
    return f'<divider title="{title}"/>\n'


def claim(count, first):
    return f"wenyin: 警告 W593: 合订本里有外来的 PDF（“{first}”等 {count} 个），不再是 PDF/A\n"


@functools.lru_cache(maxsize=None)
def quarter(*options):
    output = os.path.join(papers.FOLDER, f"季度{''.join(options)}.pdf")
    run = papers.Run(["bundle", "templates/季度.xml", "-d", "samples", "-p", "2024Q2", *options, "-o", output])
    run.succeed()
    return output


CALLED = {"限期整改函": "限期整改"}  # as the plan has it, and as the letter says
OUTSIDE = [(outside.drawing, "图纸", "DrawingA3"), (outside.rotated, "转过的文件", None), (outside.inherited, "承袭", "Inherited"),
           (outside.filled_in, "表单", "Aform"), (outside.locked_for_owners, "加锁的图纸", "DrawingA3")]


@functools.lru_cache(maxsize=None)
def mixed(numbering):
    """-> the volume's path, what its outside pages say"""
    parts, called = [], {}
    for number, (make, title, says) in enumerate(OUTSIDE):
        parts += [divider(f"第{'一二三四五'[number]}编"), part(f"文{number}", f"第{number + 1}号报告", number + 1),
                  outside_part(make(), title)]
        called[title] = says or papers.Dice(0).han(20)
    return bundle(f"混合-{numbering}", plan(*parts, numbering=numbering), "--date", "2024-06-30",
                  messages=claim(len(OUTSIDE), "外来/drawing.pdf")), called


VILLAGE_SHEET = """<report form="汇报" period="月" each="村" version="1">
<data roster="网格.csv"><csv id="考核" files="考核/*.csv" period="期次" key="期次,村"/></data>
<title>{{村}}考核单</title><p>{{村}}{{期间|月份}}得{{考核.总分}}分。</p><p>{}</p></report>
"""


# ---------------------------------------------------------------- checks

@check
def a_quarter_leads_where_it_says():
    volume = judge_volume(quarter(), called=CALLED)
    need(len(volume.contents()) > 20 and len(volume.sheets) > 60, f"{len(volume.sheets)} pages, few entries")


@check
def three_hundred_pages_lead_where_they_say():
    """Three months of the papers of the office, and a sheet for each village."""
    names = ("工作汇报", "发言材料", "讲话稿", "简报", "考核通报", "整改函", "会议纪要")
    shutil.copytree("templates", os.path.join(papers.FOLDER, "模板"), dirs_exist_ok=True)
    parts = [divider(f"{name}汇编") + f'<part template="模板/{name}.xml" period="每月"/>\n' for name in names]
    papers.file("模板/考核单.xml", VILLAGE_SHEET.format(papers.Dice(9).han(900)))
    parts.append('<part template="模板/考核单.xml" period="每月" title="各村考核单"/>\n')
    output = os.path.join(papers.FOLDER, "三百页.pdf")
    run = papers.Run(["bundle", papers.file("三百页.xml", plan(*parts, more='period="季"')), "-d", "samples", "-p", "2024Q2",
                      "-o", output])
    run.succeed()
    volume = judge_volume(output, called={"各村考核单": "考核单"})
    need(len(volume.sheets) >= 300, f"{len(volume.sheets)} pages")
    fonts_stand_once(output)


@check
def parts_are_laid_out_as_papers_alone():
    shutil.copytree("templates", os.path.join(papers.FOLDER, "模板"), dirs_exist_ok=True)
    months = ("2024-04", "2024-05", "2024-06")
    output = papers.file("各份.xml", '''<bundle title="各份" period="季"><part template="模板/工作汇报.xml" period="每月"/>
        <part template="模板/简报.xml" period="每月"/><part template="模板/考核通报.xml" period="末月"/>
        <part template="模板/上行报告.xml"/><part template="模板/工作汇报.xml" period="2023-12"/></bundle>''')
    alone.compare(output, "2024Q2", [
        *((f"templates/{name}.xml", "-p", month) for name in ("工作汇报", "简报") for month in months),
        ("templates/考核通报.xml", "-p", "2024-06"), ("templates/上行报告.xml", "-p", "2024Q2"),
        ("templates/工作汇报.xml", "-p", "2023-12")])


def spoil(path, old, new):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    need(old in text, f"{path} has no {old}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new, 1))


@check
def drafts_are_laid_out_as_papers_alone():
    """With the list of what is wrong behind each, though three months have the same faulty cells."""
    shutil.copytree("templates", os.path.join(papers.FOLDER, "模板"), dirs_exist_ok=True)
    data = os.path.join(papers.FOLDER, "脏数据")
    shutil.copytree("samples", data, dirs_exist_ok=True)
    spoil(f"{data}/月报/月报-2024-04.csv", "2024-04,前江村,", "2024-04,前江村,x")
    spoil(f"{data}/月报/月报-2024-05.csv", "2024-05,长塘村,", "2024-05,长塘村,x")
    output = papers.file("草稿各份.xml", '''<bundle title="各份" period="季"><part template="模板/工作汇报.xml" period="每月"/>
        <part template="模板/简报.xml" period="每月"/></bundle>''')
    alone.compare(output, "2024Q2", [(f"templates/{name}.xml", "-p", month) for name in ("工作汇报", "简报")
                                     for month in ("2024-04", "2024-05", "2024-06")], "--draft", data=data, status=4)


@check
def fonts_are_embedded_once():
    fonts_stand_once(quarter())


@check
def a_volume_of_ours_is_for_archives():
    finished.preflight(quarter())


@check
def numbers_run_through():
    pdf, called = mixed("通编")
    judge_volume(pdf, entries=5 * len(OUTSIDE), called=called)


@check
def numbers_begin_anew_in_each_part():
    pdf, called = mixed("分编")
    volume = judge_volume(pdf, entries=5 * len(OUTSIDE), by_parts=True, called=called)
    parts = [label.split("-") for label in volume.labels if "-" in label]
    need(parts, f"labels without parts: {volume.labels}")
    for (first, page), (second, after) in zip(parts, parts[1:]):
        same(f"label after {first}-{page}", (second, int(after)),
             (first, int(page) + 1) if first == second else (str(int(first) + 1), 1))


@check
def outside_pages_look_as_they_did():
    pdf, _ = mixed("通编")
    volume = Volume(pdf)
    for make, title, _ in OUTSIDE:
        first = next(one.page for one in volume.bookmarks if one.title == title)
        count = outside.same_pages(pdf, first, make())
        for index in range(first, first + count):
            need(volume.is_outside(index), f"page {index + 1} is not an outside one")
            need(not volume.is_outside(first - 1), "the page before is one")
    one, other = outside.picture(outside.filled_in(), 1), outside.picture(outside.filled_in(), 2)
    need(outside.is_wrong(lambda: outside.same_picture("the form", one, other)), "a form that is not filled in passes")


@check
def nothing_else_of_outside_files_comes_along():
    pdf, _ = mixed("通编")
    objects = judge.Objects(pdf)
    same("keys of the catalogue", sorted(objects.root), ["/Lang", "/Metadata", "/Outlines", "/PageLabels", "/PageMode", "/Pages",
                                                         "/Type", "/ViewerPreferences"])
    for one in objects.dictionaries():
        need(one.get("/S") not in ("/JavaScript", "/URI", "/GoTo"), f"an action came along: {one}")
        need(one.get("/Subtype") != "/Widget" and "/FT" not in one, f"a field came along: {one}")
        need("/AA" not in one and "/OpenAction" not in one, f"an action came along: {one}")
    need("pdfaid" not in objects.stream(objects.root["/Metadata"]).decode(), "the volume claims to be PDF/A")


@check
def links_of_outside_pages_lead_to_its_pages():
    volume = Volume(mixed("通编")[0])
    first = next(one.page for one in volume.bookmarks if one.title == "表单")
    links = [volume.objects.follow(one) for one in volume.objects.follow(volume.sheet(first)["/Annots"])]
    same("links of the form", len(links), 1)
    place = volume.objects.follow(links[0]["/Dest"])
    same("its target", (volume.place[place[0]], place[1:]), (first + 1, ["/XYZ", 0, 400, None]))
    frame = [volume.objects.follow(links[0][name]) for name in ("/Border", "/C")]
    same("its frame", frame, [[0, 0, 2], [0, 0, 1]])


@check
def a_file_twice_is_there_once():
    once = bundle("一次", plan(part("文", "报告", 1), outside_part(outside.rotated(), "甲")), "--date", "2024-06-30",
                  messages=claim(1, "外来/rotated.pdf"))
    twice = bundle("两次", plan(part("文", "报告", 1), outside_part(outside.rotated(), "甲"), outside_part(outside.rotated(), "乙")),
                   "--date", "2024-06-30", messages=claim(1, "外来/rotated.pdf"))
    same("fonts", len(ask("pdffonts", twice).splitlines()), len(ask("pdffonts", once).splitlines()))
    more = os.path.getsize(twice) - os.path.getsize(once)
    need(more < 4000, f"a second time costs {more} bytes")


@check
def what_unpacks_to_too_much_is_refused():
    output = os.path.join(papers.FOLDER, "太大.pdf")
    run = papers.Run(["bundle", papers.file("太大.xml", plan(outside_part(outside.bomb(), "外来"))), "-d", papers.FOLDER, "-o", output])
    same("exit status", run.status, 2)
    need("错误 E599: “外来/bomb.pdf”" in run.messages, run.messages)


@check
def what_cannot_be_read_is_refused():
    """All of them in one run, and nothing is made."""
    output = os.path.join(papers.FOLDER, "不成.pdf")
    files = outside.refused()
    run = papers.Run(["bundle", papers.file("不成.xml", plan(*(outside_part(path, "外来") for path, _ in files))), "-d",
                      papers.FOLDER, "-o", output])
    same("exit status", run.status, 2)
    same("messages", re.findall("错误 (E[0-9]+)", run.messages), [code for _, code in files])
    need(not os.path.exists(output), "a volume was made")


@check
def damage_is_told_and_not_passed_on():
    pdf = bundle("损坏", plan(outside_part(outside.cut_off(), "外来")), messages=(
        "损坏.xml:4:11: 警告 W572: “外来/cut.pdf”有损坏的地方，它的页要核对：input stream is complete but output may still be valid\n"
        "    4 |  <pdf src=\"外来/cut.pdf\" title=\"外来\"/>\n      |            ^^^^^^^^^^^^\n"
        "      = 提示: 用阅读器打开，另存一份再用\n" + claim(1, "外来/cut.pdf")))
    outside.same_pages(pdf, len(Volume(pdf).sheets) - 1, outside.cut_off())


@check
def a_volume_is_read_aloud():
    """Contents lines are links within the tree (PDF/UA-1 7.18.5): their words and their annotations."""
    pdf = quarter("--accessible")
    volume = judge_volume(pdf, called=CALLED)
    tagged = Tagged(pdf)
    numbers = tagged.objects.follow(tagged.objects.follow(tagged.tree["/ParentTree"])["/Nums"])
    same("order of the parent tree", numbers[::2], sorted(numbers[::2]))
    parents = dict(zip(numbers[::2], numbers[1::2]))
    links = [one for one in tagged.root.all() if one.kind == "Link"]
    same("links in the tree", len(links), len(volume.contents()))
    for one in links:
        same("above a link", (one.parent.kind, one.parent.parent.kind), ("Reference", "TOCI"))
        need(one.annotations and tagged.text_of(one), "a link without words or annotation")
        for reference in one.annotations:
            annotation = tagged.objects.follow(reference)
            same("its parent", tagged.elements[parents[annotation["/StructParent"]]], one)
            said = judge.bare(annotation["/Contents"][2:])
            need(said and judge.bare(tagged.text_of(one)).startswith(said), f"a link says “{said}”")
    same("annotations in the tree", sum(len(one.annotations) for one in links), len(volume.links))


@check
def same_bytes():
    first, _ = mixed("通编")
    with open(first, "rb") as file:
        before = file.read()
    papers.Run(["bundle", first.removesuffix(".pdf") + ".xml", "-d", papers.FOLDER, "--date", "2024-06-30", "-o",
                os.path.join(papers.FOLDER, "再来.pdf")]).succeed()
    with open(os.path.join(papers.FOLDER, "再来.pdf"), "rb") as file:
        need(file.read() == before, "other bytes the second time")


@check
def measures_have_teeth():
    """A number, a link, a label that is wrong is found."""
    pdf = quarter()
    plain = os.path.join(papers.FOLDER, "改错.qdf")
    ask("qpdf", "--qdf", "--object-streams=disable", pdf, plain)
    with open(plain, "rb") as file:
        content = file.read()
    pages = re.search(rb"/Kids \[\s*((?:\d+ 0 R\s*)+)\]", content)
    kids = pages[1].split(b" 0 R")
    swapped = b" 0 R".join([*kids[:7], kids[9], kids[8], kids[7], *kids[10:]])
    wrong = {"labels": content.replace(b"/S /D", b"/S /r", 1), "pages": content.replace(pages[1], swapped),
             "bookmarks": content.replace(b"/PageMode /UseOutlines", b"", 1)}
    for what, changed in wrong.items():
        need(changed != content, f"nothing to change: {what}")
        with open(plain, "wb") as file:
            file.write(changed)
        fixed = os.path.join(papers.FOLDER, "改错.pdf")
        with open(fixed, "wb") as file:
            file.write(ask("fix-qdf", plain, binary=True))
        need(outside.is_wrong(lambda: judge_volume(fixed, called=CALLED)), f"a fault of the {what} goes unseen")


if __name__ == "__main__":
    os.makedirs(papers.FOLDER, exist_ok=True)
    sys.exit(judge.run_checks("bundle", CHECKS, sys.argv[1:]))
