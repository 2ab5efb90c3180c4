"""The second copy of the township, as an office would really hand it over: every file readable, none of them clean.
generate.py --dirt OUTDIR writes the clean copy there and then calls soil(), which spoils it file by file.

Nothing is invented here: each kind of dirt is one that Excel, WPS, a browser or a clerk leaves behind. No figure
changes: whatever is read from this copy must be what is read from the clean one (tests/dirty/check.py)."""
import csv
import io
import os
from datetime import date

MONTHLY, SCORES = "月报/月报-%s.csv", "考核/考核评分-%s.csv"
FULL = {ord(c): ord(c) + 0xFEE0 for c in "0123456789."}
EPOCH = date(1899, 12, 30)  # day 0 of Excel
GROUPS = {"生活垃圾(吨)": "清理整治", "出动人员(人次)": "投入力量"}  # each reaches to the next


class Sheet:
    """One CSV in memory: rows above the head, the head, the rows, what stands below."""

    def __init__(self, folder, name):
        self.path = os.path.join(folder, *name.split("/"))
        with open(self.path, "rb") as file:
            data = file.read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gbk")
        lines = list(csv.reader(io.StringIO(text)))
        self.names = [head.split("(")[0] for head in lines[0]]
        self.above, self.heads, self.rows, self.below = [], [lines[0]], lines[1:], []

    def column(self, name):
        return self.names.index(name)

    def spoil(self, name, change, which=lambda number: True):
        """Changes the cells of a column in the rows whose numbers (from 0) are wanted."""
        at = self.column(name)
        for number, row in enumerate(self.rows):
            if which(number) and row[at] and "合计" not in row:
                row[at] = change(row[at])

    def title(self, *texts):
        self.above = [[text] for text in texts]

    def foot(self, *texts):
        self.below = [[text] for text in texts]

    def drop_totals(self):
        self.rows = [row for row in self.rows if "合计" not in row]

    def total(self, label, columns):
        """A row 合计 with the right sums, written without thousands."""
        row = [""] * len(self.heads[-1])
        row[0] = label
        for name in columns:
            at = self.column(name)
            cells = [r[at].translate({v: k for k, v in FULL.items()}).replace(",", "") for r in self.rows]
            tenths = sum(round(float(cell) * 10) for cell in cells)
            row[at] = "%d.%d" % divmod(tenths, 10) if any("." in cell for cell in cells) else str(tenths // 10)
        self.rows.append(row)

    def two_heads(self):
        """Merged groups over the columns, as saved by Excel: the first cell of each, then blanks."""
        names = self.heads[-1]
        started = [at for at, name in enumerate(names) if name in GROUPS]
        upper = [name if at < started[0] else GROUPS.get(name, "") for at, name in enumerate(names)]
        lower = ["" if at < started[0] else name for at, name in enumerate(names)]
        self.heads = [upper, lower]

    def units_below(self):
        names = self.heads[-1]
        units = [name[name.index("("):] if "(" in name else "" for name in names]
        self.heads = [[name.split("(")[0] for name in names], units]

    def blank_column(self, at):
        for row in self.above + self.heads + self.rows + self.below:
            if len(row) > at:
                row.insert(at, "")

    def blank_rows(self, *places):
        for at in sorted(places, reverse=True):
            self.rows.insert(at, [""] * len(self.heads[-1]))

    def save(self, encoding="utf-8", newline="\n", delimiter=",", blanks=0):
        """blanks: empty columns to the right, as Excel leaves them where cells were emptied."""
        width = len(self.heads[-1]) + blanks
        lines = []
        for row in self.above + self.heads + self.rows + self.below:
            cells = row + [""] * (width - len(row))
            lines.append(delimiter.join(quote(cell, delimiter) for cell in cells))
        with open(self.path, "wb") as out:
            out.write((newline.join(lines) + newline).encode(encoding))


def quote(cell, delimiter):
    if cell.startswith('="'):
        return cell
    if any(c in cell for c in '"\r\n' + delimiter):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def every(step, start=0):
    return lambda number: number % step == start


# ---------------------------------------------------------------- cells

def bare_village(name):
    return name[:-1] if name.endswith("村") else name[:-2] if name.endswith("社区") else name


def committee(name):
    return name + "委会" if name.endswith("村") else name + "居委会" if name.endswith("社区") else name


def full_width(cell):
    return cell.translate(FULL)


def day(form):
    def write(cell):
        year, month, number = (int(part) for part in cell.split("-"))
        return form.format(y=year, m=month, d=number, serial=(date(year, month, number) - EPOCH).days)
    return write


# ---------------------------------------------------------------- files

def soil_months(folder):
    for month, soil in MONTH_DIRT.items():
        sheet = Sheet(folder, MONTHLY % month)
        soil(sheet, month)


def titled(sheet, month):
    """Title rows, a total with a blank in its name, notes below; 24年1月 saved again by an English Excel."""
    sheet.drop_totals()
    sheet.title("洋江镇%s年%s月农村人居环境整治月报表" % (month[:4], int(month[5:])), "填报单位：洋江镇人居办")
    sheet.spoil("月份", lambda cell: "%d月" % int(cell[5:]))
    sheet.spoil("投入资金", lambda cell: cell.replace(",", "") + "元", every(3))
    sheet.spoil("村", bare_village, every(4, 1))
    totals = [row[:] for row in sheet.rows]
    sheet.spoil("投入资金", lambda cell: cell.replace("元", ""))
    sheet.total("合　计", ["生活垃圾", "乱堆乱放", "出动人员"])
    for row, soiled in zip(sheet.rows, totals):
        row[:] = soiled
    sheet.foot("填报人：李某某　　审核人：王某某", "注：生活垃圾含村级自行处置部分。", "2.投入资金含以工代赈。")
    sheet.save("gbk", "\r\n")


def unicode_text(sheet, month):
    """Excel's “Unicode 文本”: UTF-16 with tabs; units in the cells."""
    sheet.spoil("生活垃圾", lambda cell: cell + "吨", every(2))
    sheet.spoil("沟渠", lambda cell: cell + " 千米", every(5))
    sheet.spoil("月份", lambda cell: cell.replace("-", "/") + "/1")
    sheet.save("utf-16", "\r\n", "\t")


def two_rows(sheet, month):
    """Merged heads, blank rows, three empty columns at the right, villages' committees."""
    sheet.drop_totals()
    sheet.two_heads()
    sheet.title("附件2：", "洋江镇农村人居环境整治情况统计表（%s）" % month)
    sheet.spoil("村", committee, every(3))
    sheet.blank_rows(4, 9)
    sheet.save("utf-8-sig", "\r\n", blanks=3)


def units_row(sheet, month):
    """A row of units below the head, an old Mac's line ends, digits of the input method."""
    sheet.units_below()
    sheet.spoil("生活垃圾", full_width, every(2, 1))
    sheet.spoil("出动人员", full_width, every(4))
    sheet.spoil("月份", lambda cell: "%s年%s月份" % (cell[:4], int(cell[5:])))
    sheet.save("gbk", "\r")


def rough(sheet, month):
    """约 and 余 where a figure belongs, a full stop for a point, blanks at the ends."""
    sheet.spoil("出动人员", lambda cell: "约" + cell, every(6))
    sheet.spoil("池塘", lambda cell: cell + "余" if cell != "0" else cell, every(7, 2))
    sheet.spoil("生活垃圾", lambda cell: cell.replace(".", "。"), every(8))
    sheet.spoil("村", lambda cell: cell + " ", every(2))
    sheet.spoil("投入资金", lambda cell: "￥" + cell, every(5, 1))
    sheet.spoil("月份", lambda cell: " " + cell + "\u3000")
    sheet.save("utf-8", "\n")


def excel_months(sheet, month):
    """2024-03 opened and saved by Excel, with an empty column in the middle and zeros as Excel shows them."""
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    sheet.spoil("月份", lambda cell: "%s-%s" % (names[int(cell[5:]) - 1], cell[2:4]))
    sheet.spoil("投入资金", lambda cell: '="%s"' % cell.replace(",", ""), every(3))
    sheet.spoil("私搭乱建", lambda cell: "'" + cell, every(4))
    sheet.blank_column(4)
    sheet.save("utf-8-sig", "\r\n", ";")


def in_ten_thousands(sheet, month):
    sheet.spoil("投入资金", ten_thousands, every(2))
    sheet.spoil("村", bare_village, every(2))
    sheet.spoil("月份", lambda cell: cell.replace("-", ""))
    sheet.save("utf-16-be", "\r\n")  # without a mark


def ten_thousands(cell):
    yuan = int(cell.replace(",", ""))
    return ("%d.%04d" % divmod(yuan, 10000)).rstrip("0").rstrip(".") + "万"


MONTH_DIRT = {
    "2023-03": titled, "2023-05": unicode_text, "2023-06": two_rows, "2023-08": units_row, "2023-10": rough,
    "2023-11": excel_months, "2023-12": in_ten_thousands, "2024-01": two_rows, "2024-02": titled,
    "2024-03": excel_months, "2024-04": units_row, "2024-05": unicode_text, "2024-06": rough,
}


def soil_scores(folder):
    sheet = Sheet(folder, SCORES % "2024-06")
    sheet.title("洋江镇2024年6月农村人居环境考核评分表")
    sheet.spoil("生活垃圾", lambda cell: cell + "分", every(3))
    sheet.spoil("总分", full_width, every(4))
    sheet.spoil("村", bare_village, every(5))
    sheet.foot("考核组组长：吴某某", "说明：总分为六项之和。")
    sheet.below[0][0] = "审核：吴某某"
    sheet.save("utf-16", "\r\n")
    sheet = Sheet(folder, SCORES % "2024-05")
    sheet.spoil("期次", lambda cell: "%d月" % int(cell[5:]))
    sheet.spoil("扣分说明", lambda cell: cell + "  ")
    sheet.save("gbk", "\r\n", blanks=2)


def soil_ledger(folder):
    """Four hands have kept it: dates in every form, serials where Excel lost the format, marks for empty cells."""
    sheet = Sheet(folder, "问题台账.csv")
    forms = ["{y}/{m}/{d}", "{y}年{m}月{d}日", "{y}.{m}.{d}", "{serial}", "{y}{m:02}{d:02}", "{y}/{m}/{d} 0:00"]
    for at, form in enumerate(forms):
        sheet.spoil("发现日期", day(form), every(11, at))
    for name in ("整改时限", "整改完成日期", "销号日期"):
        for at, form in enumerate(forms[:3]):
            sheet.spoil(name, day(form), every(7, at))
    empty = ["/", "—", "无", "－", ""]
    at = sheet.column("销号日期")
    for number, row in enumerate(sheet.rows):
        row[at] = row[at] or empty[number % len(empty)]
    sheet.spoil("村", bare_village, every(9))
    sheet.spoil("村", committee, every(9, 4))
    sheet.spoil("编号", lambda cell: '="%s"' % cell, every(5))
    sheet.title("洋江镇农村人居环境问题整改台账")
    sheet.blank_rows(30, 31, 200)
    sheet.foot("填报人：李某某　联系电话：1390000××××")
    sheet.save("utf-16", "\r\n", "\t")


def soil_rest(folder):
    sheet = Sheet(folder, "活动台账.csv")
    sheet.spoil("日期", day("{y}/{m}/{d}"), every(2))
    sheet.spoil("清理垃圾", lambda cell: cell + "吨", every(6))
    sheet.spoil("参加人次", lambda cell: cell + "余人次", every(40))
    sheet.save("gbk", "\r")
    sheet = Sheet(folder, "宣传发动.csv")
    sheet.spoil("日期", day("{y}年{m}月{d}日"), every(3))
    sheet.spoil("村", committee, every(4))
    sheet.spoil("参加人数", full_width, every(5))
    sheet.save("utf-16", "\r\n")
    sheet = Sheet(folder, "厕所污水项目.csv")
    sheet.spoil("投资", lambda cell: cell + "万元", every(3))
    sheet.spoil("形象进度", lambda cell: cell + "%", every(2))
    sheet.blank_column(3)
    sheet.save("utf-8-sig", "\r\n")  # 𬒔 is not in GBK
    sheet = Sheet(folder, "网格.csv")
    sheet.title("洋江镇四级网格花名册")
    sheet.foot("注：户数、人口为2023年底数。")
    sheet.save("utf-16", "\r\n")


def leave_litter(folder):
    """What is no data: the lock file of an open sheet, an editor's copy, a picture cache."""
    for name in ("月报/~$月报-2024-06.csv", "月报/.月报-2024-06.csv.swp", "考核/.~lock.考核评分-2024-06.csv#",
                 "月报/.隐藏.csv", "考核/Thumbs.db"):
        with open(os.path.join(folder, *name.split("/")), "wb") as out:
            out.write(b"\x00\x01 no data\xff")


def soil(folder):
    soil_months(folder)
    soil_scores(folder)
    soil_ledger(folder)
    soil_rest(folder)
    leave_litter(folder)
