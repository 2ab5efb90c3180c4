#!/usr/bin/python3
"""Cuts the complements: small fonts with what the Fandol fonts lack, from the SC faces of Noto CJK.

Why not Noto itself: Cairo's CFF subsetter copies all subroutines, so one Noto glyph costs 48 KB in a PDF; from a
desubroutinized font it costs 0.7 KB. The complements bear names of their own, as the OFL wants of a changed font.
Does nothing when the outputs are newer than this script and the character list.
"""
import os
import sys

from fontTools import subset
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(HERE, "files")
LIST = os.path.join(HERE, "通用规范汉字表.txt")
SC = 2  # the simplified Chinese face of Noto's collections: 0 JP, 1 KR, 2 SC, 3 TC, 4 HK

# output, source, family, style, the Fandol fonts it stands behind
PLAN = [
    ("WenyinSongRare-Regular.otf", "NotoSerifCJK-Regular.ttc", "Wenyin Song Rare", "Regular",
     ["FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Regular.otf"]),
    ("WenyinSongRare-Bold.otf", "NotoSerifCJK-Bold.ttc", "Wenyin Song Rare", "Bold", ["FandolSong-Bold.otf"]),
    ("WenyinHeiRare-Regular.otf", "NotoSansCJK-Regular.ttc", "Wenyin Hei Rare", "Regular", ["FandolHei-Regular.otf"]),
]

# Signs an office may write, as far as Noto has them: Latin letters of names, dashes, currency, units, Roman and
# circled numbers, arrows, mathematics, boxes, ticks, CJK marks. No Hangul, no kana words.
SIGNS = [
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x17F), (0x1CD, 0x1DC), (0x370, 0x3FF), (0x400, 0x45F),
    (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x218B), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x27BF), (0x2900, 0x297F), (0x2B05, 0x2B0D),
    (0x3000, 0x303F), (0x3105, 0x312F), (0x31C0, 0x31E3), (0x3220, 0x3243), (0x3251, 0x325F), (0x3280, 0x32CF),
    (0x3358, 0x33FF), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
]
# No font at hand has the ballot boxes, which forms need: drawn from □ and a mark. They take the place of three
# letters that are cut in for nothing else, because adding a glyph to a CID font is far more delicate than redrawing one.
BOXES = [(0x2610, None, 0x3131), (0x2611, 0x2713, 0x3134), (0x2612, 0x00D7, 0x3137)]


def gb2312_signs():
    """The non-Han part of GB 2312, rows 1 to 9."""
    for row in range(0xA1, 0xAA):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def wanted():
    with open(LIST, encoding="utf-8") as file:
        chars = {ord(char) for char in file.read() if char != "\n"}
    for first, last in SIGNS:
        chars.update(range(first, last + 1))
    return chars | set(gb2312_signs())


def draw_boxes(font):
    """Redraws the hosts of BOXES as ballot boxes and moves them to their code points."""
    top = font["CFF "].cff[0]
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    box = BoundsPen(glyphs)
    glyphs[cmap[0x25A1]].draw(box)
    left, bottom, right, top_edge = box.bounds
    for code, mark, host in BOXES:
        name, width = cmap[host], font["hmtx"][cmap[0x25A1]][0]
        charstring = top.CharStrings[name]
        private = charstring.private
        pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
        glyphs[cmap[0x25A1]].draw(pen)
        if mark:
            bounds = BoundsPen(glyphs)
            glyphs[cmap[mark]].draw(bounds)
            x0, y0, x1, y1 = bounds.bounds
            scale = 0.85 * min((right - left) / (x1 - x0), (top_edge - bottom) / (y1 - y0))
            move = Transform(scale, 0, 0, scale, (left + right) / 2 - scale * (x0 + x1) / 2,
                             (bottom + top_edge) / 2 - scale * (y0 + y1) / 2)
            glyphs[cmap[mark]].draw(TransformPen(pen, move))
        top.CharStrings[name] = pen.getCharString(private, charstring.globalSubrs)
        font["hmtx"][name] = (width, round(left))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.pop(host, None)
                table.cmap[code] = name


def rename(font, family, style, postscript):
    """New names everywhere a reader sees one; copyright and licence stay."""
    names = font["name"]
    version = names.getDebugName(5)
    names.names = [record for record in names.names if record.nameID in (0, 9, 13, 14) and record.platformID == 3]
    for number, text in [(1, family), (2, style), (3, "wenyin;" + postscript), (4, family + " " + style),
                         (5, version.split(";")[0]), (6, postscript)]:
        names.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    top = cff[0]
    cff.fontNames = [postscript]
    top.FamilyName, top.FullName = family, family + " " + style
    top.Notice = names.getDebugName(0) + " Cut and renamed by the wenyin authors; SIL Open Font License 1.1."
    for part in top.FDArray:
        part.FontName = postscript + "-" + part.FontName.rsplit("-", 1)[-1]


def cut(output, source, family, style, fandols):
    lacking = wanted()
    common = None
    for fandol in fandols:
        with TTFont(os.path.join(FILES, fandol), lazy=True) as font:
            have = set(font.getBestCmap())
        common = have if common is None else common & have
    lacking -= common
    options = subset.Options()
    options.desubroutinize = True
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs, options.name_languages = ["*"], [0x409]
    options.recalc_timestamp = False
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "DSIG"]
    font = TTFont(os.path.join(FILES, source), fontNumber=SC, recalcTimestamp=False, lazy=True)
    cutter = subset.Subsetter(options)
    marks = [0x25A1] + [mark for _, mark, _ in BOXES if mark] + [host for _, _, host in BOXES]
    cutter.populate(unicodes=lacking | set(marks))
    cutter.subset(font)
    draw_boxes(font)
    rename(font, family, style, output[:-4])
    path = os.path.join(FILES, output)
    font.save(path + ".part")
    os.replace(path + ".part", path)  # a broken run leaves no half font
    print("fonts: cut %s, %d characters, %d KB" % (output, len(font.getBestCmap()), os.path.getsize(path) // 1024))


def main():
    newest = max(os.path.getmtime(path) for path in (os.path.abspath(__file__), LIST))
    for plan in PLAN:
        path = os.path.join(FILES, plan[0])
        if not os.path.exists(path) or os.path.getmtime(path) < newest:
            cut(*plan)
    return 0


sys.exit(main())
