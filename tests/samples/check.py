#!/usr/bin/python3
"""Sanity check of samples/generate.py, written apart from it: it runs the
generator into scratch folders and reads what came out.

    /usr/bin/python3 tests/samples/check.py [--totals]

Prints `ok NAME` or `FAIL NAME: why`; the exit code is 1 if anything failed.
--totals also prints the town's figures for the months a June report needs.
"""
import csv
import glob
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "..", "samples", "generate.py")
MONTHS = ["2023-%02d" % m for m in range(1, 13)] + ["2024-%02d" % m for m in range(1, 7)]
VILLAGES = ("长塘村 前江村 路东村 创新村 杨潭村 车田村 六村村 同仁村 建新村 那笔村 "
            "四塘社区 那况村 笋田村 芦前村 花围村 红庄村 洋江村").split()
TODAY = "2024-06-30"
HEADS = {
    "月报": "月份,村,生活垃圾(吨),乱堆乱放(处),私搭乱建(平方米),沟渠(公里),池塘(口),出动人员(人次),出动机械(台次),投入资金(元)",
    "考核": "期次,村,生活垃圾(30),污水治理(15),厕所革命(15),村容村貌(20),长效管护(10),资料台账(10),扣分说明,总分",
    "问题台账": "编号,发现日期,来源,村,地点,问题类别,问题描述,责任人,整改时限,整改完成日期,销号日期,状态,整改前照片,整改后照片",
    "资金": "日期,凭证号,来源,用途,村,项目,金额(元),经手人,备注",
    "宣传发动": "日期,村,方式,数量,单位,参加人数,覆盖户数,内容",
    "厕所污水项目": "项目编号,村,自然村,类型,计划数,完成数,单位,计划完工,实际完工,投资(万元),受益户,形象进度(%),验收",
    "网格": "序号,级别,网格编号,名称,上级编号,网格长,职务,户数,人口",
    "任务": "指标,年度,范围,目标值,单位,季度分解",
    "活动台账": "日期,类别,村,名称,参加单位,参加人次,出动机械(台次),清理垃圾(吨),发现问题(个)",
    "积分": "日期,村,户主,类别,事由,分值",
    "包保责任": "片区,村,包片领导,驻村干部,村党组织书记",
    "整改要求": "问题类别,整改要求,长效措施",
    "会议签到": "日期,单位,姓名,职务,类别",
    "议定事项": "日期,序号,事项,牵头单位,配合单位,完成时限",
    "照片台账": "编号,村,点位,问题描述,整改前照片,整改后照片,发现日期",
}
GBK = {"月报/月报-2023-04", "月报/月报-2023-09", "月报/月报-2024-03", "月报/月报-2024-06",
       "考核/考核评分-2023-05", "考核/考核评分-2023-10", "考核/考核评分-2024-06",
       "问题台账", "资金", "积分", "照片台账"}
BOM = {"月报/月报-2023-02", "月报/月报-2023-07", "月报/月报-2023-12", "月报/月报-2024-05",
       "考核/考核评分-2023-08", "考核/考核评分-2024-02", "宣传发动", "厕所污水项目",
       "会议签到"}
TOTAL = {"2023-03", "2023-09", "2024-02", "2024-06"}

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def need(condition, why):
    if not condition:
        raise AssertionError(why)


def number(text):
    return Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))


def decode(raw):
    """(text, form): the form is told from the bytes alone."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8"), "bom"
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("gbk"), "gbk"


class Folder:
    def __init__(self, path):
        self.raw, self.form, self.text, self.rows, self.photos = {}, {}, {}, {}, {}
        for name in glob.glob(os.path.join(path, "照片", "*")):
            with open(name, "rb") as f:
                self.photos["照片/" + os.path.basename(name)] = f.read()
        for name in glob.glob(os.path.join(path, "**", "*.csv"), recursive=True):
            key = os.path.relpath(name, path).replace(os.sep, "/")[:-4]
            with open(name, "rb") as f:
                self.raw[key] = f.read()
            self.text[key], self.form[key] = decode(self.raw[key])
            table = list(csv.reader(io.StringIO(self.text[key], newline=""), strict=True))
            self.rows[key] = [dict(zip(table[0], row)) for row in table[1:]]
            for at, row in enumerate(table, 1):
                need(len(row) == len(table[0]), "%s row %d: %d cells" % (key, at, len(row)))

    def month(self, month):
        """Rows of the villages and the total row, if any, of a 月报."""
        rows = self.rows["月报/月报-" + month]
        total = [r for r in rows if "合计" in (r["月份"], r["村"])]
        return [r for r in rows if r not in total], total


def generate(path, python=sys.executable, seed="0"):
    env = dict(os.environ, PYTHONHASHSEED=seed, LC_ALL="C")
    subprocess.run([python, GENERATOR, path], check=True, env=env)


def columns(kind):
    return HEADS[kind].split(",")


@check
def files(f):
    names = {"%s-%s" % (p, m) for p in ("月报/月报", "考核/考核评分") for m in MONTHS}
    names |= set(HEADS) - {"月报", "考核"}
    need(set(f.raw) == names, "differs: %s" % sorted(set(f.raw) ^ names))


@check
def headers(f):
    for key, text in f.text.items():
        need(text.splitlines()[0] == HEADS[key.split("/")[0]], key)


@check
def encodings(f):
    for key, form in f.form.items():
        want = "gbk" if key in GBK else "bom" if key in BOM else "utf-8"
        need(form == want, "%s is %s, not %s" % (key, form, want))
        raw = f.raw[key]
        crlf, lf = raw.count(b"\r\n"), raw.count(b"\n")
        need(raw.count(b"\r") == crlf, key + ": lone CR")
        need(crlf == (0 if want == "utf-8" else lf), key + ": line ends")
        need(raw.endswith(b"\n") and "\ufffd" not in f.text[key], key + ": end or U+FFFD")


@check
def seventeen_villages(f):
    for month in MONTHS:
        for rows in (f.month(month)[0], f.rows["考核/考核评分-" + month]):
            need([r["村"] for r in rows] == VILLAGES, month)
            need({r.get("月份") or r.get("期次") for r in rows} == {month}, month + " period")


@check
def monthly_values(f):
    for month in MONTHS:
        for row in f.month(month)[0]:
            v = [number(row[c]) for c in columns("月报")[2:]]
            where = "%s %s %s" % (month, row["村"], v)
            limits = [(15, 80), (2, 45), (0, 300), (0, 9), (0, 4), (50, 420), (1, 18),
                      (8000, 60000)]
            need(all(low <= x <= high for x, (low, high) in zip(v, limits)), where)


@check
def total_rows(f):
    for month in MONTHS:
        rows, total = f.month(month)
        need(len(total) == (month in TOTAL), month + ": total row")
        for c in columns("月报")[2:] if total else []:
            need(number(total[0][c]) == sum(number(r[c]) for r in rows), month + " " + c)


@check
def odd_forms_present(f):
    texts = [f.text["月报/月报-" + m] for m in MONTHS]
    need(sum(bool(re.search(r'"\d+,\d{3}"', t)) for t in texts) >= 3, "quoted thousands")
    need(sum(bool(re.search("[０-９]", t)) for t in texts) >= 3, "full-width digits")
    try:
        f.text["网格"].encode("gbk")
    except UnicodeEncodeError:
        return
    need(False, "no character outside GBK in 网格")


@check
def scores_add_up(f):
    lowest, highest = 100, 0
    for month in MONTHS:
        for row in f.rows["考核/考核评分-" + month]:
            parts = [number(row[c]) for c in columns("考核")[2:8]]
            full = [int(c[c.index("(") + 1:-1]) for c in columns("考核")[2:8]]
            where = month + " " + row["村"]
            need(sum(parts) == number(row["总分"]), where + ": parts do not make the total")
            need(all(0 <= p <= m for p, m in zip(parts, full)), where + ": over full marks")
            lost = {str((m - p).normalize()) for p, m in zip(parts, full)}
            for said in re.findall(r"扣([0-9.]+)分", row["扣分说明"]):
                need(str(Decimal(said).normalize()) in lost, where + ": " + row["扣分说明"])
            lowest, highest = min(lowest, sum(parts)), max(highest, sum(parts))
    need(80 <= lowest and highest <= 98.5, "%s–%s" % (lowest, highest))


@check
def ledger_dates(f):
    for row in f.rows["问题台账"]:
        days = [row[c] for c in ("发现日期", "整改完成日期", "销号日期") if row[c]]
        for day in days + [row["整改时限"]]:
            need(date.fromisoformat(day).isoformat() == day, row["编号"])
        need(days == sorted(days) and days[-1] <= TODAY, row["编号"] + ": order")
        need(row["发现日期"] <= row["整改时限"], row["编号"] + ": deadline")
        state = "已销号" if row["销号日期"] else "已整改" if row["整改完成日期"] else "整改中"
        need(row["状态"] == state, row["编号"] + ": state")
        need(row["整改完成日期"] or not row["销号日期"], row["编号"] + ": struck off undone")
        need(bool(row["整改后照片"]) == bool(row["整改完成日期"]), row["编号"] + ": photo")


@check
def ledger_counts(f):
    rows = f.rows["问题台账"]
    numbers = [r["编号"] for r in rows]
    need(len(set(numbers)) == len(numbers), "编号 twice")
    need(all(n[:4] == r["发现日期"][:4] for n, r in zip(numbers, rows)), "year of 编号")
    need(350 <= len(rows) <= 450, "%d rows" % len(rows))
    need({r["村"] for r in rows} == set(VILLAGES), "a village without problems")
    need(len({r["问题类别"] for r in rows}) == 8 and len({r["来源"] for r in rows}) == 5, "kinds")
    june = [r for r in rows if r["发现日期"][:7] == "2024-06"]
    late = [r for r in rows if not r["整改完成日期"] and r["整改时限"] < TODAY]
    fixed = [r for r in rows if r["状态"] == "已整改"]
    at_once = [r for r in rows if r["发现日期"] == r["整改完成日期"]]
    need(25 <= len(june) <= 35, "June: %d" % len(june))
    need(3 <= len(late) <= 12, "overdue: %d" % len(late))
    need(3 <= len(fixed) <= 15, "已整改: %d" % len(fixed))
    need(8 <= len(at_once) <= 50, "same day: %d" % len(at_once))


@check
def grid(f):
    rows = f.rows["网格"]
    need([r["序号"] for r in rows] == [str(n + 1) for n in range(len(rows))], "序号")
    levels = Counter(r["级别"] for r in rows)
    need(levels == {"镇": 1, "片": 4, "村": 17, "组": 73}, str(levels))
    need([r["名称"] for r in rows if r["级别"] == "村"] == VILLAGES, "order of villages")
    by_code = {r["网格编号"]: r for r in rows}
    need(len(by_code) == len(rows), "网格编号 twice")
    for column in ("户数", "人口"):
        sums = defaultdict(int)
        for r in rows:
            sums[r["上级编号"]] += int(r[column])
        for code, total in sums.items():
            need(not code or int(by_code[code][column]) == total, "%s of %s" % (column, code))


@check
def projects(f):
    units = {"户厕改造": "座", "公厕新建": "座", "污水管网": "米", "三格化粪池": "户", "微动力污水站": "处"}
    numbers = [r["项目编号"] for r in f.rows["厕所污水项目"]]
    need(len(set(numbers)) == len(numbers), "项目编号 twice")
    for r in f.rows["厕所污水项目"]:
        plan, done, percent = int(r["计划数"]), int(r["完成数"]), int(r["形象进度(%)"])
        need(r["单位"] == units[r["类型"]] and r["村"] in VILLAGES, r["项目编号"])
        need(0 <= done <= plan and 0 <= percent <= 100, r["项目编号"])
        over = bool(r["实际完工"])
        need(over == (done == plan) == (percent == 100), r["项目编号"] + ": finished?")
        need(r["实际完工"] <= TODAY and over == (r["验收"] != "未验收"), r["项目编号"])


@check
def funds_match_reports(f):
    spent = defaultdict(int)
    numbers = [r["凭证号"] for r in f.rows["资金"]]
    need(len(set(numbers)) == len(numbers), "凭证号 twice")
    for r in f.rows["资金"]:
        need(int(r["金额(元)"]) > 0 and r["日期"] <= TODAY, r["凭证号"])
        if r["项目"] == "村庄清洁":
            spent[r["日期"][:7], r["村"]] += int(r["金额(元)"])
    for month in MONTHS:
        for row in f.month(month)[0]:
            need(number(row["投入资金(元)"]) == spent[month, row["村"]], month + row["村"])


@check
def activities_match(f):
    found = Counter((r["发现日期"], r["村"], r["来源"]) for r in f.rows["问题台账"])
    report = {(m, r["村"]): r for m in MONTHS for r in f.month(m)[0]}
    seen = Counter()
    for r in f.rows["活动台账"]:
        where = r["日期"] + r["村"]
        need(r["类别"] in "会议 调度 督导 会战 培训".split(), where)
        if r["类别"] == "督导":
            key = (r["日期"], r["村"], r["名称"][:3])
            seen[key] += 1
            need(int(r["发现问题(个)"]) == found[key], where + ": finds")
        if r["类别"] == "会战":
            month = report[r["日期"][:7], r["村"]]
            need(number(r["清理垃圾(吨)"]) < number(month["生活垃圾(吨)"]), where + ": waste")
            need(int(r["参加人次"]) < number(month["出动人员(人次)"]), where + ": people")
    inspected = {k for k in found if k[2] in ("镇暗访", "县督查")}
    need(inspected <= set(seen) and set(seen.values()) == {1}, "督导 rows and ledger differ")


@check
def targets(f):
    for year in ("2023", "2024"):
        rows = [r for r in f.rows["任务"] if r["年度"] == year]
        need(len({(r["指标"], r["范围"]) for r in rows}) == len(rows), "a target twice")
        waste = {r["范围"]: int(r["目标值"]) for r in rows if r["指标"] == "生活垃圾"}
        need(waste.pop("全镇") == sum(waste.values()), year + ": villages' targets")
        need(list(waste) == VILLAGES, year + ": villages")
        for r in rows:
            parts = r["季度分解"].split("/")
            last = "100%" if "%" in r["季度分解"] else r["目标值"]
            need(len(parts) == 4 and parts[-1] == last, year + r["指标"])


@check
def dated_tables(f):
    for key in ("资金", "宣传发动", "活动台账", "积分"):
        days = [r["日期"] for r in f.rows[key]]
        need(days == sorted(days) and "2023-01-01" <= days[0] and days[-1] <= TODAY, key)
        need({r["村"] for r in f.rows[key]} <= set(VILLAGES) | {"镇本级"}, key + ": 村")


@check
def duties(f):
    """A row for each village, its area and leaders as the roster has them."""
    grid = {r["网格编号"]: r for r in f.rows["网格"]}
    rows = {r["村"]: r for r in f.rows["包保责任"]}
    need(list(rows) == VILLAGES and len(f.rows["包保责任"]) == 17, "villages")
    for unit in (r for r in grid.values() if r["级别"] == "村"):
        row, area = rows[unit["名称"]], grid[unit["上级编号"]]
        need((row["片区"], row["包片领导"]) == (area["名称"], area["网格长"]), row["村"])
        need(row["村党组织书记"] == unit["网格长"], row["村"])


@check
def demands(f):
    kinds = [r["问题类别"] for r in f.rows["整改要求"]]
    need(sorted(kinds) == sorted({r["问题类别"] for r in f.rows["问题台账"]}), "kinds of problems")


@check
def meetings(f):
    """One meeting a month, on the day of 活动台账; all villages sit in it or are excused; five matters each."""
    days = [r["日期"] for r in f.rows["活动台账"] if r["类别"] == "会议"]
    need(sorted({r["日期"] for r in f.rows["会议签到"]}) == days and len(days) == 18, "days")
    for day in days:
        present = [r for r in f.rows["会议签到"] if r["日期"] == day]
        seats = Counter((r["单位"], r["职务"]) for r in present)
        need(set(seats.values()) == {1} and {(v, "书记") for v in VILLAGES} <= set(seats), day)
        kinds = Counter(r["类别"] for r in present)
        need(set(kinds) == {"出席", "请假", "列席"} and kinds["请假"] <= 2, day + str(kinds))
        matters = [r for r in f.rows["议定事项"] if r["日期"] == day]
        need([r["序号"] for r in matters] == list("12345"), day + ": numbers")
        need(len({r["事项"] for r in matters}) == 5, day + ": a matter twice")
        need(all(r["完成时限"] > day for r in matters), day + ": deadline")
    need({r["日期"] for r in f.rows["议定事项"]} == set(days), "settled on another day")


@check
def photos(f):
    """Rows of the ledger of the last month; two of them have no picture of afterwards."""
    ledger = {r["编号"]: r for r in f.rows["问题台账"]}
    rows = f.rows["照片台账"]
    need(len(rows) == 12 and len({r["编号"] for r in rows}) == 12, "%d rows" % len(rows))
    for r in rows:
        mine = ledger[r["编号"]]
        need(r["发现日期"] == mine["发现日期"] and r["发现日期"][:7] == TODAY[:7], r["编号"])
        need((r["村"], r["点位"], r["问题描述"]) == (mine["村"], mine["地点"], mine["问题描述"]), r["编号"])
        for column in ("整改前照片", "整改后照片"):
            need(os.path.basename(r[column]) == mine[column], r["编号"] + column)
            if r[column]:
                need(f.photos[r[column]].startswith(b"\xff\xd8\xff"), r[column] + ": not a JPEG")
    need(sum(not r["整改后照片"] for r in rows) == 2 and len(f.photos) == 22, "待整改")


@check
def names_anonymised(f):
    for key, column in (("问题台账", "责任人"), ("资金", "经手人"), ("网格", "网格长"), ("积分", "户主"),
                        ("包保责任", "驻村干部"), ("会议签到", "姓名")):
        for r in f.rows[key]:
            need(re.fullmatch("[一-鿿]某某?", r[column]), key + ": " + r[column])


def digest(path):
    folder = Folder(path)
    return {k: hashlib.sha256(v).hexdigest() for k, v in {**folder.raw, **folder.photos}.items()}


def same_bytes(first):
    """Again, with another hash seed, and with any other python3 there is."""
    others = {sys.executable, "/usr/bin/python3"} | set(glob.glob("/usr/bin/python3.[0-9]*"))
    for python in sorted(p for p in others if os.path.exists(p) and "config" not in p):
        with tempfile.TemporaryDirectory() as again:
            generate(again, python, "123")
            need(digest(again) == digest(first), python)


def print_totals(f):
    rows = {m: f.month(m)[0] for m in MONTHS}
    spans = [("2024-06", ["2024-06"]), ("2024-05", ["2024-05"]), ("2023-06", ["2023-06"]),
             ("2024-01…06", MONTHS[12:]), ("2023-01…06", MONTHS[:6]), ("2023", MONTHS[:12])]
    print("# " + "\t".join(["", *(name for name, _ in spans)]))
    for c in columns("月报")[2:]:
        print("# " + "\t".join([c, *(str(sum(number(r[c]) for m in ms for r in rows[m]))
                                      for _, ms in spans)]))
    ledger = f.rows["问题台账"]
    for title, column in (("发现问题", "发现日期"), ("整改完成", "整改完成日期"), ("销号", "销号日期")):
        print("# " + "\t".join([title, *(str(sum(r[column][:7] in ms for r in ledger))
                                          for _, ms in spans)]))
    states = [dict(Counter(r["状态"] for r in ledger if r["发现日期"][:7] in ms))
              for ms in (["2024-06"], MONTHS)]
    late = [r["编号"] for r in ledger if not r["整改完成日期"] and r["整改时限"] < TODAY]
    at_once = sum(r["发现日期"] == r["整改完成日期"] for r in ledger)
    print("# 状态 (found in 2024-06, all):", *states)
    print("# 超期:", *late, "; 立行立改:", at_once, "; rows:", len(ledger))
    for m in ("2024-06", "2024-05", "2023-06"):
        marks = sorted(((number(r["总分"]), r["村"]) for r in f.rows["考核/考核评分-" + m]))
        print("# 总分 %s: mean %.2f, %s … %s" % (m, sum(x for x, _ in marks) / 17,
                                              marks[:2], marks[-2:]))
    for kind in ("户厕改造", "公厕新建", "污水管网", "三格化粪池", "微动力污水站"):
        mine = [r for r in f.rows["厕所污水项目"] if r["类型"] == kind]
        print("# %s: %d projects, plan %d, done %d; overdue %d" % (
            kind, len(mine), sum(int(r["计划数"]) for r in mine), sum(int(r["完成数"]) for r in mine),
            sum(not r["实际完工"] and r["计划完工"] < TODAY for r in mine)))
    town = f.rows["网格"][0]
    print("# 户数 %s, 人口 %s; rows:" % (town["户数"], town["人口"]),
          {k: len(v) for k, v in f.rows.items() if "/" not in k})


def main():
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    failed = 0
    with tempfile.TemporaryDirectory() as first:
        try:
            generate(first)
            folder = Folder(first)
        except Exception as why:        # no output, or a file that cannot be read
            print("FAIL readable: %s" % why)
            return 1
        print("ok readable")
        todo = [(c.__name__, lambda c=c: c(folder)) for c in CHECKS]
        for name, run in todo + [("same_bytes", lambda: same_bytes(first))]:
            try:
                run()
                print("ok " + name)
            except Exception as why:
                failed = 1
                print("FAIL %s: %s" % (name, why or type(why).__name__))
        if "--totals" in sys.argv:
            print_totals(folder)
    return failed


if __name__ == "__main__":
    sys.exit(main())
