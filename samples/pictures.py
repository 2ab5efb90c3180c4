"""The photographs of 照片台账.csv: small drawn village scenes as JPEG files, the
same bytes on every run and every Python 3: integers only, no module but struct.

    write_pictures(folder, rows)    writes folder/照片/*.jpg; rows as in 照片台账.csv

Every scene shows a fault and, after it was put right, the same place without it.
"""
import os
import struct

# ---------------------------------------------------------------- JPEG, baseline, 4:2:0

ZIGZAG = [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34,
          27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44,
          51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63]

# ITU-T T.81 annex K, halved: quality 75.
LUMA = [8, 6, 5, 8, 12, 20, 26, 31, 6, 6, 7, 10, 13, 29, 30, 28, 7, 7, 8, 12, 20, 29, 35, 28,
        7, 9, 11, 15, 26, 44, 40, 31, 9, 11, 19, 28, 34, 55, 52, 39, 12, 18, 28, 32, 41, 52, 57, 46,
        25, 32, 39, 44, 52, 61, 60, 51, 36, 46, 48, 49, 56, 50, 52, 50]
CHROMA = [9, 9, 12, 24, 50, 50, 50, 50, 9, 11, 13, 33, 50, 50, 50, 50, 12, 13, 28] + [50] * 5 + \
         [24, 33] + [50] * 38

DC_LUMA = ([0, 1, 5, 1, 1, 1, 1, 1, 1] + [0] * 7, list(range(12)))
DC_CHROMA = ([0, 3] + [1] * 9 + [0] * 5, list(range(12)))
AC_LUMA = ([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125], bytes.fromhex(
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
    "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a73747576777879"
    "7a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9"
    "cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"))
AC_CHROMA = ([0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119], bytes.fromhex(
    "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f1"
    "1718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a7374757677"
    "78797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6"
    "c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"))

# cos((2x + 1) u π / 16) / 2 (u = 0: / √8) in units of 1 / 8192
HALF = [4017, 3784, 3406, 2896, 2276, 1567, 799]


def cosines():
    """Row u, column x."""
    def cosine(turns):                  # of turns sixteenths of π, halved
        turns %= 32
        if turns > 16:
            turns = 32 - turns
        if turns > 8:
            return -cosine(16 - turns)
        return 4096 if turns == 0 else 0 if turns == 8 else HALF[turns - 1]
    return [[2896] * 8] + [[cosine((2 * x + 1) * u) for x in range(8)] for u in range(1, 8)]


COSINES = cosines()


def quantised(block, table):
    """The coefficients of 64 samples, in zigzag order."""
    rows = []
    for y in range(0, 64, 8):
        line = block[y:y + 8]
        rows.append([sum(c * s for c, s in zip(wave, line)) for wave in COSINES])
    out = [0] * 64
    for u in range(8):
        column = [rows[y][u] for y in range(8)]
        for v in range(8):
            value = sum(c * s for c, s in zip(COSINES[v], column))
            step = table[v * 8 + u] << 26
            out[v * 8 + u] = (value + step // 2) // step if value >= 0 else -((step // 2 - value) // step)
    return [out[at] for at in ZIGZAG]


def huffman(table):
    """Symbol: (code, bits)."""
    counts, symbols = table
    codes, code, at = {}, 0, 0
    for bits, count in enumerate(counts, 1):
        for _ in range(count):
            codes[symbols[at]] = (code, bits)
            code, at = code + 1, at + 1
        code <<= 1
    return codes


def block_bits(coefficients, before, dc, ac):
    """The block as (value, bits) pairs."""
    def sized(value):
        bits = abs(value).bit_length()
        return (value if value >= 0 else value + (1 << bits) - 1), bits
    value, bits = sized(coefficients[0] - before)
    out, zeros = [dc[bits], (value, bits)], 0
    for coefficient in coefficients[1:]:
        if coefficient == 0:
            zeros += 1
            continue
        while zeros > 15:
            out.append(ac[0xf0])
            zeros -= 16
        value, bits = sized(coefficient)
        out += [ac[zeros << 4 | bits], (value, bits)]
        zeros = 0
    if zeros:
        out.append(ac[0])
    return out


class Bits:
    def __init__(self):
        self.held, self.count, self.out = 0, 0, bytearray()

    def put(self, pairs):
        for value, bits in pairs:
            self.held = self.held << bits | value
            self.count += bits
        while self.count >= 8:
            self.count -= 8
            byte = self.held >> self.count & 0xff
            self.out.append(byte)
            if byte == 0xff:
                self.out.append(0)
        self.held &= (1 << self.count) - 1

    def end(self):
        if self.count:
            self.put([((1 << 8 - self.count) - 1, 8 - self.count)])
        return bytes(self.out)


def planes(picture):
    """Y at full size, Cb and Cr at half, samples from -128."""
    known = {}

    def convert(pixel):
        if pixel not in known:
            r, g, b = pixel
            known[pixel] = ((19595 * r + 38470 * g + 7471 * b + 32768 >> 16) - 128,
                            (-11059 * r - 21709 * g + 32768 * b + 32768 >> 16),
                            (32768 * r - 27439 * g - 5329 * b + 32768 >> 16))
        return known[pixel]

    rows = [[convert(pixel) for pixel in row] for row in picture]
    luma = [[p[0] for p in row] for row in rows]
    small = []
    for c in (1, 2):
        small.append([[(a[x][c] + a[x + 1][c] + b[x][c] + b[x + 1][c] + 2) // 4
                       for x in range(0, len(a), 2)] for a, b in zip(rows[::2], rows[1::2])])
    return [luma] + [[[min(v, 127) for v in row] for row in plane] for plane in small]


def segment(marker, body):
    return struct.pack(">BBH", 0xff, marker, len(body) + 2) + body


def jpeg(picture, extra=b""):
    """Rows of (r, g, b); both sides are multiples of 16. `extra`: segments behind the start."""
    height, width = len(picture), len(picture[0])
    tables = [LUMA, CHROMA, CHROMA]
    dc = [huffman(t) for t in (DC_LUMA, DC_CHROMA, DC_CHROMA)]
    ac = [huffman(t) for t in (AC_LUMA, AC_CHROMA, AC_CHROMA)]
    bits, before, known = Bits(), [0, 0, 0], {}
    samples = planes(picture)

    def put(c, x, y):
        block = []
        for row in samples[c][y:y + 8]:
            block += row[x:x + 8]
        key = (c > 0, tuple(block))     # drawn scenes repeat themselves
        if key not in known:
            known[key] = quantised(block, tables[c])
        bits.put(block_bits(known[key], before[c], dc[c], ac[c]))
        before[c] = known[key][0]

    for y in range(0, height, 16):
        for x in range(0, width, 16):
            for at in ((0, 0), (8, 0), (0, 8), (8, 8)):
                put(0, x + at[0], y + at[1])
            put(1, x // 2, y // 2)
            put(2, x // 2, y // 2)
    head = b"\xff\xd8" + (extra or segment(0xe0, b"JFIF\0\1\1\0\0\1\0\1\0\0"))
    for at, table in enumerate((LUMA, CHROMA)):
        head += segment(0xdb, bytes([at]) + bytes(table[i] for i in ZIGZAG))
    head += segment(0xc0, struct.pack(">BHHB", 8, height, width, 3) +
                    bytes([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]))
    for at, (counts, symbols) in ((0x00, DC_LUMA), (0x10, AC_LUMA), (0x01, DC_CHROMA),
                                  (0x11, AC_CHROMA)):
        head += segment(0xc4, bytes([at]) + bytes(counts) + bytes(symbols))
    head += segment(0xda, bytes([3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]))
    return head + bits.end() + b"\xff\xd9"


def exif(orientation):
    """As a telephone writes it, the place of the photograph included: none of it may get into a
    paper."""
    def entry(tag, kind, count, value):
        return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    place = struct.pack("<6I", 22, 1, 38, 1, 15, 1)
    ifd = struct.pack("<H", 2) + entry(0x0112, 3, 1, struct.pack("<H", orientation)) + \
        entry(0x8825, 4, 1, struct.pack("<I", 38)) + struct.pack("<I", 0)
    gps = struct.pack("<H", 2) + entry(1, 2, 2, b"N\0") + entry(2, 5, 3, struct.pack("<I", 68)) + \
        struct.pack("<I", 0)
    return segment(0xe1, b"Exif\0\0II*\0" + struct.pack("<I", 8) + ifd + gps + place)


# ---------------------------------------------------------------- scenes, 480 × 360 units

class Scene:
    """Coloured shapes in units of 480 × 360, on a picture of any size."""

    def __init__(self, width, height, seed):
        self.width, self.height, self.seed = width, height, seed
        self.rows = [[(0, 0, 0)] * width for _ in range(height)]

    def random(self, below):
        self.seed = (self.seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.seed >> 33) % below

    def x(self, units):
        return units * self.width // 480

    def y(self, units):
        return units * self.height // 360

    def span(self, row, left, right, colour):
        left, right = max(left, 0), min(right, self.width)
        if 0 <= row < self.height and left < right:
            self.rows[row][left:right] = [colour] * (right - left)

    def box(self, left, top, right, bottom, colour):
        for row in range(self.y(top), self.y(bottom)):
            self.span(row, self.x(left), self.x(right), colour)

    def fade(self, top, bottom, above, below):
        first, last = self.y(top), self.y(bottom)
        for row in range(first, last):
            part = (row - first) // 4 * 4
            self.span(row, 0, self.width, tuple(
                a + (b - a) * part // max(last - first, 1) for a, b in zip(above, below)))

    def shape(self, points, colour):
        points = [(self.x(x), self.y(y)) for x, y in points]
        for row in range(min(y for _, y in points), max(y for _, y in points)):
            cuts = []
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
                if (y0 <= row) != (y1 <= row):
                    cuts.append(x0 + (x1 - x0) * (row - y0) // (y1 - y0))
            cuts.sort()
            for left, right in zip(cuts[::2], cuts[1::2]):
                self.span(row, left, right, colour)

    def blob(self, x, y, across, down, colour):
        """An ellipse."""
        x, y, across, down = self.x(x), self.y(y), max(self.x(across), 1), max(self.y(down), 1)
        half = across
        for step in range(down + 1):
            while half and half * half * down * down + step * step * across * across > \
                    across * across * down * down:
                half -= 1
            for row in (y - step, y + step):
                self.span(row, x - half, x + half + 1, colour)


def village(s):
    s.fade(0, 190, (118, 168, 214), (216, 231, 240))
    s.shape([(0, 190), (0, 140), (70, 96), (150, 150), (230, 84), (330, 150), (410, 110), (480, 145),
             (480, 190)], (122, 158, 138))
    s.shape([(0, 192), (0, 165), (110, 146), (260, 172), (390, 150), (480, 168), (480, 192)],
            (92, 136, 96))
    s.fade(190, 360, (140, 168, 98), (116, 142, 76))
    s.shape([(196, 190), (236, 190), (330, 360), (60, 360)], (176, 172, 164))
    house(s, 290, 118)


def house(s, x, y):
    s.box(x, y + 30, x + 130, y + 96, (226, 218, 200))
    s.shape([(x - 12, y + 32), (x + 24, y), (x + 108, y), (x + 142, y + 32)], (152, 84, 66))
    s.box(x + 52, y + 54, x + 76, y + 96, (110, 74, 52))
    for left in (14, 92):
        s.box(x + left, y + 48, x + left + 24, y + 72, (104, 132, 152))
        s.box(x + left + 11, y + 48, x + left + 13, y + 72, (236, 236, 230))


def tree(s, x, y):
    s.box(x - 4, y - 40, x + 4, y, (104, 78, 52))
    for dx, dy in ((-18, -46), (18, -46), (0, -64)):
        s.blob(x + dx, y + dy, 26, 22, (66, 118, 62))


def grass(s, x, y):
    s.shape([(x, y), (x + 120, y - 6), (x + 140, y + 44), (x - 16, y + 52)], (104, 162, 84))
    for at in range(9):
        s.blob(x + 6 + at * 14, y + 16 + at % 3 * 10, 4, 3, [(236, 196, 64), (224, 96, 96),
                                                            (240, 240, 236)][at % 3])


def bin_(s, x, y):
    s.box(x, y - 44, x + 30, y, (54, 126, 82))
    s.box(x - 3, y - 50, x + 33, y - 42, (40, 98, 64))


def rubbish(s, clean):
    if clean:
        bin_(s, 70, 290)
        tree(s, 140, 250)
        return
    s.shape([(30, 318), (60, 276), (104, 258), (150, 272), (196, 320)], (112, 96, 80))
    for _ in range(60):
        x, y = 44 + s.random(136), 270 + s.random(48)
        s.box(x, y, x + 5 + s.random(10), y + 4 + s.random(7),
              [(226, 226, 222), (190, 58, 52), (58, 88, 160), (214, 182, 70), (70, 70, 72)][s.random(5)])


def heap(s, clean):
    if clean:
        grass(s, 60, 264)
        return
    for row in range(4):
        for at in range(7 - row):
            x, y = 34 + at * 24 + row * 12, 306 - row * 16
            s.box(x, y, x + 22, y + 14, [(168, 96, 70), (150, 84, 62), (184, 112, 84)][s.random(3)])
    for at in range(6):
        s.shape([(150 + at * 8, 322), (156 + at * 8, 322), (196 + at * 6, 246), (190 + at * 6, 246)],
                (146, 116, 74))


def shed(s, clean):
    if clean:
        grass(s, 50, 250)
        tree(s, 40, 250)
        return
    for x in (34, 104, 176):
        s.box(x, 216, x + 6, 306, (110, 110, 112))
    s.box(38, 250, 178, 304, (86, 88, 92))
    s.shape([(18, 222), (40, 196), (196, 200), (190, 226)], (62, 108, 168))
    for x in range(30, 190, 16):
        s.box(x, 204, x + 3, 222, (48, 88, 142))


def wall(s, clean):
    if clean:
        grass(s, 44, 258)
        for x in range(30, 200, 18):
            s.box(x, 238, x + 5, 266, (196, 168, 120))
        s.box(26, 246, 204, 250, (196, 168, 120))
        return
    s.shape([(24, 312), (24, 206), (58, 200), (70, 236), (104, 216), (120, 262), (160, 250),
             (172, 288), (200, 312)], (172, 134, 96))
    for row in range(6):
        for at in range(8 - row):
            s.box(28 + at * 20, 294 - row * 16, 44 + at * 20, 295 - row * 16, (138, 104, 72))
    for _ in range(14):
        s.blob(40 + s.random(170), 306 + s.random(22), 6, 4, (150, 116, 84))


def ditch(s, clean):
    water = (96, 150, 176) if clean else (92, 98, 66)
    s.shape([(150, 194), (186, 194), (150, 360), (0, 360), (0, 340)], (190, 188, 182))
    s.shape([(156, 196), (180, 196), (126, 360), (16, 360)], water)
    if clean:
        for at in range(5):
            s.box(80 + at * 8, 330 - at * 26, 118 + at * 4, 333 - at * 26, (140, 184, 202))
        return
    for _ in range(46):
        y = 206 + s.random(146)
        x = 166 - (y - 196) * 96 // 164 + s.random(8 + (y - 196) * 80 // 164) - (y - 196) // 6
        s.blob(x, y, 5 + y // 40, 3 + y // 60, [(74, 124, 58), (94, 142, 66), (206, 204, 196)][s.random(8) // 3])


def sewage(s, clean):
    s.box(20, 200, 150, 262, (206, 200, 188))
    s.box(20, 194, 158, 204, (140, 98, 78))
    s.box(128, 246, 168, 258, (120, 122, 124))
    if clean:
        s.shape([(160, 262), (178, 262), (190, 300), (150, 300)], (170, 168, 162))
        bin_(s, 40, 300)
        return
    s.blob(196, 296, 74, 24, (70, 62, 44))
    s.blob(236, 316, 60, 18, (70, 62, 44))
    s.blob(186, 292, 30, 7, (98, 90, 62))
    s.box(160, 254, 172, 286, (84, 74, 52))


def toilet(s, clean):
    s.box(24, 168, 186, 286, (232, 236, 234) if clean else (190, 184, 170))
    s.box(16, 158, 194, 172, (84, 112, 140))
    for x, colour in ((46, (74, 112, 168)), (118, (188, 88, 98))):
        s.box(x, 208, x + 44, 286, colour)
        s.box(x + 15, 184, x + 29, 198, (246, 246, 240))
    if clean:
        tree(s, 216, 284)
        return
    for _ in range(26):
        s.blob(30 + s.random(150), 270 + s.random(40), 3 + s.random(12), 2 + s.random(5),
               [(96, 84, 62), (124, 112, 86), (224, 222, 214)][s.random(3)])


# What a description speaks of; the first that fits.
SCENES = [("公厕", toilet), ("污水", sewage), ("养殖", sewage), ("沟", ditch), ("渠", ditch),
          ("涵洞", ditch), ("水葫芦", ditch), ("棚", shed), ("墙", wall), ("泥砖房", wall),
          ("垃圾", rubbish), ("堆", heap), ("", rubbish)]

# Cameras and telephones: width and height, and how the second is held.
SIZES = [((480, 360), (480, 360)), ((480, 272), (480, 272)), ((360, 480), (360, 480)),
         ((480, 360), (480, 272)), ((480, 360), (480, 360)), ((480, 360), (360, 480))]


def scene(size, seed, text, clean):
    made = Scene(size[0] // 16 * 16, size[1] // 16 * 16, seed)
    village(made)
    next(draw for word, draw in SCENES if word in text)(made, clean)
    return made.rows


def lying(rows):
    """As a sensor reads a telephone that is held upright: EXIF 6 turns it back."""
    return [[row[x] for row in rows] for x in range(len(rows[0]) - 1, -1, -1)]


def write_pictures(folder, rows):
    os.makedirs(os.path.join(folder, "照片"), exist_ok=True)
    for at, row in enumerate(rows):
        for clean, name in enumerate(row[4:6]):
            if not name:
                continue
            size = SIZES[at % len(SIZES)][clean]
            picture = scene(size, at * 977 + 11, row[3], clean)
            upright = size[0] < size[1]
            data = jpeg(lying(picture), exif(6)) if upright else jpeg(picture)
            with open(os.path.join(folder, "照片", name), "wb") as file:
                file.write(data)
