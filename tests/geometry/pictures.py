"""Picture files with all that must not get into a paper, and a paper that shows them."""
import functools
import os
import struct
import zlib

import papers

SECRETS = (b"GPS 22.51N 108.22E", b"SECRET NOTE", b"ns.adobe.com/xap", b"OF SMALL PICTURE", b"BEHIND THE END")
CAPTIONS = ("整治后的村道", "各村问题构成")
PLACES = ("村口", "河边", "公厕")


def jpeg():
    """A shipped photograph with a place, a small picture, XMP, a note, and more behind its end."""
    with open("samples/照片/2024-124a.jpg", "rb") as file:
        plain = file.read()
    exif = b"Exif\0\0II*\0\x08\0\0\0\0\0" + SECRETS[0] + SECRETS[3]
    extra = [(0xE1, exif), (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"), (0xED, SECRETS[1]), (0xFE, SECRETS[1])]
    segments = b"".join(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in extra)
    return plain[:2] + segments + plain[2:] + SECRETS[4]


def png(width, height, kind, pixel, extra=()):
    """`pixel(x, y)` -> the bytes of one; `extra`: chunks before the pixels"""
    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)), *extra,
              (b"tEXt", b"Comment\0" + SECRETS[1]), (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0http://ns.adobe.com/xap/1.0/"),
              (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks)


def scene(x, y):
    """Red grows to the right; half of it lets the paper through."""
    return bytes((x * 255 // 2000, 40, y * 255 // 1000, 255 if x < 1000 else 204))


def drawing(x, y):
    return bytes(((x // 40 + y // 40) % 3,))


@functools.lru_cache(maxsize=None)
def folder():
    dice = papers.Dice(11)
    rows = "".join(f"{i},{place},{i}.jpg,{'图.png' if i == 2 else '' if i == 3 else '1.jpg'}\r\n"
                   for i, place in enumerate(PLACES, 1))
    home = os.path.dirname(papers.file("pictured/照片台账.csv", "编号,点位,整改前,整改后\r\n" + rows))
    heads = ",".join(f"指标{i}" for i in range(1, 16))
    lines = "".join(f"{dice.han(3)}村," + ",".join(str(1000 + dice.below(9000)) for _ in range(15)) + "\r\n" for _ in range(30))
    papers.file("pictured/指标.csv", f"村,{heads}\r\n{lines}")
    palette = ((b"PLTE", bytes((200, 0, 0, 0, 120, 0, 250, 250, 250))), (b"tRNS", bytes((255, 255, 0))))
    contents = {"1.jpg": jpeg(), "2.jpg": jpeg(), "3.jpg": jpeg(), "宽.png": png(2000, 1000, 6, scene),
                "图.png": png(1200, 800, 3, drawing, palette)}
    for name, content in contents.items():
        with open(os.path.join(home, name), "wb") as file:
            file.write(content)
    return home


def content():
    columns = "".join(f'<col head="指标{i}" unit="万元" value="指标{i}"/>' for i in range(1, 16))
    return papers.template(
        papers.element("title", "照片和宽表"), papers.element("p", papers.Dice(12).han(60)),
        f'<figure src="宽.png" width="120mm" caption="{CAPTIONS[0]}"/>\n', papers.element("p", papers.Dice(13).han(60)),
        '<photos of="照片台账" before="整改前" after="整改后" caption="{点位}"/>\n',
        f'<table of="指标" caption="各村指标"><col head="村" value="村"/>{columns}</table>\n',
        f'<landscape><figure src="图.png" width="100mm" caption="{CAPTIONS[1]}"/></landscape>\n',
        data='<csv id="照片台账" files="照片台账.csv" key="编号"/>\n<csv id="指标" files="指标.csv" key="村"/>\n')


def paper(extension="pdf", name="pictured"):
    return papers.paper(name, content(), "-d", folder(), extension=extension)
