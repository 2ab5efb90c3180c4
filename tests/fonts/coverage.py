#!/usr/bin/python3
"""Checks the fetched and cut fonts: coverage of 通用规范汉字表, no subroutines, no reserved names, embedding allowed."""
import os
import sys

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.join(HERE, "..", "..", "fonts")
FILES = os.path.join(FONTS, "files")

CHAINS = [
    ("FandolFang-Regular.otf", "WenyinSongRare-Regular.otf"),
    ("FandolKai-Regular.otf", "WenyinSongRare-Regular.otf"),
    ("FandolSong-Regular.otf", "WenyinSongRare-Regular.otf"),
    ("FandolSong-Bold.otf", "WenyinSongRare-Bold.otf"),
    ("FandolHei-Regular.otf", "WenyinHeiRare-Regular.otf"),
]
SIGNS = "☐☑☒✓℃㎡㎞㎎㏄―—…·“”《》〔〕①⑳㈠Ⅻ％‰×÷±≤≥→←↑↓□■△▲○●◎★☆※№℡"
bad = 0


def judge(name, why):
    """One result: `why` is empty when all is well."""
    global bad
    print("FAIL %s: %s" % (name, why) if why else "ok " + name)
    bad += bool(why)


def subroutines(font):
    cff = font["CFF "].cff
    count = len(cff.GlobalSubrs)
    for part in getattr(cff[0], "FDArray", [cff[0]]):
        count += len(getattr(part.Private, "Subrs", None) or [])
    return count


def names(font):
    cff = font["CFF "].cff
    found = [str(record) for record in font["name"].names if record.nameID in (1, 2, 3, 4, 6, 16, 17)]
    found += cff.fontNames + [cff[0].FamilyName, cff[0].FullName] + [part.FontName for part in cff[0].FDArray]
    return found


def check_list():
    with open(os.path.join(FONTS, "通用规范汉字表.txt"), encoding="utf-8") as file:
        levels = file.read().split()
    sizes = [len(level) for level in levels]
    judge("fonts/list/levels", "" if sizes == [3500, 3000, 1605] else str(sizes))
    chars = set("".join(levels))
    judge("fonts/list/distinct", "" if len(chars) == 8105 else str(len(chars)))
    beyond = sum(ord(char) > 0xFFFF for char in chars)
    judge("fonts/list/beyond-bmp", "" if beyond == 196 else str(beyond))
    return chars


def main():
    chars = check_list()
    fonts = {name: TTFont(os.path.join(FILES, name), lazy=True) for chain in CHAINS for name in chain}
    for main_font, complement in CHAINS:
        have = set(fonts[main_font].getBestCmap()) | set(fonts[complement].getBestCmap())
        for what, wanted in (("8105", chars), ("signs", set(SIGNS)), ("ascii", set(map(chr, range(0x20, 0x7F))))):
            lacking = "".join(sorted(char for char in wanted if ord(char) not in have))
            judge("fonts/%s/%s" % (main_font, what), lacking and "lacks " + lacking)
    for name, font in sorted(fonts.items()):
        count = subroutines(font)
        judge("fonts/%s/no-subroutines" % name, "%d subroutines" % count if count else "")
        judge("fonts/%s/embedding" % name, "fsType 2: embedding forbidden" if font["OS/2"].fsType & 0xF == 2 else "")
        if not name.startswith("Wenyin"):
            continue
        reserved = [text for text in names(font) if any(word in text for word in ("Noto", "Source", "Adobe"))]
        judge("fonts/%s/names" % name, ", ".join(reserved))
        licence = font["name"].getDebugName(13) or ""
        judge("fonts/%s/licence" % name, "" if "SIL Open Font License" in licence else "licence note is gone")
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        empty = []
        for char in "☐☑☒玥㎡":
            if ord(char) in cmap:
                pen = BoundsPen(glyphs)
                glyphs[cmap[ord(char)]].draw(pen)
                if not pen.bounds or font["hmtx"][cmap[ord(char)]][0] != 1000:
                    empty.append(char)
        judge("fonts/%s/drawn" % name, empty and "empty or not one em wide: " + "".join(empty))
    for name in ("Fandol-COPYING", "Fandol-README", "NotoCJK-copyright", "Liberation-copyright"):
        there = os.path.exists(os.path.join(FILES, "licences", name))
        judge("fonts/licences/" + name, "" if there else "missing")
    return bad > 0


sys.exit(main())
