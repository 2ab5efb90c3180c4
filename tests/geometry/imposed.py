"""`wenyin impose` and `--long`: every glyph of a print file stands where its page has it, by MuPDF; order, scale, turns, stamps,
copies; and the one long picture."""
import os
import re
import struct
import zlib

import judge
import papers
from forms import form, masthead, text
from judge import MM, check, near, need, same

A4, A3 = (210.0, 297.0), (297.0, 420.0)


def impose(name, *arguments, messages=""):
    output = os.path.join(papers.FOLDER, f"{name}.pdf")
    run = papers.Run(["impose", *arguments, "-o", output])
    run.succeed()
    same(f"messages of {name}", re.sub("“[^”]*/", "“", run.messages), messages)
    need("No syntax or stream encoding errors" in judge.ask("qpdf", "--check", output), f"qpdf --check {name}")
    return output


def numbered(count, *blocks):
    """A paper of so many pages, each with a text of its own."""
    dice = papers.Dice(100 + count)
    pages = ["".join(papers.element("p", dice.han(70)) for _ in range(3)) for _ in range(count)]
    return papers.paper(f"numbered{count}{len(blocks)}", papers.template("<pagebreak/>\n".join(pages), *blocks))


def official(name, paragraphs):
    return papers.paper(name, form("公文", masthead(), "<title>关于整治的通知</title>\n", "<to>各村：</to>\n", text(paragraphs),
                                   '<imprint copy-to="县农业农村局" issuer="洋江镇党政办公室" date="2024年6月30日"/>\n'))


def sizes(pdf):
    """Paper of each page in mm, as it is, and /Rotate."""
    rows = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+) pts", judge.ask("pdfinfo", "-f", "1", "-l", "99999", pdf))
    return [(float(width) * MM, float(height) * MM) for width, height in rows]


def upright(glyph, scale, left, top):
    return left + glyph.x * scale, top + glyph.baseline * scale


def same_glyphs(what, found, wanted):
    """`wanted`: character, and where it stands."""
    same(f"characters of {what}", "".join(g.char for g in found), "".join(char for char, _ in wanted))
    for glyph, (char, (x, y)) in zip(found, wanted):
        near(f"{what}: x of {char}", glyph.x, x, 0.02)
        near(f"{what}: baseline of {char}", glyph.baseline, y, 0.02)


def side_of(pages, cells):
    """What a side must show: page numbers (None: blank) with scale and corner."""
    return [(glyph.char, upright(glyph, scale, left, top)) for number, scale, left, top in cells if number is not None
            for glyph in pages[number]]


def folded(count, last_ends=False):
    """Sides of the booklet as (left, right), worked out by numbering the leaves of the folded pile."""
    places = -(-count // 4) * 4
    reading = list(range(count)) + [None] * (places - count)
    if last_ends:
        reading = reading[:count - 1] + [None] * (places - count) + [count - 1]
    sides = []
    for sheet in range(places // 4):
        outer = 2 * sheet
        sides.append((reading[places - 1 - outer], reading[outer]))
        sides.append((reading[outer + 1], reading[places - 2 - outer]))
    return sides


@check
def booklets_hold_every_page_in_its_place():
    for count in (1, 2, 4, 5, 8, 10, 13):
        paper = numbered(count)
        pages, sheets = judge.pages(paper), impose(f"booklet{count}", paper, "--booklet")
        same("pages", len(pages), count)
        sides = judge.pages(sheets)
        same("sides", len(sides), -(-count // 4) * 2)
        for width, height in sizes(sheets):
            near("width", width, A3[1], 0.01)
            near("height", height, A3[0], 0.01)
        for number, (left, right) in enumerate(folded(count)):
            same_glyphs(f"side {number + 1} of {count} pages", sides[number],
                        side_of(pages, [(left, 1, 0, 0), (right, 1, 210, 0)]))


@check
def blanks_of_a_booklet_stand_before_the_imprint():
    paper = official("imprinted", 19)  # the text ends on an odd page: the 版记 has a page of its own
    pages = judge.pages(paper)
    same("pages", len(pages), 6)
    need("抄送" in "".join(g.char for g in pages[-1]), "the last page holds no 版记")
    sides = judge.pages(impose("imprintbooklet", paper, "--booklet"))
    for number, (left, right) in enumerate(folded(6, last_ends=True)):
        same_glyphs(f"side {number + 1}", sides[number], side_of(pages, [(left, 1, 0, 0), (right, 1, 210, 0)]))
    # of anybody else's paper they come at the end
    foreign = os.path.join(papers.FOLDER, "foreignimprint.pdf")
    judge.ask("gs", "-q", "-sDEVICE=pdfwrite", f"-sOutputFile={foreign}", "-dNOPAUSE", "-dBATCH", paper)
    text_of = [judge.bare(judge.poppler_text(impose("foreignbooklet", foreign, "--booklet"), "-f", "1", "-l", "1"))]
    need("抄送" not in text_of[0] and "洋江镇人民政府" in text_of[0], "the 版记 of a foreign paper")


@check
def an_imprint_below_text_is_told():
    paper = official("below", 4)
    same("pages", len(judge.pages(paper)), 2)
    warning = "wenyin: 警告 W570: “below.pdf”：空白页 2 面排在第 2 页（版记页）前，那一页上还有正文\n" \
              "      = 提示: 把材料增减到页数是 4 的倍数，正文就不会隔开\n"
    sides = judge.pages(impose("belowbooklet", paper, "--booklet", messages=warning))
    need("抄送" in "".join(g.char for g in sides[0]), "the 版记 is not on the outside")


@check
def pages_beside_one_another():
    paper = numbered(5)
    pages, half = judge.pages(paper), 148.5 / 210
    low = 210 / 297  # what the height allows is a little less than what the width does
    scale = min(half, low)
    for name, arguments, per, sheet, grid in (
            ("two", ["--nup", "2"], 2, (297, 210), [(scale, 0, 0), (scale, 148.5, 0)]),
            ("twolarge", ["--nup", "2", "--paper", "A3"], 2, (420, 297), [(1, 0, 0), (1, 210, 0)]),
            ("four", ["--nup", "4"], 4, (210, 297), [(0.5, x, y) for y in (0, 148.5) for x in (0, 105)]),
            ("fourlarge", ["--nup=4", "--paper=A3"], 4, (297, 420), [(scale, x, y) for y in (0, 210) for x in (0, 148.5)])):
        sheets = impose(name, paper, *arguments)
        sides = judge.pages(sheets)
        same(f"sides of {name}", len(sides), -(-5 // per))
        for (width, height), glyphs, first in zip(sizes(sheets), sides, range(0, 5, per)):
            near("width", width, sheet[0], 0.01)
            near("height", height, sheet[1], 0.01)
            cells = []
            for number, (size, left, top) in zip(range(first, min(first + per, 5)), grid):
                spare = (148.5 if size == scale else 210 * size) - 210 * size, (210 if size == scale else 297 * size) - 297 * size
                cells.append((number, size, left + spare[0] / 2, top + spare[1] / 2))
            same_glyphs(f"{name} from page {first + 1}", glyphs, side_of(pages, cells))


@check
def papers_begin_on_a_front():
    odd, single = numbered(5), numbered(1)
    for name, arguments, wanted in (("fronts", ["--nup", "1"], [5 * "x" + ".", "x."]), ("fronts2", ["--nup", "2"], ["xxx.", "x"])):
        sides = judge.pages(impose(name, odd, single, *arguments))
        same(f"sides of {name}", "".join("x" if side else "." for side in sides), "".join(wanted))


@check
def backs_turn_over_with_the_printer():
    paper = numbered(8)
    usual, other = impose("short", paper, "--booklet", "--duplex=short"), impose("long", paper, "--booklet", "--duplex=long")
    for number, (one, two) in enumerate(zip(judge.pages(usual), judge.pages(other))):
        wanted = [(g.char, (420 - g.x, 297 - g.baseline) if number % 2 else (g.x, g.baseline)) for g in one]
        same_glyphs(f"side {number + 1}", two, wanted)
    for pdf, edge in ((usual, "Short"), (other, "Long"), (impose("upright", paper, "--nup", "1"), "Long"),
                      (impose("acrosstwo", paper, "--nup", "2"), "Short"), (paper, "Long")):
        preferences = judge.Objects(pdf).root["/ViewerPreferences"]
        same(f"/Duplex of {os.path.basename(pdf)}", preferences["/Duplex"], f"/DuplexFlip{edge}Edge")
        same("/PrintScaling", preferences["/PrintScaling"], "/None")


@check
def turned_pages_come_back_to_their_sheet():
    table = "<table orientation=\"横\"><tr><td>村名</td><td>数量</td></tr>\n<tr><td>长塘村</td><td>42</td></tr></table>\n"
    paper = numbered(1, table, papers.element("p", papers.Dice(5).han(40)))
    same("turned pages", judge.turned_pages(paper), {2})
    flat = os.path.join(papers.FOLDER, "flat.pdf")
    judge.ask("qpdf", paper, "--rotate=0:2", flat)
    pages, sides = judge.pages(flat), judge.pages(impose("turnedbooklet", paper, "--booklet"))
    for number, (left, right) in enumerate(folded(3)):
        same_glyphs(f"side {number + 1}", sides[number], side_of(pages, [(left, 1, 0, 0), (right, 1, 210, 0)]))


# ---------------------------------------------------------------- papers of others

def foreign(name, *pages):
    """A small PDF: for each page its attributes, its content, and objects of its own (from number 100 on)."""
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", 3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
               2: f"<< /Type /Pages /Rotate 0 /Resources << /Font << /F 3 0 R >> >> /Count {len(pages)} "
                  f"/Kids [{' '.join(f'{10 + 2 * i} 0 R' for i in range(len(pages)))}] >>"}
    for i, (attributes, letters, *extra) in enumerate(pages):
        content = f"BT /F 20 Tf 100 200 Td ({letters}) Tj ET"
        objects[10 + 2 * i] = f"<< /Type /Page /Parent 2 0 R /Contents {11 + 2 * i} 0 R {attributes} >>"
        objects[11 + 2 * i] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
        for number, body in enumerate(extra):
            objects[100 + number] = body
    out, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    out += b"".join(f"{number} 1\n{place:010d} 00000 n \n".encode() for number, place in places.items())
    out += f"trailer << /Size {max(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path = os.path.join(papers.FOLDER, f"{name}.pdf")
    with open(path, "wb") as file:
        file.write(out)
    return path


WIDE, HIGH = 595.28, 841.89


@check
def boxes_and_turns_of_others_are_honoured():
    upright_page, lying = f"/MediaBox [0 0 {WIDE} {HIGH}]", f"/MediaBox [0 0 {HIGH} {WIDE}]"
    wanted = {  # where the letter at (100, 200) comes on an A4 sheet, in points from its lower left corner
        "u": (upright_page, (100, 200)),
        "r": (upright_page + " /Rotate 90", (100, 200)),               # shown lying, turned back
        "l": (lying + " /Rotate 90", (200, HIGH - 100)),               # shown upright: stays as shown
        "m": (lying + " /Rotate -90", (WIDE - 200, 100)),
        "h": (upright_page + " /Rotate 180", (WIDE - 100, HIGH - 200)),
        "w": (lying, (WIDE - 200, 100)),                               # lies: reads from bottom to top
        "c": (f"/MediaBox [-50 -50 900 1200] /CropBox [20 30 {WIDE + 20} {HIGH + 30}]", (80, 170)),
        "b": (f"/MediaBox [{WIDE} {HIGH} 0 0]", (100, 200)),
        "s": ("/MediaBox [0 0 400 600]", (100 + (WIDE - 400) / 2, 200 + (HIGH - 600) / 2)),  # smaller: in the middle
        "x": ("/MediaBox [0 0 300 420.945] /UserUnit 2", (200 - 2.36, 400)),
    }
    pages = [(attributes, letter) for letter, (attributes, _) in wanted.items()]
    sides = judge.pages(impose("foreignone", foreign("foreign", *pages), "--nup", "1", messages=(
        "wenyin: 警告 W571: “foreign.pdf”第 10 页（212×297 毫米）比 A4 大，缩到 99%（这样的共 1 页）\n")))
    for glyphs, (letter, (_, (x, y))) in zip(sides, wanted.items()):
        same("letter", glyphs[0].char, letter)
        tolerance = 1.5 if letter == "x" else 0.05
        near(f"x of {letter}", glyphs[0].x, x * MM, tolerance)
        near(f"y of {letter}", glyphs[0].baseline, (HIGH - y) * MM, tolerance)


@check
def slides_lie_on_top_of_one_another():
    slides = foreign("slides", *((f"/MediaBox [0 0 {HIGH} {WIDE}]", letter) for letter in "abcd"))
    sheets = impose("slidestwo", slides, "--nup", "2")
    near("width", sizes(sheets)[0][0], 210, 0.01)
    first, second = judge.pages(sheets)[0]
    same("order", first.char + second.char, "ab")
    near("one above the other", second.baseline - first.baseline, 148.5, 0.05)
    sheets = impose("slidesfour", slides, "--nup", "4")
    near("width", sizes(sheets)[0][0], 297, 0.01)
    a, b, c, d = judge.pages(sheets)[0]
    same("order", a.char + b.char + c.char + d.char, "abcd")
    need(a.x < b.x and abs(a.baseline - b.baseline) < 0.01 and c.baseline > a.baseline and abs(a.x - c.x) < 0.01, "not row by row")


@check
def stamps_print_and_notes_do_not():
    """A seal is an annotation: it must not be lost; what viewers only show stays away."""
    def stream(letter):
        content = f"BT /F 10 Tf 2 2 Td ({letter}) Tj ET"
        return ("<< /Type /XObject /Subtype /Form /BBox [0 0 50 20] /Matrix [1 0 0 1 7 7] "
                f"/Resources << /Font << /F 3 0 R >> >> /Length {len(content)} >>\nstream\n{content}\nendstream")
    page = (f"/MediaBox [0 0 {WIDE} {HIGH}] /Annots [<< /Type /Annot /Subtype /Stamp /F 4 /Rect [300 400 400 440] /AP << /N 100 0 R >> >> "
            "<< /Type /Annot /Subtype /Stamp /F 0 /Rect [0 0 50 20] /AP << /N 101 0 R >> >> "
            "<< /Type /Annot /Subtype /Stamp /F 6 /Rect [0 0 50 20] /AP << /N 101 0 R >> >> "
            "<< /Type /Annot /Subtype /Widget /F 4 /Rect [100 600 150 620] /AS /On /AP << /N << /On 102 0 R /Off 101 0 R >> >> >>]")
    stamped = foreign("stamped", (page, "p", stream("S"), stream("X"), stream("W")))
    glyphs = judge.pages(impose("stampedbooklet", stamped, "--booklet"))[0]
    same("what is printed", [g.char for g in glyphs], ["p", "S", "W"])
    _, stamp, field = glyphs
    near("x of the stamp", stamp.x, 210 + (300 + 2 * 2) * MM, 0.05)  # drawn twice as large
    near("y of the stamp", stamp.baseline, 297 - (400 + 2 * 2) * MM, 0.05)
    near("size of the stamp", stamp.size, 20, 0.01)
    near("x of the field", field.x, 210 + 102 * MM, 0.05)


# ---------------------------------------------------------------- copies

@check
def copies_follow_their_slips():
    paper = numbered(3)
    pages = ["".join(g.char for g in page) for page in judge.pages(paper)]
    units = papers.file("名单.csv", "各单位份数\n单位,份数\n长塘村村委会,3\n前江村村委会,0\n县农业农村局,2\n合计,5\n")
    printed = impose("copies", paper, "--copies-by", units)
    sides = ["".join(g.char for g in side) for side in judge.pages(printed)]
    wanted = []
    for unit, count in (("长塘村村委会", 3), ("县农业农村局", 2)):
        slip = sides[len(wanted)]
        need(f"送：{unit}" in slip and f"共{count}份" in slip, f"slip {slip!r}")
        wanted += [slip, ""] + (pages + [""]) * count
    same("sides", sides, wanted)
    many = impose("manycopies", paper, "--copies-by", papers.file("多.csv", "单位,份数\n长塘村村委会,1000\n"))
    grown = (os.path.getsize(many) - os.path.getsize(printed)) / 995 / 4
    need(grown < 40, f"a page of a copy takes {grown:.0f} bytes")
    booklet = [len(side) > 0 for side in judge.pages(impose("copiesbooklet", paper, "--booklet", "--copies-by", units))]
    same("sides of the booklets", booklet, [True, False] + [True, True] * 3 + [True, False] + [True, True] * 2)


@check
def titles_that_cannot_be_set_are_left_out():
    page = f"/MediaBox [0 0 {WIDE} {HIGH}]"
    units = papers.file("题.csv", "单位,份数\n长塘村村委会,1\n")
    for name, title, shown in (("titled", "/Title (Letter)", "Letter"), ("untitled", "/Title <FEFF00410001D83DDE00>", "")):
        path = foreign(name, (page, "p", f"<< {title} >>"))
        with open(path, "rb") as file:
            content = file.read().replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 100 0 R")
        with open(path, "wb") as file:
            file.write(content)
        slip = "".join(g.char for g in judge.pages(impose(name + "copies", path, "--copies-by", units))[0])
        same(f"slip of {name}", slip, f"送：长塘村村委会共1份{shown}第1个单位，共1个")


@check
def the_same_print_file_every_time():
    paper = numbered(5)
    units = papers.file("同.csv", "单位,份数\n长塘村村委会,2\n")
    for arguments in (["--booklet"], ["--nup", "4"], ["--copies-by", units]):
        one, two = (open(impose(f"again{i}", paper, *arguments), "rb").read() for i in range(2))
        need(one == two, f"{arguments} differ")


# ---------------------------------------------------------------- the long picture

def pixels(path):
    """Rows of an RGB PNG of 8 bits, as Cairo writes them."""
    with open(path, "rb") as file:
        data = file.read()
    at, packed, width, height = 8, b"", 0, 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", data[at + 8:at + 18])
            same("depth and colours", (depth, colours), (8, 2))
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    raw, rows, above = zlib.decompress(packed), [], bytes(width * 3)
    for y in range(height):
        kind, row = raw[y * (width * 3 + 1)], bytearray(raw[y * (width * 3 + 1) + 1:(y + 1) * (width * 3 + 1)])
        if kind:
            for i in range(width * 3):
                left, up, corner = row[i - 3] if i > 2 else 0, above[i], above[i - 3] if i > 2 else 0
                guess = left + up - corner
                nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
                row[i] = (row[i] + (left, up, (left + up) // 2, nearest)[kind - 1]) & 255
        above = bytes(row)
        rows.append(above)
    return rows


@check
def the_long_picture_holds_all_pages():
    paper = numbered(3)
    template = paper.replace(".pdf", ".xml")
    single, whole = os.path.join(papers.FOLDER, "pages.png"), os.path.join(papers.FOLDER, "long.png")
    papers.Run(["render", template, "--dpi", "36", "-o", single]).succeed()
    papers.Run(["render", template, "--dpi", "36", "--long", "-o", whole]).succeed()
    need(not os.path.exists(whole.replace(".png", "-1.png")), "single pages beside the long picture")
    wanted = []
    for number in range(1, 4):
        rows = pixels(single.replace(".png", f"-{number}.png"))
        wanted += ([bytes([160]) * len(rows[0])] if wanted else []) + rows
    need(pixels(whole) == wanted, "the long picture is not its pages with a rule between")


@check
def turned_pages_read_upright_in_the_long_picture():
    table = "<table orientation=\"横\"><tr><td>村名</td><td>数量</td></tr>\n<tr><td>长塘村</td><td>42</td></tr></table>\n"
    template = numbered(1, table).replace(".pdf", ".xml")
    whole = os.path.join(papers.FOLDER, "longturned.png")
    papers.Run(["render", template, "--dpi", "72", "--long", "-o", whole]).succeed()
    rows = pixels(whole)
    same("size", (len(rows[0]) // 3, len(rows)), (595, 842 + 1 + 421))
    lower = rows[843:]
    dark = [(x, y) for y, row in enumerate(lower) for x in range(0, len(row), 3) if row[x] < 128]
    need(dark and min(y for _, y in dark) > 50 and min(x for x, _ in dark) > 50 * 3, "the table does not lie as it is read")
    widest = max(sum(1 for x in range(0, len(row), 3) if row[x] < 200) for row in lower)
    need(widest > 400, f"its rules are {widest} pixels long")
