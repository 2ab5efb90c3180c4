"""The figures: what the template says, and how the oracle works the same out. (label, value, function of a Month)."""
from rows import (DATED, amount_words, change, change_words, days, digits, fixed, grouped, last_day, mean, minus, number,
                  percent, plain, ratio, shift, total, values)


class Month:
    """The tables seen from one month of the report."""

    def __init__(self, tables, month):
        self.tables, self.month, self.as_of = tables, month, last_day(month)

    def at(self, by):
        return Month(self.tables, shift(self.month, by))

    def rows(self, table, column=None):
        return self.between(table, self.month, self.month, column)

    def between(self, table, first, last, column=None):
        column = column or DATED[table]
        return [row for row in self.tables[table] if row[column] and first <= row[column][:7] <= last]

    def year(self, table, column=None):
        return self.between(table, self.month[:4] + "-01", self.month, column)

    def recent(self, table, count):
        return self.between(table, shift(self.month, 1 - count), self.month)

    def until(self, table, column=None):
        return self.between(table, "0000", self.month, column)

    # ---- what a ledger's dates say on the last day of the month
    def done(self, row, column="整改完成日期"):
        return bool(row[column]) and row[column] <= self.as_of

    def closed(self, row):
        return self.done(row, "销号日期")

    def late(self, row):
        return not self.done(row) and bool(row["整改时限"]) and row["整改时限"] < self.as_of

    def near(self, row):
        return not self.done(row) and bool(row["整改时限"]) and 0 <= days(row["整改时限"], self.as_of) <= 3

    def took(self, rows):
        return [days(row["整改完成日期"], row["发现日期"]) for row in rows if self.done(row)]

    def open_count(self):
        rows = self.until("台账")
        return len(rows) - sum(map(self.closed, rows))


def having(rows, **wanted):
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def sums_by(rows, key, column):
    return [total(having(rows, **{key: value}), column) for value in dict.fromkeys(row[key] for row in rows)]


def counts_by(rows, key):
    return [len(having(rows, **{key: value})) for value in dict.fromkeys(row[key] for row in rows)]


def average(numbers):
    return ratio(sum(numbers), len(numbers)) if numbers else None


def share(rows, test):
    return ratio(sum(map(test, rows)), len(rows))


def above(rows, column, bound):
    return [row for row in rows if number(row[column]) is not None and number(row[column]) > bound]


def waste(m, rows=None):
    return total(m.rows("月报") if rows is None else rows, "生活垃圾")


def listed(m):
    order = [row["名称"] for row in m.tables["网格"]]
    names = sorted({row["村"] for row in m.rows("宣传")}, key=lambda n: order.index(n) if n in order else len(order))
    return names


def list_words(names, shown, unit):
    return "、".join(names[:shown]) + ("等" if len(names) > shown else "") + f"{len(names)}{unit}" if names else "缺"


FIGURES = [
    # ---- aggregates and plain printing
    ("数量", "月报.生活垃圾", lambda m: plain(waste(m))),
    ("合计", "月报.乱堆乱放|合计", lambda m: plain(total(m.rows("月报"), "乱堆乱放"))),
    ("平均", "月报.生活垃圾|平均", lambda m: plain(mean(m.rows("月报"), "生活垃圾"), 2)),
    ("最大", "月报.沟渠|最大", lambda m: plain(max(values(m.rows("月报"), "沟渠"), default=None))),
    ("最小", "月报.沟渠|最小", lambda m: plain(min(values(m.rows("月报"), "沟渠"), default=None))),
    ("最新", "考核.总分|至今|最新", lambda m: plain(total(m.rows("考核"), "总分"))),
    ("首个", "考核.总分|累计|首个", lambda m: plain(total(m.between("考核", m.month[:4] + "-01", m.month[:4] + "-01"), "总分"))),
    ("得分", "考核.总分|平均|2位", lambda m: digits(mean(m.rows("考核"), "总分"), 2)),
    ("三位", "考核.总分|平均|3位", lambda m: digits(mean(m.rows("考核"), "总分"), 3)),
    ("整数", "月报.生活垃圾|整数", lambda m: digits(waste(m), 0)),
    ("千分位", "月报.投入资金|千分位", lambda m: grouped(total(m.rows("月报"), "投入资金"))),
    ("万", "月报.投入资金|累计|万 2", lambda m: digits(total(m.year("月报"), "投入资金") / 10000, 2) + "万"),
    ("万尾零", "月报.投入资金|万", lambda m: plain(fixed(total(m.rows("月报"), "投入资金") / 10000, 2)) + "万"),
    ("亿", "月报.投入资金|全部|亿 4", lambda m: digits(total(m.tables["月报"], "投入资金") / 10 ** 8, 4) + "亿"),
    # ---- periods
    ("上期", "月报.生活垃圾|上期", lambda m: plain(waste(m.at(-1)))),
    ("上两期", "月报.生活垃圾|上期|上期", lambda m: plain(waste(m.at(-2)))),
    ("同期", "月报.生活垃圾|同期", lambda m: plain(waste(m.at(-12)))),
    ("累计", "月报.生活垃圾|累计", lambda m: plain(waste(m, m.year("月报")))),
    ("累计同期", "月报.生活垃圾|累计|同期", lambda m: plain(waste(m, m.at(-12).year("月报")))),
    ("同期累计", "月报.生活垃圾|同期|累计", lambda m: plain(waste(m, m.at(-12).year("月报")))),
    ("上期累计", "月报.生活垃圾|上期|累计", lambda m: plain(waste(m, m.at(-1).year("月报")))),
    ("近三", "月报.生活垃圾|近 3|合计", lambda m: plain(waste(m, m.recent("月报", 3)))),
    ("近三上期", "月报.生活垃圾|近 3|上期", lambda m: plain(waste(m, m.at(-1).recent("月报", 3)))),
    ("近一", "月报.生活垃圾|近 1", lambda m: plain(waste(m))),
    ("至今", "月报.生活垃圾|至今", lambda m: plain(waste(m, m.until("月报")))),
    ("至今上期", "月报.生活垃圾|至今|上期", lambda m: plain(waste(m, m.at(-1).until("月报")))),
    ("全部", "月报.生活垃圾|全部", lambda m: plain(waste(m, m.tables["月报"]))),
    ("行先", "(月报|累计|其中 村=长塘村|计数) + 0", lambda m: plain(len(having(m.year("月报"), 村="长塘村")))),
    ("期间", "期间|名称", lambda m: f"{m.month[:4]}年{int(m.month[5:])}月"),
    ("期间累计", "期间|累计|简称", lambda m: "1月" if m.month[5:] == "01" else f"1—{int(m.month[5:])}月"),
    ("期末", "期间|上期|期末|年月日", lambda m: "{}年{}月{}日".format(*map(int, m.at(-1).as_of.split("-")))),
    # ---- changes
    ("环比", "月报.生活垃圾|环比", lambda m: percent(change(waste(m), waste(m.at(-1))))),
    ("环比升降", "月报.生活垃圾|环比|升降", lambda m: change_words(change(waste(m), waste(m.at(-1))))),
    ("同比升降", "月报.生活垃圾|同比|升降 2", lambda m: change_words(change(waste(m), waste(m.at(-12))), 2)),
    ("累计同比", "(月报.生活垃圾|累计)|同比|百分比 2",
     lambda m: percent(change(waste(m, m.year("月报")), waste(m, m.at(-12).year("月报"))), 2)),
    ("增减", "月报.生活垃圾|增减 上期", lambda m: plain(minus(waste(m), waste(m.at(-1))))),
    ("增减同期", "月报.沟渠|增减 同期|升降 1 '公里'",
     lambda m: amount_words(minus(total(m.rows("月报"), "沟渠"), total(m.at(-12).rows("月报"), "沟渠")), 1, "公里")),
    ("增减单位", "月报.乱堆乱放|增减 上期|升降",
     lambda m: amount_words(minus(total(m.rows("月报"), "乱堆乱放"), total(m.at(-1).rows("月报"), "乱堆乱放")), None, "处")),
    ("得分升降", "考核.总分|平均|增减 上期|升降 2 '分'",
     lambda m: amount_words(minus(mean(m.rows("考核"), "总分"), mean(m.at(-1).rows("考核"), "总分")), 2, "分")),
    ("计数环比", "台账|计数|环比", lambda m: percent(change(len(m.rows("台账")), len(m.at(-1).rows("台账"))))),
    ("计数同比", "台账|计数|同比", lambda m: percent(change(len(m.rows("台账")), len(m.at(-12).rows("台账"))))),
    ("比率增减", "台账|占比 已整改|增减 上期|百分比 2",
     lambda m: percent(minus(share(m.rows("台账"), m.done), share(m.at(-1).rows("台账"), m.at(-1).done)), 2)),
    ("上期此时", "台账|上期|占比 已整改|百分比 2", lambda m: percent(share(m.at(-1).rows("台账"), m.done), 2)),
    ("上期当时", "台账|占比 (整改完成日期 不大于 截至)|上期|百分比 2",
     lambda m: percent(share(m.at(-1).rows("台账"), m.at(-1).done), 2)),
    ("套环比", "月报.生活垃圾|环比|增减 上期|百分比 3",
     lambda m: percent(minus(change(waste(m), waste(m.at(-1))), change(waste(m.at(-1)), waste(m.at(-2)))), 3)),
    # ---- rows and conditions
    ("计数", "台账|计数", lambda m: plain(len(m.rows("台账")))),
    ("其中", "台账|其中 状态=已销号|计数", lambda m: plain(len(having(m.rows("台账"), 状态="已销号")))),
    ("其中列", "月报.生活垃圾|其中 村=四塘社区", lambda m: plain(waste(m, having(m.rows("月报"), 村="四塘社区")))),
    ("大于", "月报|其中 生活垃圾 大于 35|计数", lambda m: plain(len(above(m.rows("月报"), "生活垃圾", 35)))),
    ("大于均", "月报|其中 生活垃圾 > (月报.生活垃圾|平均)|计数",
     lambda m: plain(len(above(m.rows("月报"), "生活垃圾", mean(m.rows("月报"), "生活垃圾"))))),
    ("且或", "台账|其中 (来源=镇暗访 或 来源=县督查) 且 问题类别 不等于 垃圾积存|计数",
     lambda m: plain(sum(r["来源"] in ("镇暗访", "县督查") and r["问题类别"] != "垃圾积存" for r in m.rows("台账")))),
    ("或且", "台账|其中 来源=镇暗访 或 来源=县督查 且 问题类别 不等于 垃圾积存|计数",
     lambda m: plain(sum(r["来源"] == "镇暗访" or r["来源"] == "县督查" and r["问题类别"] != "垃圾积存"
                         for r in m.rows("台账")))),
    ("非或", "台账|其中 非 (来源=镇暗访 或 状态=已销号)|计数",
     lambda m: plain(sum(not (r["来源"] == "镇暗访" or r["状态"] == "已销号") for r in m.rows("台账")))),
    ("非空比", "台账|其中 非 销号日期 不大于 截至|计数", lambda m: plain(sum(not m.closed(r) for r in m.rows("台账")))),
    ("属于", "台账|累计|其中 问题类别 属于 (乱堆乱放、垃圾积存)|计数",
     lambda m: plain(sum(r["问题类别"] in ("乱堆乱放", "垃圾积存") for r in m.year("台账")))),
    ("含", "台账|累计|其中 地点 含 村道 且 地点 不含 坡|计数",
     lambda m: plain(sum("村道" in r["地点"] and "坡" not in r["地点"] for r in m.year("台账")))),
    ("为空", "台账|至今|其中 销号日期 为空|计数", lambda m: plain(sum(not r["销号日期"] for r in m.until("台账")))),
    ("晚于", "台账|累计|其中 整改完成日期 晚于 整改时限|计数",
     lambda m: plain(sum(bool(r["整改完成日期"]) and r["整改完成日期"] > r["整改时限"] for r in m.year("台账")))),
    ("天数", "台账|累计|其中 整改时限 - 发现日期 大于 10|计数",
     lambda m: plain(sum(days(r["整改时限"], r["发现日期"]) > 10 for r in m.year("台账")))),
    ("日期在月", "台账|全部|其中 发现日期 = 2023-08|计数",
     lambda m: plain(sum(r["发现日期"].startswith("2023-08") for r in m.tables["台账"]))),
    ("去重", "台账|去重计数 村", lambda m: plain(len({r["村"] for r in m.rows("台账")}))),
    ("占比", "台账|占比 已销号|百分比 1", lambda m: percent(share(m.rows("台账"), m.closed))),
    ("占比条件", "台账|累计|占比 (销号日期 不大于 截至)|百分比 2", lambda m: percent(share(m.year("台账"), m.closed), 2)),
    ("占", "(台账|其中 来源=村自查|计数)|占 (台账|计数)",
     lambda m: percent(ratio(len(having(m.rows("台账"), 来源="村自查")), len(m.rows("台账"))))),
    ("商", "(台账|其中 状态=已销号|计数) / (台账|计数) | 百分比",
     lambda m: percent(ratio(len(having(m.rows("台账"), 状态="已销号")), len(m.rows("台账"))))),
    ("商直印", "月报.投入资金 ÷ 月报.生活垃圾", lambda m: plain(ratio(total(m.rows("月报"), "投入资金"), waste(m)), 2)),
    ("先乘", "1 + 2 × (台账|计数) - 4 ÷ 2", lambda m: plain(2 * len(m.rows("台账")) - 1)),
    ("列举", "宣传.村|列举 3 '个村'", lambda m: list_words(listed(m), 3, "个村")),
    ("全列举", "宣传.村|列举", lambda m: "、".join(listed(m)) or "缺"),
    # ---- date columns, ledgers
    ("销号本期", "台账|本期 销号日期|计数", lambda m: plain(len(m.rows("台账", "销号日期")))),
    ("销号上期", "台账|上期 销号日期|计数", lambda m: plain(len(m.at(-1).rows("台账", "销号日期")))),
    ("销号累计", "台账|累计 销号日期|计数", lambda m: plain(len(m.year("台账", "销号日期")))),
    ("销号至今", "台账|至今 销号日期|计数", lambda m: plain(len(m.until("台账", "销号日期")))),
    ("销号环比", "台账|本期 销号日期|计数|环比|升降",
     lambda m: change_words(change(len(m.rows("台账", "销号日期")), len(m.at(-1).rows("台账", "销号日期"))))),
    ("超期", "台账|至今|其中 超期|计数", lambda m: plain(sum(map(m.late, m.until("台账"))))),
    ("临期", "台账|至今|其中 临期|计数", lambda m: plain(sum(map(m.near, m.until("台账"))))),
    ("用时", "台账|累计|其中 已整改|按 村|计数",
     lambda m: plain(len({r["村"] for r in m.year("台账") if m.done(r)}))),
    ("整改用时", "台账.整改用时|累计|平均", lambda m: plain(average(m.took(m.year("台账"))), 2)),
    ("立行立改", "台账|累计|占比 立行立改",
     lambda m: percent(share(m.year("台账"), lambda r: m.done(r) and r["整改完成日期"] == r["发现日期"]))),
    ("结余", "未销号", lambda m: plain(m.open_count())),
    ("结余增减", "未销号|增减 上期|升降 '个'",
     lambda m: amount_words(m.open_count() - m.at(-1).open_count(), None, "个")),
    # ---- 按
    ("村均", "月报.生活垃圾|累计|按 村|平均", lambda m: plain(average(sums_by(m.year("月报"), "村", "生活垃圾")), 2)),
    ("月均", "月报.生活垃圾|累计|按 月份|平均", lambda m: plain(average(sums_by(m.year("月报"), "月份", "生活垃圾")), 2)),
    ("村最多", "台账|累计|按 村|最大", lambda m: plain(max(counts_by(m.year("台账"), "村")))),
    ("类均", "台账|累计|按 问题类别|平均", lambda m: plain(average(counts_by(m.year("台账"), "问题类别")), 2)),
    ("资金最多", "资金.金额|按 用途|最大", lambda m: plain(max(sums_by(m.rows("资金"), "用途", "金额")))),
    # ---- tables without a period, sets, params
    ("项目", "项目.计划数|其中 类型=户厕改造|合计", lambda m: plain(total(having(m.tables["项目"], 类型="户厕改造"), "计划数"))),
    ("项目投资", "项目.投资|其中 计划完工 不大于 截至",
     lambda m: plain(total([r for r in m.tables["项目"] if r["计划完工"] and r["计划完工"] <= m.as_of], "投资"))),
    ("网格", "网格.户数|其中 级别=村|合计", lambda m: plain(total(having(m.tables["网格"], 级别="村"), "户数"))),
    ("参数", "台账|累计|其中 村=查村|计数", lambda m: plain(len(having(m.year("台账"), 村="杨潭村")))),
    ("数参", "台账|计数|占 限额", lambda m: percent(ratio(len(m.rows("台账")), 40))),
    ("套公式", "人均×10", lambda m: plain(ratio(waste(m) * 10, total(m.rows("月报"), "出动人员")), 2)),
    ("公式环比", "人均|环比", lambda m: percent(change(*(ratio(waste(x), total(x.rows("月报"), "出动人员"))
                                                 for x in (m, m.at(-1)))))),
    ("全角", "（月报．生活垃圾　｜其中　生活垃圾＞３５　｜计数）＋１", lambda m: plain(len(above(m.rows("月报"), "生活垃圾", 35)) + 1)),
    ("方括号", "[月报].【生活垃圾】|合计", lambda m: plain(waste(m))),
    ("引号", "台账|其中 来源='镇暗访' 或 来源=“县督查”|计数",
     lambda m: plain(sum(r["来源"] in ("镇暗访", "县督查") for r in m.rows("台账")))),
    ("注入", "台账|其中 地点 含 \"' OR 1=1 --\" 或 地点='%'|计数", lambda m: "0"),
    ("英文", "台账|where 来源 ne 镇暗访 and 来源 in (村自查、县督查)|count",
     lambda m: plain(sum(r["来源"] in ("村自查", "县督查") for r in m.rows("台账")))),
]

# ---- lists and tables: whole lines

def villages(m):
    return [row["名称"] for row in m.tables["网格"] if row["级别"] == "村"]


def village_line(m, name):
    mine, all_rows = having(m.rows("月报"), 村=name), m.rows("月报")
    rank = 1 + sum(v > waste(m, mine) for v in values(all_rows, "生活垃圾"))
    base = having(m.at(-1).rows("月报"), 村=name)
    return ":".join((name, plain(waste(m, mine)), plain(len(having(m.rows("台账"), 村=name))),
                     percent(change(waste(m, mine), waste(m, base))), percent(ratio(waste(m, mine), waste(m, all_rows))),
                     plain(rank), plain(len(m.rows("台账")))))


def in_villages(m):
    return "；".join(village_line(m, name) for name in villages(m))


def in_months(m):
    months = [shift(m.month, by) for by in range(-5, 1)]
    months = [month for month in months if month >= "2023-01"]
    clear = len({month[5:] for month in months}) == len(months)
    lines = []
    for month in months:
        x = Month(m.tables, month)
        name = f"{int(month[5:])}月" if clear else f"{month[:4]}年{int(month[5:])}月"
        lines.append(":".join((name, plain(waste(x)), plain(len(x.rows("台账"))), percent(change(waste(x), waste(x.at(-1)))),
                               plain(waste(x, x.year("月报"))))))
    return "；".join(lines)


def best_three(m):
    rows = sorted(m.rows("考核"), key=lambda r: (-number(r["总分"]), villages(m).index(r["村"])))
    last = number(rows[2]["总分"])
    return "、".join(f"{r['村']}{plain(number(r['总分']))}" for r in rows if number(r["总分"]) >= last)


def by_source(m):
    rows = m.rows("台账")
    counts = {name: len(having(rows, 来源=name)) for name in dict.fromkeys(r["来源"] for r in rows)}
    return "、".join(f"{name}{count}" for name, count in sorted(counts.items(), key=lambda pair: -pair[1]))


LISTS = [
    ("各村", '<each of="月报" by="村" join="；">{村}:{生活垃圾}:{台账|计数}:{生活垃圾|环比|默认 缺}:{生活垃圾|占 (生活垃圾|不限)}:'
     '{生活垃圾|排名}:{台账|不限 村|计数}</each>', in_villages),
    ("各月", '<each of="月报|近 6" by="月" join="；">{月}:{生活垃圾}:{台账|计数}:{生活垃圾|环比|默认 缺}:{生活垃圾|累计}</each>',
     in_months),
    ("前三", '<each of="考核" by="村" sort="总分 降" top="3 并列" join="、">{村}{总分}</each>', best_three),
    ("来源", '<each of="台账" by="来源" sort="计数 降" join="、">{来源}{台账|计数}</each>', by_source),
]

TABLE = """<table of="月报" by="村" caption="表">
<col head="村" value="村"/><col head="垃圾" value="生活垃圾"/><col head="环比" value="生活垃圾|环比"/>
<col head="问题" value="台账|计数"/><col head="销号率" value="台账|占比 已销号"/><col head="名次" value="生活垃圾|排名"/>
<col head="资金" value="投入资金|千分位"/><total/></table>
<table of="月报" by="村" where="生活垃圾 不小于 36"><col value="村"/><col value="生活垃圾"/><col value="台账|计数"/>
<col value="考核.总分|平均"/><col value="台账|不限|计数"/><col value="生活垃圾|同比|升降"/><total/></table>
<table of="月报|近 6" by="月" sort="生活垃圾 降" top="2"><col value="月"/><col value="生活垃圾"/><col value="台账|计数"/>
<col value="生活垃圾|同期"/><total/></table>"""


def cells(m, name, mine, before, problems, rank):
    dash = "—"
    shown = (name, digits(waste(m, mine), 1), percent(change(waste(m, mine), waste(m, before))), plain(len(problems)),
             percent(share(problems, m.closed)), rank, grouped(total(mine, "投入资金")))
    return " | ".join(dash if cell == "缺" else cell for cell in shown)


def table_lines(m):
    """The rows of TABLE as --dump doc writes them."""
    rows, before, problems = m.rows("月报"), m.at(-1).rows("月报"), m.rows("台账")
    for name in villages(m):
        mine = having(rows, 村=name)
        rank = 1 + sum(v > waste(m, mine) for v in values(rows, "生活垃圾"))
        yield "row " + cells(m, name, mine, having(before, 村=name), having(problems, 村=name), str(rank))
    yield "total " + cells(m, "合计", rows, before, problems, "")
    kept = [row["村"] for row in rows if number(row["生活垃圾"]) >= 36]
    for name in kept:
        yield "row " + chosen_cells(m, name, [name])
    if kept:
        yield "total " + chosen_cells(m, "合计", kept)
    yield from top_months(m)


def top_months(m):
    """The third table: the two months that took away the most, and both together."""
    months = [Month(m.tables, shift(m.month, by)) for by in range(-5, 1) if shift(m.month, by) >= "2023-01"]
    best = sorted(months, key=lambda x: (-waste(x), x.month))[:2]
    lines = [("row", f"{int(x.month[5:])}月", [x]) for x in best] + [("total", "合计", best)]
    for kind, label, those in lines:
        now, problems, before = ([row for x in those for row in rows(x)] for rows in (
            lambda x: x.rows("月报"), lambda x: x.rows("台账"), lambda x: x.at(-12).rows("月报")))
        shown = (label, digits(waste(m, now), 1), plain(len(problems)), digits(waste(m, before), 1))
        yield f"{kind} " + " | ".join("—" if cell == "缺" else cell for cell in shown)


def chosen_cells(m, label, names):
    """The second table: the villages that its where leaves, one or all."""
    def of(rows):
        return [row for row in rows if row["村"] in names]
    # where chooses the rows of the year before as well
    before = [row for row in of(m.at(-12).rows("月报")) if number(row["生活垃圾"]) >= 36]
    shown = (label, digits(waste(m, of(m.rows("月报"))), 1), plain(len(of(m.rows("台账")))),
             plain(mean(of(m.rows("考核")), "总分"), 2), plain(len(m.rows("台账"))),
             change_words(change(waste(m, of(m.rows("月报"))), waste(m, before))))
    return " | ".join("—" if cell == "缺" else cell for cell in shown)


# ---- reports of a quarter, half or whole year: groups by quarter, half, year are cut to the rows' time

WIDE = ("2023Q4", "2024Q2", "2023H2", "2024H1", "2023", "2024", "2024-05", "2024-02")
WIDE_ROWS = ("月报", "月报|累计", "月报|近 3", "月报|至今", "月报|同期")
PARTS = {"季": 3, "半年": 6, "年": 12}


def wide_template():
    columns = ('<col value="{}"/><col value="生活垃圾|1位"/><col value="台账|计数"/><col value="生活垃圾|同期|1位"/>'
               '<col value="期间|期初"/><col value="期间|期末"/><total/>')
    return "".join(f'<table of="{rows}" by="{by}" caption="{rows}按{by}">{columns.format(by)}</table>'
                   for rows in WIDE_ROWS for by in PARTS)


def span(period):
    """First month and number of months of 2024, 2024H1, 2024Q2, 2024-06."""
    year, kind, rest = period[:4], period[4:5], period[5:]
    if kind == "-":
        return period, 1
    length = {"": 12, "H": 6, "Q": 3}[kind]
    return f"{year}-{1 + length * (int(rest or 1) - 1):02d}", length


def frame(period, rows):
    first, length = span(period)
    last = shift(first, length - 1)
    return {"月报": (first, last), "月报|累计": (last[:4] + "-01", last), "月报|近 3": (shift(first, -2 * length), last),
            "月报|至今": ("0000-01", last), "月报|同期": (shift(first, -12), shift(last, -12))}[rows]


def month_span(first, last):
    words = "{}年{}月{}日"
    ends = first + "-01", last_day(last)
    return " | ".join(words.format(*map(int, day.split("-"))) for day in ends)


def wide_figures(m, spans):
    def rows(table, back=0):
        return [row for first, last in spans for row in m.between(table, shift(first, -back), shift(last, -back))]
    base = total(rows("月报", 12), "生活垃圾")
    return (f"{digits(total(rows('月报'), '生活垃圾'), 1)} | {len(rows('台账'))} | "
            f"{'—' if base is None else digits(base, 1)}")


def wide_lines(tables, period):
    """The figures of all tables of wide_template, one line a row, without the names of the groups."""
    m = Month(tables, "2024-06")
    for of in WIDE_ROWS:
        for length in PARTS.values():
            low, high = frame(period, of)
            months = sorted({row["月份"] for row in m.between("月报", low, high)})
            groups = {}
            for month in months:
                groups.setdefault((month[:4], (int(month[5:]) - 1) // length), []).append(month)
            spans = []
            for (year, part) in groups:
                first = f"{year}-{part * length + 1:02d}"
                spans.append((max(first, low), min(shift(first, length - 1), high)))
                yield f"row {wide_figures(m, spans[-1:])} | {month_span(*spans[-1])}"
            if spans:
                whole = (spans[0][0], spans[-1][1])
                yield f"total {wide_figures(m, [whole])} |  | "
