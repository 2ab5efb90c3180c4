"""documents.py prepare OUT PEERS DOCS     templates, Typst inputs, fonts in OUT
documents.py verify OUT DOC PDF PAGES     is the PDF the paper that gen.py describes? prints what it lacks

Document M of shared/bench/peers becomes a wenyin template here: body_m.txt is prose without figures, so it is turned into
elements by rule instead of being copied by hand. Tables and charts stay with the CSVs. S is written out in S.xml."""
import csv
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
FANDOL = "Fang-Regular Song-Regular Song-Bold Hei-Regular Kai-Regular".split()
# FandolSong-Bold claims weight 400: without the rule it wins over the Regular.
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{out}/fontconfig</cachedir>
<match target="scan"><test name="postscriptname"><string>FandolSong-Bold</string></test>
<edit name="weight" mode="assign"><const>bold</const></edit></match></fontconfig>
"""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<report form="汇报" version="1">
  <data>
    <csv id="乡镇" files="c_bar.csv" key="乡镇"/>
    <csv id="逐月" files="c_line.csv" key="月份"/>
    <csv id="状态" files="c_stack.csv" key="类别"/>
    <csv id="台账" files="m_table.csv" key="序号"/>
  </data>
  <title>乡镇农村人居环境整治工作情况报告</title>
  <to>县农村人居环境整治工作领导小组：</to>
"""

# One before each of the level 1 headings 2, 3 and 4, as in gen.py.
CHARTS = [
    '<chart kind="柱" of="乡镇" by="乡镇" value="发现问题,已整改" caption="各乡镇发现与整改问题数" unit="件" height="78mm"/>',
    '<chart kind="折线" of="逐月" by="月份" value="整改率,满意度" caption="逐月整改率与群众满意度" unit="%" height="78mm"/>',
    '<chart kind="堆叠" of="状态" by="类别" value="已完成,整改中,未启动" caption="各类问题整改状态" unit="件" height="78mm"/>',
]

TAIL = """  <table of="台账" caption="各村问题整改台账">
    <col head="序号" value="台账.序号"/>
    <col head="村（社区）" value="村"/>
    <col head="问题类别" value="问题类别"/>
    <col head="发现数" value="发现数"/>
    <col head="整改数" value="整改数"/>
    <col head="整改率" value="整改率|百分比 1"/>
    <col head="责任单位" value="责任单位"/>
    <col head="完成时限" value="完成时限"/>
  </table>
  <sign unit="三塘镇人民政府" date="2026年11月21日"/>
</report>
"""

NUMBER = re.compile("^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")  # wenyin numbers headings itself


def template_m(body):
    """body: the text of body_m.txt; returns the template."""
    parts, chapters = [HEAD], 0
    for line in filter(None, body.split("\n")):
        marks, text = re.match("(#*) *(.*)", line).groups()
        if marks == "#":
            chapters += 1
            if 2 <= chapters <= 4:
                parts.append(f"  {CHARTS[chapters - 2]}\n")
        tag = f"h{len(marks)}" if marks else "p"
        text = NUMBER.sub("", text) if marks else text
        parts.append(f"  <{tag}>{escape(text).replace('{', '{{').replace('}', '}}')}</{tag}>\n")
    return "".join(parts) + TAIL


def prepare(out, peers, docs):
    """The best case for Typst: five faces in sight (shared/bench/peers/README.md)."""
    for folder in ("fonts", "typst", "pdf", "home", "template"):
        os.makedirs(f"{out}/{folder}", exist_ok=True)
    for face in FANDOL:
        link = f"{out}/fonts/Fandol{face}.otf"
        if not os.path.lexists(link):
            os.symlink(f"{HERE}/../fonts/files/Fandol{face}.otf", link)
    with open(f"{out}/fonts.conf", "w", encoding="utf-8") as file:
        file.write(FONTS_CONF.format(fonts=f"{out}/fonts", out=out))
    shutil.copyfile(f"{peers}/typst/report.typ", f"{out}/typst/report.typ")
    for doc in docs.split(","):
        with open(f"{out}/typst/{doc}.typ", "w", encoding="utf-8") as file:
            file.write(f'#import "/typst/report.typ": report\n#report("{doc}")\n')
    shutil.copyfile(f"{HERE}/S.xml", f"{out}/template/S.xml")
    with open(f"{peers}/body_m.txt", encoding="utf-8") as body, \
            open(f"{out}/template/M.xml", "w", encoding="utf-8") as file:
        file.write(template_m(body.read()))


def row_text(row):
    """A text has no total: where gen.py puts a dash into the total row, wenyin leaves the cell blank."""
    return "".join(cell for cell in row if row[0] != "合计" or cell != "—")


def expected(out, doc):
    """What the paper must say: the texts of the neutral description, and each row of its tables."""
    for element in ElementTree.parse(f"{out}/data/{doc}.xml").getroot().iter():
        if element.tag in ("title", "to", "p", "h1", "h2"):
            yield element.text
        elif element.tag == "sign":
            yield from element.attrib.values()
        elif element.tag in ("table", "chart"):
            yield element.get("caption")
        if element.tag == "table":
            with open(f"{out}/data/{element.get('src')}", newline="", encoding="utf-8") as rows:
                yield from (row_text(row) for row in csv.reader(rows))


def verify(out, doc, pdf, pages):
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    count = int(re.search(r"^Pages: +(\d+)", info, re.M).group(1))
    if str(count) not in pages.split(","):
        print(f"{pdf} has {count} pages, not {pages}")
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    text = re.sub(r"\s", "", re.sub(r"(?m)^\f?— ?\d+ ?—$", "", text))
    for part in expected(out, doc):
        if re.sub(r"\s", "", part) not in text:
            print(f"{pdf} lacks: {part}")


if __name__ == "__main__":
    {"prepare": prepare, "verify": verify}[sys.argv[1]](*sys.argv[2:])
