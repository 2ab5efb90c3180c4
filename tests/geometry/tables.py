"""Long tables: 3,000 rows of 8 columns, in linear time, every page with its head, 续表 from the second on."""
import functools
import os
import re
import resource

import judge
import papers
from judge import check, need, same

HEADS = ["编号", "村名", "点位", "问题类别", "发现日期", "责任人", "整改天数", "扣分"]


@functools.lru_cache(maxsize=None)
def ledger(rows, extra=""):
    """-> template, data folder"""
    dice = papers.Dice(rows)
    lines = [",".join(HEADS)]
    for i in range(1, rows + 1):
        lines.append(f"R{i:04},{dice.han(2)}村,{dice.han(4 + dice.below(14))},{dice.han(4)},2024-06-{1 + dice.below(30):02},"
                     f"{dice.han(3)},{1 + dice.below(30)},{dice.below(50) / 10}")
    folder = os.path.dirname(papers.file(f"ledger{rows}/台账.csv", "\r\n".join(lines) + "\r\n"))
    columns = "".join(f'<col head="{head}" value="{head}"/>\n' for head in HEADS)
    content = papers.template(f'<table of="台账" caption="问题整改情况">\n{columns}{extra}</table>\n',
                              data='<csv id="台账" files="台账.csv" key="编号"/>\n')
    return content, folder


def spent_by_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def seconds(rows):
    """Of the processor, not of the clock: the tests run beside others."""
    content, folder = ledger(rows)
    best = None
    for _ in range(3):
        start = spent_by_children()
        papers.paper(f"ledger{rows}", content, "-d", folder)
        spent = spent_by_children() - start
        best = spent if best is None else min(best, spent)
    return best


@check
def long_tables_take_linear_time():
    few, some, many = (seconds(n) for n in (300, 1500, 3000))
    first, second = (some - few) / 1200, (many - some) / 1500
    need(second < 1.6 * first, f"{first * 1e6:.0f} µs a row up to 1,500 rows, {second * 1e6:.0f} µs up to 3,000")


@check
def every_page_of_a_long_table_has_its_head():
    content, folder = ledger(3000)
    pdf = papers.paper("ledger3000", content, "-d", folder)
    pages = judge.poppler_text(pdf, "-layout").split("\f")[:-1]
    keys = re.findall(r"\bR\d{4}\b", "\n".join(pages))
    same("rows in order", keys, [f"R{i:04}" for i in range(1, 3001)])
    need(len(pages) > 60, f"{len(pages)} pages")
    for number, page in enumerate(pages, 1):
        same(f"heads on page {number}", page.count("整改天数"), 1)
        same(f"续表 on page {number}", page.count("续表1"), int(number > 1))


@check
def page_sums_add_up():
    """页内合计 against the rows that Poppler finds on the page."""
    content, folder = ledger(200, '<total label="本页合计" page="是"/>\n')
    pdf = papers.paper("ledger200", content, "-d", folder)
    for number in range(1, len(judge.pages(pdf)) + 1):
        page = judge.poppler_text(pdf, "-layout", "-f", str(number), "-l", str(number))
        days = [int(m) for m in re.findall(r"2024年?[-\d年月日]*\s+\S+\s+(\d+)\s+\d", page)]
        sums = re.search(r"本页合计\s+(\d+)\s+([\d.]+)", page)
        need(days and sums, f"page {number} has no rows or no sum: {page[-300:]}")
        same(f"sum of page {number}", int(sums.group(1)), sum(days))
