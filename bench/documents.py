"""documents.py OUT INPUTS     templates, Typst inputs, fonts and batch in OUT, from INPUTS (../shared/bench/peers)

The documents M and L become wenyin templates here: body_m.txt is prose without figures, so it is turned into elements by
rule instead of being copied by hand. Tables and charts stay with the CSVs. S is written out in S.xml; B is S for each of
a hundred townships."""
import os
import re
import shutil
import sys
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
    <csv id="台账" files="{table}" key="序号"/>
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


def elements(body):
    """One body of M: its prose and its three charts."""
    parts, chapters = [], 0
    for line in filter(None, body.split("\n")):
        marks, text = re.match("(#*) *(.*)", line).groups()
        if marks == "#":
            chapters += 1
            if 2 <= chapters <= 4:
                parts.append(f"  {CHARTS[chapters - 2]}\n")
        tag = f"h{len(marks)}" if marks else "p"
        text = NUMBER.sub("", text) if marks else text
        parts.append(f"  <{tag}>{escape(text).replace('{', '{{').replace('}', '}}')}</{tag}>\n")
    return "".join(parts)


def template_long(body, copies, table):
    """body: the text of body_m.txt; M is one copy of it, L eight."""
    return HEAD.replace("{table}", table) + copies * elements(body) + TAIL


def template_batch(single):
    """B: the paper S for each id of batch.csv; the ids of the figures are in the names of their files."""
    return (single.replace('version="1"', 'version="1" each="id"', 1).replace('    <param name="编号" default="S"/>\n', "")
            .replace('S_rows.csv" key="类别"', '{id}_rows.csv" key="id,类别"').replace("|其中 id=编号", ""))


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def prepare_fonts(out):
    """The best case for the peers: five faces in sight (shared/bench/peers/README.md)."""
    for face in FANDOL:
        link = f"{out}/fonts/Fandol{face}.otf"
        if not os.path.lexists(link):
            os.symlink(f"{HERE}/../fonts/files/Fandol{face}.otf", link)
    write(f"{out}/fonts.conf", FONTS_CONF.format(fonts=f"{out}/fonts", out=out))


def prepare_batch(out):
    """A folder with the figures of the hundred reports alone."""
    os.makedirs(f"{out}/batch", exist_ok=True)
    lines = [line for line in read(f"{out}/data/batch.csv").splitlines() if not line.startswith("S,")]
    ids = [line.split(",")[0] for line in lines[1:]]
    write(f"{out}/batch/batch.csv", "\n".join(lines) + "\n")
    write(f"{out}/batch.ids", "\n".join(ids) + "\n")
    for name in ids:
        shutil.copyfile(f"{out}/data/{name}_rows.csv", f"{out}/batch/{name}_rows.csv")
    return ids


def prepare(out, inputs):
    for folder in ("fonts", "typst", "home", "template"):
        os.makedirs(f"{out}/{folder}", exist_ok=True)
    prepare_fonts(out)
    shutil.copyfile(f"{inputs}/typst/report.typ", f"{out}/typst/report.typ")
    shutil.copyfile(f"{inputs}/latex/preamble.tex", f"{out}/tex/preamble.tex")
    for doc in ["S", "M", "L", *prepare_batch(out)]:
        write(f"{out}/typst/{doc}.typ", f'#import "/typst/report.typ": report\n#report("{doc}")\n')
    single, body = read(f"{HERE}/S.xml"), read(f"{inputs}/body_m.txt")
    for doc, text in {"S": single, "B": template_batch(single), "M": template_long(body, 1, "m_table.csv"),
                      "L": template_long(body, 8, "l_table.csv")}.items():
        write(f"{out}/template/{doc}.xml", text)


if __name__ == "__main__":
    prepare(*sys.argv[1:])
