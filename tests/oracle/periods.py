"""Periods of a report: what comes before one, the same of the year before, and how they are called."""
import calendar
import datetime
from collections import namedtuple

Period = namedtuple("Period", "first last kind")  # kind: months it spans, 0: any days
EVER = datetime.date(1, 1, 1)


def months(year, month, count):
    """The period of `count` months that begins with this month, which may be outside 1 … 12."""
    first = datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    end = datetime.date(first.year + (first.month + count - 2) // 12, (first.month + count - 2) % 12 + 1, 1)
    return Period(first, end.replace(day=calendar.monthrange(end.year, end.month)[1]), count)


def parse(text):
    if "H" in text:
        return months(int(text[:4]), 1 if text.endswith("1") else 7, 6)
    if "Q" in text:
        return months(int(text[:4]), int(text[-1]) * 3 - 2, 3)
    return months(int(text[:4]), int(text[5:]), 1) if "-" in text else months(int(text), 1, 12)


def shift(period, by):
    """by: in months."""
    return months(period.first.year, period.first.month + by, period.kind)


MOVES = {"上期": lambda p: shift(p, -p.kind), "下期": lambda p: shift(p, p.kind), "同期": lambda p: shift(p, -12)}


def widened(period, step, count=0):
    if step == "累计":
        return Period(datetime.date(period.last.year, 1, 1), period.last, 0)
    if step == "至今":
        return Period(EVER, period.last, 0)
    return Period(shift(period, -period.kind * (count - 1)).first, period.last, 0)


def short(period):
    """6月, 二季度, 上半年, 1—6月."""
    first, last = period.first.month, period.last.month
    if period.kind == 6:
        return "上半年" if first == 1 else "下半年"
    if period.kind == 3:
        return "一二三四"[first // 3] + "季度"
    if period.kind == 12:
        return f"{period.first.year}年"
    return f"{first}月" if first == last else f"{first}—{last}月"


def name(period):
    if period.kind == 12:
        return f"{period.first.year}年"
    return f"{period.first.year}年" + ("第" if period.kind == 3 else "") + short(period)
