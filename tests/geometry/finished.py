"""The file: fonts, metadata, PDF/A keys, pictures, ink, sameness of bytes; and the other formats."""
import glob
import os
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ElementTree

import judge
import papers
import pictures
from judge import ask, check, near, need, same
from sheet import Sheet


# ---------------------------------------------------------------- the file

def fact_paper():
    return papers.paper("facts", papers.facts())


def all_papers():
    return fact_paper(), papers.report(), pictures.paper()


@check
def all_fonts_are_embedded_with_unicode_maps():
    for pdf in all_papers():
        rows = ask("pdffonts", pdf).splitlines()[2:]
        need(len(rows) >= 4, f"{len(rows)} fonts in {os.path.basename(pdf)}")
        for row in rows:
            same(f"emb, sub, uni of {row.split()[0]}", row.split()[-5:-2], ["yes", "yes", "yes"])
            need("DejaVu" not in row, f"there is a DejaVu: {row}")


@check
def qpdf_finds_no_fault():
    for pdf in all_papers():
        need("No syntax or stream encoding errors" in ask("qpdf", "--check", pdf), f"qpdf --check {pdf}")


@check
def metadata_is_filled():
    info = dict(line.split(":", 1) for line in ask("pdfinfo", "-isodates", fact_paper()).splitlines())
    same("title", info["Title"].strip(), "洋江镇整治工作汇报")
    same("author", info["Author"].strip(), "洋江镇人民政府")
    same("creation date", info["CreationDate"].strip()[:10], "2024-06-30")


@check
def subject_is_the_document_number():
    pdf = papers.paper("numbered", papers.template(
        '<masthead issuer="洋江镇人民政府" number="洋政发〔2024〕6号"/>\n', papers.element("title", "关于整治的通知"),
        papers.element("p", papers.Dice(21).han(60))).replace('form="汇报"', 'form="公文"'))
    info = dict(line.split(":", 1) for line in ask("pdfinfo", pdf).splitlines())
    same("subject", info["Subject"].strip(), "洋政发〔2024〕6号")
    objects = judge.Objects(pdf)
    metadata = objects.stream(objects.root["/Metadata"]).decode("utf-8")
    need(re.search("<dc:description>.*洋政发〔2024〕6号", metadata), "XMP lacks the subject")
    need("Subject" not in ask("pdfinfo", fact_paper()), "a paper without 发文字号 has a subject")


@check
def one_picture_twice_on_a_page():
    """Cairo 1.16 lists it twice; neither the user nor a strict reader hears of that."""
    figure = '<figure src="1.jpg" width="50mm"/>\n'
    content = papers.template(papers.element("title", "同一张照片"), figure, papers.element("p", "说明。"), figure)
    output = os.path.join(papers.FOLDER, "twice.pdf")
    run = papers.Run(["render", papers.file("twice.xml", content), "--date", "2024-06-30", "-d", pictures.folder(), "-o", output])
    same("messages", (run.status, run.messages), (0, ""))
    same("pages", len(judge.pages(output)), 1)
    same("pictures", len(ask("pdfimages", "-list", output).splitlines()) - 2, 2)
    need("No syntax or stream encoding errors" in ask("qpdf", "--check", output), "qpdf --check")


@check
def outline_has_the_headings():
    lines = ask("mutool", "show", fact_paper(), "outline").splitlines()
    same("headings in the outline", len(lines), len(papers.OUTLINE))
    for line, heading in zip(lines, papers.OUTLINE):
        need(heading in line, f"the outline has “{line}” instead of “{heading}”")
    need(lines[1].index('"') > lines[0].index('"'), "a heading of level 2 is not below its chapter")


@check
def page_labels_are_the_printed_numbers():
    objects = judge.Objects(fact_paper())
    count = objects.follow(objects.root["/Pages"])["/Count"]
    need(objects.labels, "there are no page labels")
    for page in range(count):
        entry = max((e for e in objects.labels if e["index"] <= page), key=lambda e: e["index"])
        label = entry["label"]
        style, first = label.get("/S"), label.get("/St", 1)
        shown = label.get("/P", "u:")[2:] + (str(first + page - entry["index"]) if style == "/D" else "")
        same(f"digits of label {page + 1}", re.sub(r"\D", "", shown), str(page + 1))


@check
def pdfa_keys_are_there():
    for pdf in all_papers():
        objects = judge.Objects(pdf)
        need(objects.version <= "1.7", f"PDF {objects.version}")
        same("language", objects.root.get("/Lang"), "u:zh-CN")
        need(len(objects.trailer.get("/ID", [])) == 2, "no /ID")
        need("/Encrypt" not in objects.trailer, "encrypted")
        intents = [objects.follow(intent) for intent in objects.follow(objects.root["/OutputIntents"])]
        same("output intents", [intent["/S"] for intent in intents], ["/GTS_PDFA1"])
        same("colours of the ICC profile", objects.follow(intents[0]["/DestOutputProfile"])["/N"], 3)
        metadata = objects.stream(objects.root["/Metadata"]).decode("utf-8")
        for key, value in (("part", "2"), ("conformance", "U")):
            need(re.search(rf'pdfaid:{key}(="|>){value}("|<)', metadata), f"XMP lacks pdfaid:{key} {value}")
        title = re.search("(?m)^Title: +(.*)$", ask("pdfinfo", pdf)).group(1)
        need(title in metadata, "XMP has another title than the information dictionary")


@check
def pdfa_forbids_nothing_that_we_use():
    for pdf in all_papers():
        objects, fonts = judge.Objects(pdf), 0
        for one in objects.dictionaries():
            need(one.get("/Interpolate") is not True, "an image with /Interpolate true")
            need(one.get("/SMask", "/None") == "/None" and "/Mask" not in one, "a mask")
            need(one.get("/ca", 1) == 1 and one.get("/CA", 1) == 1, "something is transparent")
            need(one.get("/S") not in ("/JavaScript", "/Launch"), "an action that runs something")
            need("/LZWDecode" not in str(one.get("/Filter")), "LZW compression")
            need(one.get("/Subtype") != "/Link" or one.get("/F", 0) & 4, "a link that does not print")
            if one.get("/Type") == "/Font" and one["/Subtype"] in ("/Type0", "/TrueType", "/Type1"):
                need("/ToUnicode" in one, f"{one['/BaseFont']} has no ToUnicode")
                fonts += 1
            need(one.get("/Subtype") != "/CIDFontType2" or "/CIDToGIDMap" in one, "TrueType without CIDToGIDMap")
            if one.get("/Type") == "/FontDescriptor":
                need({"/FontFile", "/FontFile2", "/FontFile3"} & set(one), f"{one['/FontName']} is not embedded")
        need(fonts >= 4, f"{fonts} fonts with ToUnicode")


def archival_twin(pdf):
    """A copy that claims PDF/A-1b, the only level that PDFBox judges (engine.md 3.4)."""
    twin = pdf.removesuffix(".pdf") + "-1b.pdf"
    ask("qpdf", "--object-streams=disable", "--force-version=1.4", "--newline-before-endstream", pdf, twin)
    with open(twin, "rb") as file:
        content = file.read()
    for key, ours, theirs in ((b"part", b"[23]", b"1"), (b"conformance", b"[AU]", b"B")):
        content, count = re.subn(rb"(pdfaid:" + key + b">)" + ours, rb"\g<1>" + theirs, content)
        same(f"pdfaid:{key.decode()} in the XMP", count, 1)
    with open(twin, "wb") as file:
        file.write(content)
    return twin


# What 1b asks for beyond 2u: no page groups, and a list of the glyphs in each font.
ONLY_IN_1B = re.compile("2[.]2[.]1 : .*Group has a transparency S entry|3[.]1[.]11 : .*The CIDSet entry is missing")
ATTACHED = re.compile("1[.][24][.][0-9.]+ : .*(EmbeddedFile|EF)")  # only PDF/A-3 takes them


def preflight(pdf, attached=False):
    jars = ":".join(f"/usr/share/java/{name}.jar" for name in (
        "preflight", "xmpbox", "pdfbox2", "fontbox2", "commons-logging", "commons-io", "javax.activation", "jaxb-api"))
    done = subprocess.run(["java", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", archival_twin(pdf)],
                          capture_output=True, text=True)
    faults = re.findall("^[0-9]+[.][0-9.]+ : .*", done.stdout, re.MULTILINE)
    need(any(ONLY_IN_1B.match(fault) for fault in faults), f"PDFBox judges nothing: {(done.stdout + done.stderr)[:300]}")
    others = [fault for fault in faults if not ONLY_IN_1B.match(fault) and not (attached and ATTACHED.match(fault))]
    need(not others, f"{os.path.basename(pdf)}: {others[:3]}")


@check
def pdfbox_finds_no_fault():
    for pdf in all_papers():
        preflight(pdf)


@check
def black_is_k_only():
    pages = ask("gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov", fact_paper()).splitlines()
    for page in pages:
        cyan, magenta, yellow, black = map(float, page.split()[:4])
        same("cyan, magenta, yellow on a page of text", (cyan, magenta, yellow), (0.0, 0.0, 0.0))
        need(black > 0.005, "no black ink")
    need(len(pages) >= 3, "too few pages")


# ---------------------------------------------------------------- pictures

def picture_rows(pdf):
    """Of pdfimages: page, kind, width, height, interpolation, dots an inch across and down"""
    rows = [row.split() for row in ask("pdfimages", "-list", pdf).splitlines()[2:]]
    return [(int(row[0]), row[2], int(row[3]), int(row[4]), row[9], int(row[12]), int(row[13])) for row in rows]


@check
def pictures_have_at_most_300_dpi():
    rows = picture_rows(pictures.paper())
    same("pictures in the paper", len(rows), 7)
    for _, kind, width, height, interpolated, across, down in rows:
        same("kind and interpolation", (kind, interpolated), ("image", "no"))
        need(max(across, down) <= 301, f"{width} × {height} pixels at {across} × {down} dpi")
    figure = max(row[2] for row in rows)
    same("pixels across a figure of 120 mm", figure, int(120 / 25.4 * 300))


@check
def nothing_of_picture_files_but_the_picture():
    pdf = pictures.paper()
    plain = ask("qpdf", "--qdf", "--object-streams=disable", pdf, "-", binary=True)
    root = os.path.join(papers.FOLDER, "picture")
    for old in glob.glob(root + "-*"):
        os.remove(old)
    ask("pdfimages", "-all", pdf, root)
    embedded = sorted(glob.glob(root + "-*"))
    same("pictures taken out", len(embedded), 7)
    need(any(path.endswith(".jpg") for path in embedded), "no JPEG among them")
    for path in embedded:
        with open(path, "rb") as file:
            content = file.read()
        for secret in (*pictures.SECRETS, b"Exif\0"):
            need(secret not in content, f"{os.path.basename(path)} holds {secret}")
    for secret in pictures.SECRETS:  # the paper's own metadata name Adobe's name space
        need(secret not in plain or secret.startswith(b"ns.adobe"), f"the paper holds {secret}")


@check
def captions_are_numbered_and_below_their_figures():
    text = judge.poppler_text(pictures.paper())
    for number, caption in enumerate(pictures.CAPTIONS, 1):
        need(re.search(rf"图{number}\s+{caption}", text), f"there is no 图{number} {caption}")
    for place in pictures.PLACES:
        need(place in text, f"there is no {place}")
    same("待整改", text.count("待整改"), 1)


def png_points(path, places):
    """Colours of a page's PNG at places (x, y) in mm, by MuPDF"""
    content = ask("mutool", "draw", "-q", "-F", "ppm", "-o", "-", path, binary=True)
    head = re.match(rb"P6\s+(\d+) (\d+)\s+255\s", content)
    width = int(head.group(1))
    dots = [(int(x * width / 210), int(y * width / 210)) for x, y in places]
    return [content[head.end() + 3 * (y * width + x):][:3] for x, y in dots]


@check
def png_and_svg_show_the_pictures():
    """The figure above its caption on page 1, 120 × 60 mm, half of it on white paper as if it were glass."""
    page = Sheet(pictures.paper(), 1)
    caption = page.line("图1")[0].baseline - 5
    figure = page.ink(top=caption - 40, bottom=caption)
    near("width of the figure (mm)", figure.width, 120, 0.3)
    places = [(figure.left + 120 * part, figure.bottom - 30) for part in (0.1, 0.4, 0.9)]
    path = re.sub("[.]png$", "-1.png", pictures.paper("png"))
    for colour, wanted in zip(png_points(path, places), ((25, 40, 127), (102, 40, 127), (235, 83, 153))):
        need(max(abs(a - b) for a, b in zip(colour, wanted)) < 12, f"{tuple(colour)} instead of {wanted} in the PNG")
    root = ElementTree.parse(re.sub("[.]svg$", "-1.svg", pictures.paper("svg"))).getroot()
    images = list(root.iter("{http://www.w3.org/2000/svg}image"))
    need(images, "the SVG has no picture")
    for image in images:
        address = image.get("{http://www.w3.org/1999/xlink}href")
        need(address.startswith(("data:image/png;base64,", "data:image/jpeg;base64,")), f"a picture at {address[:40]}")


@check
def pictures_give_the_same_bytes():
    first = pictures.paper()
    with open(first, "rb") as file:
        content = file.read()
    with open(pictures.paper(name="pictured-again"), "rb") as file:
        same("bytes of the second run", file.read() == content, True)


# ---------------------------------------------------------------- the same bytes

@check
def same_input_same_bytes():
    home = os.getcwd()
    arguments = ["render", f"{home}/templates/工作汇报.xml", "-d", f"{home}/samples", "-p", "2024-06"]
    away = os.path.join(papers.FOLDER, "away")
    os.makedirs(away, exist_ok=True)
    variants = {
        "again": {},
        "another time zone": {"environment": {"TZ": "America/New_York"}},
        "the C locale": {"environment": {"LC_ALL": "C", "LANG": "C"}},
        "a German locale": {"environment": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}},
        "another folder and umask": {"cwd": away, "umask": 0o077},
        "no environment to speak of": {"environment": {"HOME": "/nowhere", "TMPDIR": "/var/tmp", "COLUMNS": "20"}},
    }
    for extension in ("pdf", "png", "svg", "txt"):
        first = result(away, "first", extension, arguments, {})
        for name, variant in variants.items():
            need(result(away, "second", extension, arguments, variant) == first, f"{extension} differs under {name}")


def result(folder, name, extension, arguments, variant):
    output = os.path.join(folder, f"{name}.{extension}")
    papers.Run([*arguments, "-o", output], **variant).succeed()
    pages = extension in ("png", "svg")
    with open(output.replace(f".{extension}", f"-2.{extension}") if pages else output, "rb") as file:
        return file.read()


# ---------------------------------------------------------------- the other outputs

def page_files(extension):
    output = papers.report(extension, name=f"pages/{extension}")
    folder = os.path.dirname(output)
    pages = int(re.search(r"Pages: +(\d+)", ask("pdfinfo", papers.report())).group(1))
    same(f"{extension} files", sorted(f for f in os.listdir(folder) if f.startswith(extension)),
         sorted(f"{extension}-{i}.{extension}" for i in range(1, pages + 1)))
    return [os.path.join(folder, f"{extension}-{i}.{extension}") for i in range(1, pages + 1)]


def fresh_folder(name):
    shutil.rmtree(os.path.join(papers.FOLDER, name), ignore_errors=True)
    os.makedirs(os.path.join(papers.FOLDER, name))


@check
def png_pages_open():
    fresh_folder("pages")
    for path in page_files("png"):
        with open(path, "rb") as file:
            head = file.read(24)
        same("PNG signature", head[:8], b"\x89PNG\r\n\x1a\n")
        same("size in dots at 150 dpi", struct.unpack(">II", head[16:]), (1240, 1754))
        ask("mutool", "draw", "-q", "-F", "pgm", "-o", os.devnull, path)


@check
def svg_pages_open():
    fresh_folder("pages")
    for path in page_files("svg"):
        root = ElementTree.parse(path).getroot()
        same("root element", root.tag, "{http://www.w3.org/2000/svg}svg")
        near("width (bp)", float(root.get("width").removesuffix("pt")), 595.276, 0.01)
        near("height (bp)", float(root.get("height").removesuffix("pt")), 841.890, 0.01)
        need(len(list(root.iter("{http://www.w3.org/2000/svg}use"))) > 50, f"hardly anything is drawn in {path}")


@check
def no_ink_leaves_the_paper_in_the_report():
    """Neither text nor rules nor charts beyond the margins, by 1 mm for marks that hang over."""
    pdf = papers.report()
    for page in range(1, int(re.search(r"Pages: +(\d+)", ask("pdfinfo", pdf)).group(1)) + 1):
        raster = judge.Raster(pdf, page, 0, 0, 210, 297, dpi=150)
        left, top, right, bottom = raster.ink(0, 0, 210, 297)
        need(left > 27 and right < 185 and top > 36 and bottom < 272,
             f"ink of page {page}: {left:.1f} {top:.1f} {right:.1f} {bottom:.1f}")
