"""Charts as a black-and-white copier leaves them: each kind in each palette, drawn at 300 dpi by poppler, which shares no
code with ours, and screened to 1 bit here (pdftoppm -mono scatters its dots anew in each run). Neighbouring series must
still be told apart by statistics of their pixels, never by eye.

Fills (bars, slices, tones of a 热力): what differs is the ink share, or the autocorrelation: how a texture repeats
along x, y and both diagonals. A halftone has none; hatching has much along its lines and its period across them.
Lines: the runs of ink along the stroke, and the shape of the marker, of which one alone may go lost in a copy: each two
of a chart must differ in both.

Groups: fills · tones · lines · markers, a line a kind and palette · teeth: the same series seen at two places is found
to be alike, so the measures do tell likeness from difference and the noise of a halftone is no texture."""
import itertools
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

WENYIN = os.path.abspath(os.environ.get("WENYIN", "build/wenyin"))
DPI = 300
SERIES = "甲乙丙丁戊己"
PALETTES = ["灰度", "彩色", "单色"]
FILLS = ["柱", "条形", "堆叠", "百分比堆叠", "组合", "饼", "环形"]
LINES = ["折线", "组合", "雷达"]
RADAR_MOST = 4

# What must be between two neighbours: either of the two (fills), or both (lines).
# One series at two places measures up to 0.02 of ink, 0.12 of texture, 1.1 of runs and 0.20 of markers apart (halftone,
# phase of the raster and of the dashes): the margins lie above that. SHOW=1 prints all figures.
INK = 0.15          # difference of the shares of the ground that are inked
TEXTURE = 0.20      # root mean square of the difference of two autocorrelations
RUNS = 1.35         # ratio of two mean runs of ink or paper along a line, or of their unevenness
SHAPE = 0.25        # share of the pixels of two markers that are not common to both
DARKER = 0.08       # ink between two steps of a 热力: their order is seen, not learnt


# ---------------------------------------------------------------- the charts

def charts():
    """(kind, palette, element) of all charts. Values are such that no line crosses another and no bar is a sliver."""
    values = ",".join(SERIES)
    lines = ",".join(SERIES[3:])
    for palette in PALETTES:
        for kind in dict.fromkeys(FILLS + LINES):
            value = values
            more = ""
            if kind in ("饼", "环形"):
                value = "一样"
            if kind == "组合":
                value, more = ",".join(SERIES[:3]), f'line="{lines}"'
            if kind == "雷达":
                value = ",".join(SERIES[:RADAR_MOST])
            table = "块" if value == "一样" else "表"
            yield kind, palette, (f'<chart kind="{kind}" palette="{palette}" of="{table}" by="组" value="{value}" {more} '
                                  f'caption="{kind}/{palette}" labels="否" unit=""/>')
        yield "热力", palette, (f'<chart kind="热力" palette="{palette}" of="热" by="组" value="甲" series="列" '
                              f'caption="热力/{palette}" labels="否" unit=""/>')


def write_case(folder):
    heads = ",".join(SERIES)
    rows = [",".join([group] + [str(13 + 20 * i) for i in range(len(SERIES))]) for group in "春夏秋冬"]
    (folder / "表.csv").write_text(f"组,{heads}\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "块.csv").write_text("组,一样\n" + "".join(f"{name},10\n" for name in SERIES), encoding="utf-8")
    (folder / "热.csv").write_text("组,列,甲\n" + "".join(
        f"{name},{row},{10 * (i + 1) + 60 * k}\n" for k, row in enumerate("上下") for i, name in enumerate(SERIES)),
        encoding="utf-8")
    body = "\n".join(element for _, _, element in charts())
    (folder / "图.xml").write_text(
        '<report form="汇报" version="1"><data><csv id="表" files="表.csv"/><csv id="块" files="块.csv"/>'
        f'<csv id="热" files="热.csv"/></data>\n{body}\n</report>', encoding="utf-8")


def run(*command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True)
    if done.returncode:
        sys.exit(f"FAIL print/run: {command[0]}: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout


# ---------------------------------------------------------------- what was drawn

class Mark:
    """A filled or open shape of --dump pages: its style as printed there, its outline as points (pt)."""
    def __init__(self, line):
        fill = re.search(r"fill (\S+ \S+)", line)
        stroke = re.search(r"stroke (.*?)(?= M )", line)
        self.fill = fill[1] if fill else None
        self.stroke = stroke[1] if stroke else None
        self.curved = " C " in line
        self.points = []
        at = re.search(r" M .*", line)
        for letter, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", at[0] if at else ""):
            n = [float(x) for x in numbers.split()]
            if letter in "ML":
                self.points.append((n[0], n[1]))
            elif letter == "C":
                self.points += bezier(self.points[-1], n)

    def box(self):
        xs, ys = zip(*self.points)
        return min(xs), min(ys), max(xs), max(ys)

    def size(self):
        left, top, right, bottom = self.box()
        return round(right - left, 1), round(bottom - top, 1)


def bezier(start, n):
    out = []
    for k in range(1, 9):
        t = k / 8
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3
        out.append((a * start[0] + b * n[0] + c * n[2] + d * n[4], a * start[1] + b * n[1] + c * n[3] + d * n[5]))
    return out


def read_dump(text):
    """-> {(kind, palette): (page, marks)}"""
    pages, figures = [], []
    for line in text.split("\n"):
        figure = re.match(r"figure page (\d+) marks (\d+)-(\d+) at .*?　(\S+)/(\S+) \|", line)
        if figure:
            figures.append((int(figure[1]), int(figure[2]), int(figure[3]), figure[4], figure[5]))
        elif line.startswith("page "):
            pages.append([])
        elif pages and line:
            pages[-1].append(line)
    return {(kind, palette): (page, [Mark(line) for line in pages[page - 1][first:end] if line.startswith("shape")])
            for page, first, end, kind, palette in figures}


# ---------------------------------------------------------------- pixels

def screen():
    """Thresholds of a scattered halftone: 16 × 16 of them, always the same ones."""
    steps = list(range(256))
    random.Random(1).shuffle(steps)
    return [[bytes(grey < steps[16 * y + x] for grey in range(256)) for x in range(16)] for y in range(16)]


class Bitmap:
    """One grey page (PGM) made 1-bit: a byte a pixel, 1 is ink."""
    SCREEN = screen()

    def __init__(self, path):
        data = path.read_bytes()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        self.width, self.height = int(head[1]), int(head[2])
        self.data = bytearray(data[head.end():])
        for y in range(self.height):
            row = self.data[y * self.width:(y + 1) * self.width]
            if row.count(255) == self.width:
                self.data[y * self.width:(y + 1) * self.width] = bytes(self.width)
                continue
            for x in range(16):
                row[x::16] = row[x::16].translate(self.SCREEN[y % 16][x])
            self.data[y * self.width:(y + 1) * self.width] = row

    def ink(self, x, y):
        return self.data[y * self.width + x]

    def window(self, left, top, right, bottom):
        """Rows of 0 and 1 of a box in points."""
        s = DPI / 72
        return [[self.ink(x, y) for x in range(round(left * s), round(right * s))]
                for y in range(round(top * s), round(bottom * s))]


# ---------------------------------------------------------------- fills

LAGS = range(2, 31, 2)  # pixels: a little more than the tile of 6 pt


def ink_share(window):
    return sum(map(sum, window)) / (len(window) * len(window[0]))


def texture(window):
    """Autocorrelation along x, y and both diagonals at each lag; of a plain ground, none."""
    mean = ink_share(window)
    variance = mean * (1 - mean)
    height, width = len(window), len(window[0])
    found = []
    for dx, dy in ((1, 0), (0, 1), (1, 1), (-1, 1)):
        for lag in LAGS:
            x, y = dx * lag, dy * lag
            pairs = both = 0
            for row in range(height - y):
                a, b = window[row], window[row + y]
                a, b = (a[:width - x], b[x:]) if x >= 0 else (a[-x:], b[:width + x])
                pairs += len(a)
                both += sum(map(int.__and__, a, b))
            enough = pairs >= 200 and variance > 0.02
            found.append((both / pairs - mean * mean) / variance if enough else 0)
    return found


def texture_distance(a, b):
    return math.sqrt(sum((p - q) ** 2 for p, q in zip(a, b)) / len(a))


def distance_to_edge(point, points):
    best = 1e9
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        t = 0 if length == 0 else max(0, min(1, ((point[0] - ax) * (bx - ax) + (point[1] - ay) * (by - ay)) / length))
        best = min(best, math.hypot(point[0] - ax - t * (bx - ax), point[1] - ay - t * (by - ay)))
    return best


def is_inside(point, points):
    inside = False
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        if (ay > point[1]) != (by > point[1]) and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def inner_box(mark, most=24.0):
    """A box within the shape, clear of its outline: of a rectangle most of it, of others the best of a grid."""
    left, top, right, bottom = mark.box()
    if not mark.curved:
        left, top, right, bottom = left + 1, top + 1, right - 1, bottom - 1
        return left, max(top, bottom - most), min(right, left + most), bottom
    places = [(left + (right - left) * i / 20, top + (bottom - top) * k / 20) for i in range(21) for k in range(21)]
    radius, centre = max((distance_to_edge(p, mark.points), p) for p in places if is_inside(p, mark.points))
    half = min(radius / math.sqrt(2) - 1, most / 2)
    return centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half


def keys(marks):
    """The fills of the legend, in the order of the series."""
    return [m for m in marks if m.fill and m.size() == (20.0, 8.0)]


def fill_areas(kind, marks):
    """For each series the areas that are filled like its key in the legend, the key last; slices have no keys."""
    areas = [m for m in marks if m.fill and m.size() != (20.0, 8.0)]
    if kind in ("饼", "环形"):
        return [[slice] for slice in areas[:len(SERIES)]]
    legend = keys(marks)
    if kind == "组合":  # the lines run over the bars
        return [[key] for key in legend]
    return [sorted((m for m in areas if m.fill == key.fill), key=lambda m: -min(m.size())) + [key] for key in legend]


def show(*words):
    if os.environ.get("SHOW"):
        print("  ", *words)


def compare_fills(windows, pairs):
    """Why not; None when all pairs are told apart."""
    facts = [(ink_share(w), texture(w)) for w in windows]
    for a, b in pairs:
        ink = abs(facts[a][0] - facts[b][0])
        apart = texture_distance(facts[a][1], facts[b][1])
        show(f"{a + 1}-{b + 1}: ink {facts[a][0]:.2f} {facts[b][0]:.2f}, texture {apart:.2f}")
        if ink < INK and apart < TEXTURE:
            return (f"fills {a + 1} and {b + 1}: ink {facts[a][0]:.2f} and {facts[b][0]:.2f}, "
                    f"texture {apart:.2f} apart")
    return None


# ---------------------------------------------------------------- lines

def stroke_runs(bitmap, a, b):
    """Mean runs (pt) of ink and of paper along a line, and how uneven those of ink are. Ink is where a pixel of the
    stroke's breadth is inked; the holes that a halftone leaves in a grey stroke are none (paper of less than 1 pt)."""
    s = DPI / 72
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    line = []
    for k in range(int(length * s)):
        x, y = (a[0] + ux * k / s) * s, (a[1] + uy * k / s) * s
        line.append(max(bitmap.ink(int(x - uy * d), int(y + ux * d)) for d in (-2, -1, 0, 1, 2)))
    parts = [(value, sum(1 for _ in group)) for value, group in itertools.groupby(line)]
    line = [1 if value or length < s else 0 for value, length in parts for _ in range(length)]
    runs = {0: [], 1: []}
    for value, group in itertools.groupby(line):
        runs[value].append(sum(1 for _ in group) / s)
    ink, paper = (sorted(runs[v][1:-1] or runs[v]) for v in (1, 0))  # those at both ends are cut
    return sum(ink) / len(ink), sum(paper) / len(paper) if paper else 0.0, ink[-1] / ink[0]


def spread(rows, value):
    """Each pixel takes the value if one within two pixels of it has it."""
    other = 1 - value
    for _ in range(2):  # by rows, then by columns
        rows = [[value if value in row[max(0, x - 2):x + 3] else other for x in range(len(row))] for row in rows]
        rows = [list(column) for column in zip(*rows)]
    return rows


def marker_bits(bitmap, line, point=1, half=4.0, reach=3.3):
    """A marker without the holes of its halftone, and without the strokes that end at it: what lies beyond its reach,
    or at the height of its middle, where a level line comes in, is blank."""
    x0, y0 = line.points[point]
    rows = spread(spread(bitmap.window(x0 - half, y0 - half, x0 + half, y0 + half), 1), 0)
    level = line.points[point - 1][1] == y0
    middle, stroke, reach = len(rows) // 2, round(1.0 * DPI / 72) if level else -1, reach * DPI / 72
    return [[pixel if abs(y - middle) > stroke and math.hypot(x - middle, y - middle) < reach else 0
             for x, pixel in enumerate(row)] for y, row in enumerate(rows)]


def open_lines(marks):
    """The polylines of the series in their order: three or more points, no fill, not of the grid."""
    return [m for m in marks if not m.fill and len(m.points) > 3 and m.stroke and m.stroke.startswith("1.250")]


def stretch(line, piece=0):
    """One of its longest pieces, clear of the markers at both ends."""
    a, b = sorted(zip(line.points, line.points[1:]), key=lambda p: -math.dist(*p))[piece]
    cut = 6 / math.dist(a, b)
    return ((a[0] + (b[0] - a[0]) * cut, a[1] + (b[1] - a[1]) * cut),
            (b[0] - (b[0] - a[0]) * cut, b[1] - (b[1] - a[1]) * cut))


def ratio(a, b):
    """Of two mean runs; a run that the other has not is as good as any."""
    return 1.0 if a == b else 9.0 if min(a, b) == 0 else max(a, b) / min(a, b)


def compare_lines(runs, pairs):
    for a, b in pairs:
        apart = max(ratio(p, q) for p, q in zip(runs[a], runs[b]))
        show(f"{a + 1}-{b + 1}: runs", *(f"{run:.1f}" for run in runs[a]), "and", *(f"{run:.1f}" for run in runs[b]))
        if apart < RUNS:
            return f"lines {a + 1} and {b + 1}: runs of ink and paper are alike ({apart:.2f})"
    return None


def shape_distance(a, b):
    """Pixels of either marker that are not of both; the best of small shifts, for the raster's sake."""
    best = 1.0
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            either = both = 0
            for y in range(2, len(a) - 2):
                for x in range(2, len(a[0]) - 2):
                    p, q = a[y][x], b[y + dy][x + dx]
                    either += p | q
                    both += p & q
            best = min(best, 1 - both / either)
    return best


def compare_markers(bits, pairs):
    for a, b in pairs:
        apart = shape_distance(bits[a], bits[b])
        show(f"{a + 1}-{b + 1}: markers {apart:.2f}")
        if apart < SHAPE:
            return f"markers {a + 1} and {b + 1} are alike ({apart:.2f})"
    return None


# ---------------------------------------------------------------- judging

def neighbours(count, ring=False):
    return list(zip(range(count), range(1, count))) + ([(count - 1, 0)] if ring else [])


class Judge:
    def __init__(self):
        self.failed = 0

    def __call__(self, name, why):
        self.failed += why is not None
        print(f"FAIL print/{name}: {why}" if why else f"ok print/{name}")


def judge_fills(judge, drawn, bitmaps):
    for kind, palette in itertools.product(FILLS, PALETTES):
        page, marks = drawn[kind, palette]
        areas = fill_areas(kind, marks)
        windows = [bitmaps[page].window(*inner_box(of[0])) for of in areas]
        wanted = 3 if kind == "组合" else len(SERIES)
        why = None if len(windows) == wanted else f"{len(windows)} fills, not {wanted}"
        judge(f"fills {kind} {palette}", why or compare_fills(windows, neighbours(wanted, len(areas[0]) == 1)))


def judge_tones(judge, drawn, bitmaps):
    for palette in PALETTES:
        page, marks = drawn["热力", palette]
        boxes = [m for m in marks if m.fill]
        scale = [m for m in boxes if m.size()[1] == boxes[-1].size()[1]]  # below the chart, the lightest first
        windows = [bitmaps[page].window(*inner_box(m)) for m in scale]
        shares = [ink_share(w) for w in windows]
        show(*(f"{share:.2f}" for share in shares))
        why = None if len(scale) >= 4 else f"{len(scale)} steps"
        for step, (a, b) in enumerate(zip(shares, shares[1:])):
            if b - a < DARKER:
                why = why or f"step {step + 2} has {b:.2f} of ink, the one before {a:.2f}"
        judge(f"tones 热力 {palette}", why)


def judge_lines(judge, drawn, bitmaps):
    for kind, palette in itertools.product(LINES, PALETTES):
        page, marks = drawn[kind, palette]
        lines, wanted = open_lines(marks), {"折线": 6, "组合": 3, "雷达": RADAR_MOST}[kind]
        if len(lines) != wanted:
            judge(f"lines {kind} {palette}", f"{len(lines)} lines, not {wanted}")
            continue
        pairs = list(itertools.combinations(range(wanted), 2))
        runs = [stroke_runs(bitmaps[page], *stretch(line)) for line in lines]
        bits = [marker_bits(bitmaps[page], line) for line in lines]
        judge(f"lines {kind} {palette}", compare_lines(runs, pairs))
        judge(f"markers {kind} {palette}", compare_markers(bits, pairs))


def judge_teeth(judge, drawn, bitmaps):
    """Each series against itself at another place: every comparison must say that they are alike."""
    for palette in PALETTES:
        page, marks = drawn["柱", palette]
        for series, areas in enumerate(fill_areas("柱", marks)):
            windows = [bitmaps[page].window(*inner_box(area)) for area in areas[:2]]
            alike = compare_fills(windows, [(0, 1)])
            judge(f"teeth fill {series + 1} {palette}", None if alike else "one fill passes for two")
        page, marks = drawn["折线", palette]
        for series, line in enumerate(open_lines(marks)):
            runs = [stroke_runs(bitmaps[page], *stretch(line, piece)) for piece in (0, 1)]
            bits = [marker_bits(bitmaps[page], line, point) for point in (1, 2)]
            judge(f"teeth line {series + 1} {palette}",
                  None if compare_lines(runs, [(0, 1)]) else "one line passes for two")
            judge(f"teeth marker {series + 1} {palette}",
                  None if compare_markers(bits, [(0, 1)]) else "one marker passes for two")


def main():
    with tempfile.TemporaryDirectory(prefix="wenyin-print.") as name:
        folder = pathlib.Path(name)
        write_case(folder)
        dump = run(WENYIN, "render", "图.xml", "-d", ".", "--dump", "pages", folder=folder).decode()
        run(WENYIN, "render", "图.xml", "-d", ".", "-o", "图.pdf", folder=folder)
        run("pdftoppm", "-gray", "-aaVector", "no", "-r", str(DPI), "图.pdf", "页", folder=folder)
        drawn = read_dump(dump)
        bitmaps = {int(re.search(r"(\d+)\.pgm$", path.name)[1]): Bitmap(path) for path in folder.glob("页-*.pgm")}
        judge = Judge()
        judge_fills(judge, drawn, bitmaps)
        judge_tones(judge, drawn, bitmaps)
        judge_lines(judge, drawn, bitmaps)
        judge_teeth(judge, drawn, bitmaps)
        return judge.failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
