"""Mistakes of template and data, and faults of the system: one message at its place, the right exit status, no file."""
import os
import re

import papers
import pictures
from judge import check, need, same


# ---------------------------------------------------------------- mistakes

TABLE = '<csv id="月报" files="月报.csv" key="村"/>\n'
ROWS = "村,生活垃圾(吨)\r\n长塘村,12.5\r\n前江村,8\r\n"


def rejected(name, content, rows=ROWS, place=None, words=()):
    """The paper is refused: exit 2, one message of one error, at its place, and no file."""
    template = papers.file(f"bad/{name}/{name}.xml", content)
    folder = os.path.dirname(template)
    if rows:
        papers.file(f"bad/{name}/月报.csv", rows)
    before = sorted(os.listdir(folder))
    run = papers.Run(["render", template, "-d", folder, "--date", "2024-06-30", "-o", f"{folder}/out.pdf"])
    same("exit status", run.status, 2)
    same("files left behind", sorted(os.listdir(folder)), before)
    errors = [line for line in run.messages.splitlines() if re.search(r": (错误|警告|说明) [EWN]\d", line)]
    same(f"messages in {run.messages!r}", len(errors), 1)
    need(re.search(r": 错误 E\d\d\d: ", errors[0]), f"no error: {errors[0]}")
    need(re.search(place or rf"{name}\.xml:\d+:\d+: ", errors[0]), f"no place: {errors[0]}")
    for word in words:
        need(word in run.messages, f"“{word}” is not said: {run.messages}")


@check
def misspelt_column_is_refused():
    rejected("column", papers.template("<p>清理{月报.生活垃级}吨。</p>\n", data=TABLE), place=r"column\.xml:6:\d+: ",
             words=["生活垃级", "“生活垃圾”"])


@check
def unknown_element_is_refused():
    rejected("element", papers.template("<paragraph>好</paragraph>\n", data=TABLE), place=r"element\.xml:6:\d+: ",
             words=["paragraph"])


@check
def bad_cell_is_refused():
    rejected("cell", papers.template("<p>清理{月报.生活垃圾}吨。</p>\n", data=TABLE), rows=ROWS.replace("8", "#REF!"),
             place=r"月报\.csv:3: B3“生活垃圾", words=["#REF!"])


@check
def missing_data_file_is_refused():
    rejected("file", papers.template("<p>清理{月报.生活垃圾}吨。</p>\n", data=TABLE), rows=None, place=r"file\.xml:4:\d+: ",
             words=["月报.csv"])


@check
def missing_glyph_is_refused():
    rejected("glyph", papers.template("<p>村民张\U00031350同志。</p>\n", data=TABLE), place=r"glyph\.xml:6:\d+: ",
             words=["U+31350", "\U00031350"])


@check
def missing_glyph_in_the_data_names_its_cell():
    rejected("glyphs", papers.template("<p>其中{月报.村|其中 生活垃圾 大于 10}最多。</p>\n", data=TABLE),
             rows=ROWS.replace("长塘村", "\U00031350村"), place=r"glyphs\.xml:6:\d+: ", words=["U+31350", "月报.csv", "A2"])


@check
def missing_template_is_refused():
    run = papers.Run(["render", f"{papers.FOLDER}/没有.xml", "-o", f"{papers.FOLDER}/没有.pdf"])
    same("messages", len(run.messages.strip().splitlines()), 1)
    need("错误 E" in run.messages and "没有.xml" in run.messages, f"the message is {run.messages}")
    same("exit status", run.status, 2)


@check
def unwritable_output_is_a_system_fault():
    """Root may write everywhere, so the folder is one that cannot be: a file, or one that is not there."""
    template = papers.file("facts.xml", papers.facts())
    for output in (f"{template}/out.pdf", f"{papers.FOLDER}/no/such/out.pdf", "/proc/out.pdf"):
        run = papers.Run(["render", template, "-o", output])
        same(f"exit status for {output}", run.status, 5)
        same("messages", len(re.findall(r"错误 E\d", run.messages)), 1)


@check
def full_disk_is_a_system_fault():
    """To stdout, and through a name that leads to a device which is always full."""
    template, link = papers.file("facts.xml", papers.facts()), os.path.join(papers.FOLDER, "device.pdf")
    if not os.path.lexists(link):
        os.symlink("/dev/full", link)
    with open("/dev/full", "wb") as full:
        for run in (papers.Run(["render", template, "-o", "-"], stdout=full), papers.Run(["render", template, "-o", link])):
            same("exit status", run.status, 5)
            same("messages", len(re.findall(r"错误 E\d", run.messages)), 1)
    same("what the name leads to", os.readlink(link), "/dev/full")


@check
def all_broken_pictures_are_told_at_once():
    """A photograph cut off by a bad copy is known when it is decoded; the clerk hears of all of them in one run."""
    whole = pictures.jpeg()
    names = ["甲.jpg", "乙.jpg", "丙.jpg"]
    for name, share in zip(names, (0.5, 1, 0.7)):
        path = papers.file(f"broken/{name}", "")
        with open(path, "wb") as out:
            out.write(whole[:int(len(whole) * share)])
    template = papers.file("broken/broken.xml", papers.template(*(f'<figure src="{name}"/>\n<pagebreak/>\n' for name in names)))
    where = os.path.dirname(template)
    run = papers.Run(["render", template, "-d", where, "--date", "2024-06-30", "-o", f"{where}/out.pdf"])
    same("exit status", run.status, 2)
    same("messages", [name for name in names if f"“{name}”" in run.messages and "E360" in run.messages], ["甲.jpg", "丙.jpg"])
    same("a paper is left", os.path.exists(f"{where}/out.pdf"), False)
