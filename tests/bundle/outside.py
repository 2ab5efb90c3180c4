"""PDFs that are not ours, made by programs of others or written by hand, and the comparison of pages as pictures."""
import functools
import os
import re
import zlib

import judge
import papers
from judge import ask, need, same


def path(name):
    folder = os.path.join(papers.FOLDER, "外来")
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, name)


def written(name, objects):
    """Objects 1, 2 …, the first the catalogue; text or bytes."""
    out, places = b"%PDF-1.6\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content if isinstance(content, bytes) else content.encode())
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path(name), "wb") as file:
        file.write(out)
    return path(name)


def stream(content, more=""):
    return f"<< /Length {len(content)} {more}>>\nstream\n{content}\nendstream"


@functools.lru_cache(maxsize=None)
def drawing():
    """By ghostscript: an A3 sheet that lies, one of A4, and a small one."""
    program = ("<< /PageSize [1191 842] >> setpagedevice /Helvetica 40 selectfont 100 700 moveto (Drawing A3) show "
               "1 0 0 setrgbcolor 200 200 600 300 rectfill showpage "
               "<< /PageSize [595 842] >> setpagedevice /Times-Roman 30 selectfont 100 700 moveto (Sheet A4) show showpage "
               "<< /PageSize [300 200] >> setpagedevice /Courier 20 selectfont 20 100 moveto (Small) show showpage")
    ask("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={path('drawing.pdf')}", "-c", program)
    return path("drawing.pdf")


@functools.lru_cache(maxsize=None)
def rotated():
    """By qpdf, from a paper of ours: every turn, one page cut down."""
    source = papers.paper("turned", papers.template(*(papers.element("p", papers.Dice(i).han(600)) for i in range(5))))
    ask("qpdf", source, "--rotate=+90:1", "--rotate=180:2", "--rotate=270:3", "--", path("rotated.pdf"))
    return path("rotated.pdf")


@functools.lru_cache(maxsize=None)
def inherited():
    """Everything that a page can have from above it, over two nodes; its box begins anywhere."""
    return written("inherited.pdf", [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 2 /MediaBox [-50 -30 350 470] /Resources << /Font << /F 7 0 R >> >> >>",
        "<< /Type /Pages /Parent 2 0 R /Kids [4 0 R 5 0 R] /Count 2 /Rotate 90 /CropBox [0 0 300 400] >>",
        "<< /Type /Page /Parent 3 0 R /Contents [6 0 R 8 0 R] >>",
        "<< /Type /Page /Parent 3 0 R /Contents 6 0 R /Rotate 0 /UserUnit 2 >>",
        stream("q BT /F 30 Tf 40 200 Td (Inherited) Tj ET 1 0 0 1 10 10 cm"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream("0 0.5 0 rg 0 0 50 50 re f Q 0 0 1 rg 100 100 30 30 re f")])


@functools.lru_cache(maxsize=None)
def filled_in():
    """A form with a field that is filled in, a box that is ticked, a stamp, one that is hidden; and links."""
    look = stream("0.8 g 0 0 200 30 re f 0 g BT /F 18 Tf 4 8 Td (Filled in) Tj ET",
                  "/Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F 9 0 R >> >> ")
    tick = stream("0 0 10 10 re f", "/Subtype /Form /BBox [0 0 10 10] /Matrix [2 0 0 2 0 0] ")
    return written("form.pdf", [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R] >> /OpenAction 14 0 R "
        "/Names << /Dests << /Names [(there) [4 0 R /XYZ 0 400 null]] >> /JavaScript << /Names [(a) 14 0 R] >> >> "
        "/PageLabels << /Nums [0 << /P (outside) >>] >> /Outlines 15 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 400 500] /Resources << /Font << /F 9 0 R >> >> >>",
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [6 0 R 7 0 R 10 0 R 11 0 R 12 0 R 13 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
        stream("BT /F 24 Tf 40 440 Td (A form) Tj ET"),
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Filled in) /F 4 /Rect [40 300 240 330] /AP << /N 8 0 R >> >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /T (tick) /V /On /AS /On /F 4 /Rect [40 260 60 280] "
        "/AP << /N << /On 16 0 R >> >> >>",
        look,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Annot /Subtype /Stamp /F 6 /Rect [300 300 320 320] /AP << /N 16 0 R >> >>",
        "<< /Type /Annot /Subtype /Link /Rect [40 430 200 470] /Border [0 0 2] /C [0 0 1] /F 4 /Dest (there) >>",
        "<< /Type /Annot /Subtype /Link /Rect [40 200 200 230] /Border [0 0 0] /F 4 /A << /S /URI /URI (http://example.org) >> >>",
        "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [200 100 360 180] /AP << /N 16 0 R >> >>",
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<< /Type /Outlines /Count 0 >>",
        tick])


@functools.lru_cache(maxsize=None)
def locked_for_owners():
    """May be read by everybody, not changed."""
    ask("qpdf", drawing(), "--encrypt", "", "secret", "256", "--", path("owner.pdf"))
    return path("owner.pdf")


def one_page(name, contents):
    return written(name, ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>",
                          "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>", contents])


@functools.lru_cache(maxsize=None)
def cut_off():
    """Its contents end too early."""
    packed = zlib.compress(b"0 0 50 50 re f 1 0 0 rg 60 60 90 90 re f " * 20)[:-6]
    return one_page("cut.pdf", b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))


def bomb():
    """Contents of a quarter of a megabyte that unpack to a thousand times as much."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1000000) for _ in range(300)) + packer.flush()
    return one_page("bomb.pdf", b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))


def refused():
    """-> [(path, the code of its message)]"""
    ask("qpdf", drawing(), "--encrypt", "user", "owner", "256", "--", path("locked.pdf"))
    ask("qpdf", "--empty", path("empty.pdf"))
    with open(drawing(), "rb") as file:
        content = file.read()
    for name, changed in (("half.pdf", content[:len(content) // 2]), ("text.pdf", "不是".encode()), ("none.pdf", b"")):
        with open(path(name), "wb") as file:
            file.write(changed)
    return [(path("text.pdf"), "E571"), (path("none.pdf"), "E571"), (path("locked.pdf"), "E572"), (path("half.pdf"), "E573"),
            (path("empty.pdf"), "E574")]


# ---------------------------------------------------------------- pictures of pages

DPI = 50


def picture(pdf, page):
    """As a viewer shows it: cut and turned."""
    data = ask("pdftoppm", "-r", str(DPI), "-cropbox", "-f", str(page), "-l", str(page), pdf, binary=True)
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    return (int(head[1]), int(head[2])), data[head.end():]


def same_picture(what, found, wanted):
    same(f"size of {what}", found[0], wanted[0])
    off = sum(abs(a - b) > 24 for a, b in zip(found[1], wanted[1]))
    need(off <= len(wanted[1]) // 2000, f"{what}: {off} of {len(wanted[1])} samples differ")


def page_count(pdf):
    return int(re.search(r"^Pages: +(\d+)", ask("pdfinfo", pdf), re.MULTILINE)[1])


def same_pages(volume, first, source):
    """Pages of the volume from `first` (from 0) look like those of the source."""
    count = page_count(source)
    for index in range(count):
        same_picture(f"page {index + 1} of {os.path.basename(source)}", picture(volume, first + index + 1),
                     picture(source, index + 1))
    return count


def is_wrong(function):
    """The measure has teeth."""
    try:
        function()
    except judge.Wrong:
        return True
    return False
