"""The samples as lists of rows, and the words that figures are printed in. Shares nothing with the program."""
import csv
import datetime
import io
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

KEYS = {"月报": ("月报", "月份"), "考核": ("考核", "期次")}  # a folder of monthly files each
FILES = {"台账": "问题台账.csv", "资金": "资金.csv", "宣传": "宣传发动.csv", "项目": "厕所污水项目.csv", "活动": "活动台账.csv",
         "网格": "网格.csv", "积分": "积分.csv", "任务": "任务.csv", "包保": "包保责任.csv", "要求": "整改要求.csv", "签到": "会议签到.csv",
         "照片": "照片台账.csv"}
DATED = {"台账": "发现日期", "资金": "日期", "宣传": "日期", "活动": "日期", "积分": "日期", "月报": "月份", "考核": "期次", "签到": "日期",
         "照片": "发现日期"}


def read(path):
    """All rows of a file as dicts; the unit in a head goes (生活垃圾(吨) is 生活垃圾), a total row too."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    head = [name.split("(")[0] for name in rows[0]]
    return [dict(zip(head, row)) for row in rows[1:] if row and "合计" not in row[:2]]


def number(cell):
    """A cell's number, None when it is empty."""
    text = unicodedata.normalize("NFKC", cell or "").replace(",", "").strip()
    return Decimal(text) if text else None


def load(folder):
    folder = Path(folder)
    tables = {name: [row for file in sorted((folder / sub).glob("*.csv")) for row in read(file)]
              for name, (sub, _) in KEYS.items()}
    tables.update({name: read(folder / file) for name, file in FILES.items()})
    return tables


# ---- periods: months as 2024-06, which compare as texts

def shift(month, by):
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def last_day(month):
    return (datetime.date.fromisoformat(shift(month, 1) + "-01") - datetime.timedelta(1)).isoformat()


def days(later, earlier):
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


# ---- figures; None is a missing one

def values(rows, column):
    return [value for value in (number(row[column]) for row in rows) if value is not None]


def total(rows, column):
    found = values(rows, column)
    return sum(found, Decimal(0)) if found else None


def ratio(a, b):
    if a is None or not b:
        return None
    with localcontext() as context:
        context.prec = 40
        return Decimal(a) / Decimal(b)


def mean(rows, column):
    found = values(rows, column)
    return ratio(sum(found), len(found)) if found else None


def change(now, base):
    return None if now is None or base is None else ratio(now - base, abs(base))


def minus(a, b):
    return None if a is None or b is None else a - b


def fixed(value, places):
    with localcontext() as context:
        context.prec = 40
        return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


# ---- words

MISSING = "缺"


def plain(value, most=None):
    if value is None:
        return MISSING
    value = Decimal(value)
    if most is not None and -value.as_tuple().exponent > most:
        value = fixed(value, most)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def digits(value, places):
    return MISSING if value is None else f"{fixed(value, places):f}"


def percent(value, places=1):
    return MISSING if value is None else f"{fixed(value * 100, places):f}%"


def grouped(value):
    return MISSING if value is None else f"{Decimal(plain(value)):,f}"


def up_down(value, size, rises, falls):
    """size: the figure's size as text. What rounds to zero is 持平."""
    if value is None:
        return MISSING
    if not any(c in "123456789" for c in size):
        return "持平"
    return (rises if value > 0 else falls) + size


def change_words(value, places=1):
    return up_down(value, percent(abs(value or 0), places), "增长", "下降")


def amount_words(value, places, unit):
    size = MISSING if value is None else (plain(abs(value)) if places is None else digits(abs(value), places))
    return up_down(value, size + unit, "增加", "减少")
