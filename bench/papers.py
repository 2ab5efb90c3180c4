"""papers.py clear OUT DOC NAME...             empty folders for the papers of a document
papers.py verify OUT DOC NAME FOLDER CHECK     are they the papers that gen.py describes? notes pages and bytes
papers.py versions WENYIN PEER...              on what all this runs

CHECK: must (what a paper lacks ends the run), may (it is named), same (its text is that of ours)."""
import collections
import csv
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from decimal import ROUND_HALF_UP, Decimal

from documents import NUMBER

PAGES = {"S": (3, 4), "M": (15, 18), "L": (200, 240), "B": (3, 4)}  # of each paper
SHOWN = 5  # of what a paper lacks
VERSIONS = {
    "typst-0.10": "Typst 0.10.0（命令行）",
    "typst-0.14": "Typst 0.14.2（typst-ts-node-compiler 0.7.0，node；B 用两个进程）",
    "pdfmake": "pdfmake 0.3.11（node；B 用两个进程）",
    "weasyprint": "WeasyPrint {weasyprint}（B 用两个进程）",
    "xelatex": "XeLaTeX（TeX Live {texlive-xetex}，一遍；B 两份同时）",
}


def clear(out, doc, *names):
    for path in [f"{out}/tape/{doc}", *(f"{out}/pdf/{name}-{doc}" for name in names)]:
        shutil.rmtree(path, ignore_errors=True)
    for name in names:
        os.makedirs(f"{out}/pdf/{name}-{doc}")


# ---- what the papers must say ----

def rate(found, fixed):
    return f"{(100 * Decimal(fixed) / Decimal(found)).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def rows_of(path, reckoned):
    """A text has no total: where gen.py puts a dash into the total row, wenyin leaves the cell blank. Rates that wenyin
    reckons are rounded half up; gen.py has 61/80 as 76.2 %, half to even."""
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            if reckoned and row[1].isdigit():
                row[3] = rate(row[1], row[2])
            yield "".join(cell for cell in row if row[0] != "合计" or cell != "—")


def expected(out, paper, ours):
    """The texts of the neutral description, and each row of its tables. Eight copies of a heading of L bear one number
    there, wenyin numbers them on."""
    for element in ElementTree.parse(f"{out}/data/{paper}.xml").getroot().iter():
        if element.tag in ("title", "to", "p"):
            yield element.text
        elif element.tag in ("h1", "h2"):
            yield NUMBER.sub("", element.text) if paper == "L" else element.text
        elif element.tag == "sign":
            yield from element.attrib.values()
        elif element.tag in ("table", "chart"):
            yield element.get("caption")
        if element.tag == "table":
            yield from rows_of(f"{out}/data/{element.get('src')}", ours and paper not in "ML")


def text_of(pdf):
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s", "", re.sub(r"(?m)^\f?— ?\d+ ?—$", "", text))


def pages_of(pdf):
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages: +(\d+)", info, re.M).group(1))


def lacking(out, paper, ours, text):
    """What is not there as often as it ought to be."""
    wanted = collections.Counter(re.sub(r"\s", "", part) for part in expected(out, paper, ours))
    return [part for part, times in wanted.items() if text.count(part) < times]


def papers_in(folder):
    return sorted(f"{folder}/{name}" for name in os.listdir(folder) if name.endswith(".pdf"))


def faults(out, doc, name, folder, check):
    pdfs = papers_in(folder)
    if check == "same":
        ours = papers_in(folder.replace(f"/{name}-", "/wenyin-"))
        if sorted(map(text_of, pdfs)) != sorted(map(text_of, ours)):
            yield "not the text of ours"
        return
    names = [doc]
    if doc == "B":
        with open(f"{out}/batch.ids", encoding="utf-8") as file:
            names = file.read().split()
    if [os.path.basename(pdf)[:-4] for pdf in pdfs] != names:
        yield f"{len(pdfs)} papers, not {len(names)}"
        return
    for paper, pdf in zip(names, pdfs):
        yield from (f"{paper} lacks: {part}" for part in lacking(out, paper, check == "must", text_of(pdf)))


def verify(out, doc, name, folder, check):
    found = list(faults(out, doc, name, folder, check))
    pages = [pages_of(pdf) for pdf in papers_in(folder)]
    found += [f"{count} pages, not {PAGES[doc]}" for count in pages if not PAGES[doc][0] <= count <= PAGES[doc][1]]
    for fault in found[:SHOWN]:
        print(f"bench: {name}, {doc}: {fault}", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"bench: {name}, {doc}: {len(found) - SHOWN} more", file=sys.stderr)
    with open(f"{folder}/made", "w", encoding="utf-8") as file:
        file.write(f"{sum(pages)} {sum(map(os.path.getsize, papers_in(folder)))}")
    return 1 if found and check != "may" else 0


# ---- on what it runs ----

def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def package(name):
    return output("dpkg-query", "-W", "-f", "${Version}", name)


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return re.search(r"^model name\s*: (.*)", file.read(), re.M).group(1)


def versions(wenyin, *peers):
    libraries = "、".join(f"{name} {output('pkg-config', '--modversion', module)}" for name, module in (
        ("Cairo", "cairo"), ("Pango", "pango"), ("HarfBuzz", "harfbuzz"), ("qpdf", "libqpdf"), ("zlib", "zlib")))
    names = [re.sub(r"\{(.*)\}", lambda found: package(found.group(1)), VERSIONS[peer]) for peer in peers]
    print(f"{datetime.date.today()}，{os.cpu_count()} 核（{processor()}），Linux {platform.release()}，运行前负载 "
          f"{os.getloadavg()[0]:.1f}；{output(wenyin, '--version').splitlines()[0]}；{libraries}。\n{'；'.join(names)}。\n", flush=True)


if __name__ == "__main__":
    sys.exit({"clear": clear, "verify": verify, "versions": versions}[sys.argv[1]](*sys.argv[2:]))
