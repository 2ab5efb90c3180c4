"""Sentences of the shipped templates with their figures, as the oracle works them out.

A function gives one or more whole pieces of text that the paper must hold, or None where the paper says nothing in that month."""
from decimal import Decimal

from figures import Month, average, change, having, share, total, villages
from rows import amount_words, change_words, digits, mean, minus, number, percent, plain, ratio, values


def month_word(m):
    return f"{int(m.month[5:])}月"


def months_word(m):
    return "1月" if m.month[5:] == "01" else f"1—{int(m.month[5:])}月"


def day_word(day):
    return "{}月{}日".format(*map(int, day.split("-")[1:]))


def year_target(m, name, place="全镇"):
    return number(having(m.tables["任务"], 指标=name, 年度=m.month[:4], 范围=place)[0]["目标值"])


def progress(m, name):
    return percent(ratio(total(m.year("月报"), name), year_target(m, name)))


def done(m, rows):
    return sum(map(m.done, rows))


def open_problems(m):
    rows = m.until("台账")
    return len(rows) - done(m, rows)


def ranked(m, count, best):
    """The first `count` villages and those that tie with the last of them, best or worst first."""
    sign = -1 if best else 1
    rows = sorted(m.rows("考核"), key=lambda r: (sign * number(r["总分"]), villages(m).index(r["村"])))
    last = sign * number(rows[count - 1]["总分"])
    return [row for row in rows if sign * number(row["总分"]) <= last]


def names(rows):
    return "、".join(row["村"] for row in rows)


def counted(rows, column):
    counts = {name: len(having(rows, **{column: name})) for name in dict.fromkeys(row[column] for row in rows)}
    return "、".join(f"{name}{count}个" for name, count in sorted(counts.items(), key=lambda pair: -pair[1]))


def wan(value, places):
    return digits(value / 10000, places) + "万元"


def finished(m):
    return [row for row in m.tables["项目"] if row["实际完工"] and row["实际完工"] <= m.as_of]


# ---- 考核通报

def score_bands(m):
    scores = values(m.rows("考核"), "总分")
    before = minus(mean(m.rows("考核"), "总分"), mean(m.at(-1).rows("考核"), "总分"))
    compared = "" if before is None else f"，比上月{amount_words(before, 2, '分')}"
    return (f"{month_word(m)}，全镇平均得分{digits(average(scores), 2)}分{compared}；最高{plain(max(scores))}分，最低{plain(min(scores))}分。"
            f"得分在95分以上的{sum(s >= 95 for s in scores)}个，90分以上不足95分的{sum(90 <= s < 95 for s in scores)}个，"
            f"不足90分的{sum(s < 90 for s in scores)}个。")


def score_parts(m):
    parts = (("生活垃圾", 30), ("污水治理", 15), ("厕所革命", 15), ("村容村貌", 20), ("长效管护", 10), ("资料台账", 10))
    return "从分项得分率看，" + "、".join(name + percent(ratio(mean(m.rows("考核"), name), full)) for name, full in parts) + "。"


def red_and_black(m):
    return (f"得分居前五位的是{names(ranked(m, 5, True))}，予以通报表扬", f"得分居后三位的是{names(ranked(m, 3, False))}，予以通报批评")


def found_this_month(m):
    rows = m.rows("台账")
    return (f"{month_word(m)}共排查发现问题{len(rows)}个，涉及{len({r['村'] for r in rows})}个村（社区），"
            f"截至{day_word(m.as_of)}已整改{done(m, rows)}个。")


def area_rows(m):
    """The score table: a line for each village, the mean of its area and of the town."""
    lines = []
    for area in dict.fromkeys(row["片区"] for row in m.tables["包保"]):
        mine = [row["村"] for row in having(m.tables["包保"], 片区=area)]
        rows = [row for row in m.rows("考核") if row["村"] in mine]
        lines += [f"{row['村']} | {digits(number(row['生活垃圾']), 1)}" for row in rows]
        lines.append(f"| {digits(mean(rows, '总分'), 1)}")
    return tuple(lines)


# ---- 简报

def bulletin_month(m):
    rows = m.rows("月报")
    return (f"全月清理生活垃圾{plain(total(rows, '生活垃圾'))}吨，整治乱堆乱放{plain(total(rows, '乱堆乱放'))}处，"
            f"疏通沟渠{plain(total(rows, '沟渠'))}公里，各村上报投入村庄清洁资金{wan(total(rows, '投入资金'), 1)}")


def bulletin_people(m):
    rows = m.rows("宣传")
    return f"本月开展各类宣传{len(rows)}次，参加{plain(total(rows, '参加人数'))}人次"


def bulletin_problems(m):
    rows = m.rows("台账")
    return (f"本月排查问题{len(rows)}个，其中{counted(rows, '来源')}；截至{day_word(m.as_of)}，已整改{done(m, rows)}个，"
            f"整改率{percent(share(rows, m.done))}")


# ---- 讲话稿, 发言材料

def speech_problems(m):
    rows = m.year("台账")
    county = having(rows, 来源="县督查")
    return (f"今年累计排查问题{len(rows)}个，到{month_word(m)}底已经整改{done(m, rows)}个，平均{digits(average(m.took(rows)), 1)}天改一个。"
            f"特别是县督查组指出的{len(county)}个问题，已整改{done(m, county)}个")


def speech_scores(m):
    scores = values(m.rows("考核"), "总分")
    return (f"最高的{plain(max(scores))}分，最低的只有{plain(min(scores))}分，相差{plain(max(scores) - min(scores))}分。"
            f"{names(ranked(m, 3, False))}排在后面")


def speech_open(m):
    if not open_problems(m):
        return "对新发现的问题，一要"
    return f"截至{day_word(m.as_of)}，全镇还有{open_problems(m)}个问题没有整改到位"


def talk_progress(m):
    return f"截至{month_word(m)}底分别完成{progress(m, '生活垃圾')}和{progress(m, '乱堆乱放')}"


def talk_points(m):
    if not m.until("积分"):
        return "目前方案正在征求群众意见"
    signs = [number(row["分值"]) > 0 for row in m.year("积分")]
    return f"今年已记分{len(signs)}次，其中加分{sum(signs)}次、扣分{len(signs) - sum(signs)}次"


def talk_visits(m):
    rows = having(m.year("活动"), 类别="督导")
    own = [row for row in rows if "镇暗访" in row["名称"]]
    county = [row for row in rows if "县督查" in row["名称"]]
    return (f"今年镇级暗访{len({r['日期'] for r in own})}次，到村{len(own)}村次，发现问题{len(having(m.year('台账'), 来源='镇暗访'))}个；"
            f"县督查组到我镇督查{len({r['日期'] for r in county})}次，指出问题{len(having(m.year('台账'), 来源='县督查'))}个")


# ---- 上行报告, 会议纪要

def report_work(m):
    rows, before, words = m.rows("月报"), m.at(-12).rows("月报"), []
    for text, column, unit in (("清理生活垃圾", "生活垃圾", "吨"), ("整治乱堆乱放", "乱堆乱放", "处")):
        compared = change(total(rows, column), total(before, column))
        words.append(f"{text}{plain(total(rows, column))}{unit}" + (f"，同比{change_words(compared)}" if compared else ""))
    return ("；".join(words) + f"；疏通沟渠{plain(total(rows, '沟渠'))}公里，清理池塘{plain(total(rows, '池塘'))}口，"
            f"拆除私搭乱建{plain(total(rows, '私搭乱建'))}平方米")


def report_targets(m):
    shares = [progress(m, name) for name in ("生活垃圾", "乱堆乱放", "沟渠")]
    return f"分别完成全年目标的{shares[0]}、{shares[1]}和{shares[2]}"


def report_money(m):
    return f"镇级账内支出整治资金（含项目工程款）{wan(total(m.rows('资金'), '金额'), 2)}"


def minutes_present(m):
    kinds = {kind: having(m.rows("签到"), 类别=kind) for kind in ("出席", "请假", "列席")}
    lists = tuple("、".join(row["单位"] + row["姓名"] for row in rows) for rows in kinds.values())
    return (f"应到{len(kinds['出席']) + len(kinds['请假'])}人，实到{len(kinds['出席'])}人，列席{len(kinds['列席'])}人", *lists)


def minutes_before(m):
    x = m.at(-1)
    if not x.rows("月报"):
        return None
    rows = x.year("台账")
    return (f"全镇累计清理生活垃圾{plain(total(x.year('月报'), '生活垃圾'))}吨，完成全年任务的{progress(x, '生活垃圾')}；"
            f"排查问题{len(rows)}个，到月底已整改{done(x, rows)}个",
            *([f"还有{open_problems(x)}个问题没有整改到位"] if open_problems(x) else []))


# ---- 整改函: what is still open in one village

def letter_to(village):
    def letter_open(m):
        rows = [row for row in having(m.until("台账"), 村=village) if not m.done(row)]
        demand = {row["问题类别"]: row["整改要求"] for row in m.tables["要求"]}
        return (f"仍有{len(rows)}个问题没有整改到位",
                *(f"{row['问题描述']} | {row['地点']} | {demand[row['问题类别']]} | {day_word(row['整改时限'])} | {village}"
                  for row in rows))
    return letter_open


# ---- 工作总结及计划: a half or a whole year, which is the Month's year so far

def summary_work(m):
    rows, before = m.year("月报"), m.at(-12).year("月报")
    words = []
    for text, column, unit in (("清理生活垃圾", "生活垃圾", "吨"), ("整治乱堆乱放", "乱堆乱放", "处")):
        compared = change(total(rows, column), total(before, column))
        words.append(f"{text}{plain(total(rows, column))}{unit}" + (f"，同比{change_words(compared)}" if compared else ""))
    return "；".join(words) + "。"


def summary_money(m):
    rows = m.year("资金")
    sums = {name: total(having(rows, 来源=name), "金额") for name in dict.fromkeys(row["来源"] for row in rows)}
    parts = "、".join(f"{name}{wan(sum_, 2)}" for name, sum_ in sorted(sums.items(), key=lambda pair: -pair[1]))
    return f"镇级账内支出整治资金（含项目工程款）{wan(total(rows, '金额'), 2)}，其中{parts}。"


def summary_plan(m):
    if m.month[5:] == "12":
        return None
    left = [plain(year_target(m, name) - total(m.year("月报"), name)) for name in ("生活垃圾", "乱堆乱放", "私搭乱建", "沟渠")]
    return "还需清理生活垃圾{}吨、整治乱堆乱放{}处、拆除私搭乱建{}平方米、疏通沟渠{}公里。".format(*left)


def summary_months(m):
    lines = []
    for index in range(1, int(m.month[5:]) + 1):
        x = Month(m.tables, f"{m.month[:5]}{index:02d}")
        rows = x.rows("月报")
        lines.append(f"{index}月 | {digits(total(rows, '生活垃圾'), 1)} | {plain(total(rows, '乱堆乱放'))} | {digits(total(rows, '沟渠'), 1)} | "
                     f"{digits(total(rows, '投入资金') / Decimal(10000), 2)} | {len(x.rows('台账'))} | "
                     f"{digits(mean(x.rows('考核'), '总分'), 2)}")
    return tuple(lines)


def summary_best(m):
    means = {name: mean(having(m.year("考核"), 村=name), "总分") for name in villages(m)}
    best = sorted(means, key=lambda name: (-means[name], villages(m).index(name)))
    shown = [name for name in best if means[name] >= means[best[2]]]
    return "平均得分居前的是" + "、".join(f"{name}（{digits(means[name], 2)}分）" for name in shown) + "。"


# ---- template and options, periods (what -p says, the month that the oracle looks from), sentences

MONTHLY = [(month, month) for month in ("2023-01", "2023-02", "2024-01", "2024-06")]
PAPERS = [
    (("考核通报",), MONTHLY, (score_bands, score_parts, red_and_black, found_this_month, area_rows)),
    (("简报",), MONTHLY, (bulletin_month, bulletin_people, bulletin_problems)),
    (("讲话稿",), MONTHLY, (speech_problems, speech_scores, speech_open)),
    (("发言材料",), MONTHLY, (talk_progress, talk_points, talk_visits)),
    (("上行报告",), MONTHLY, (report_work, report_targets, report_money)),
    (("会议纪要",), MONTHLY, (minutes_present, minutes_before)),
    (("整改函", "--unit", "路东村"), [("2024-06", "2024-06")], (letter_to("路东村"),)),
    (("整改函", "--unit", "四塘社区"), [("2023-02", "2023-02")], (letter_to("四塘社区"),)),
    (("工作总结及计划",), [("2024H1", "2024-06"), ("2023", "2023-12")],
     (summary_work, summary_money, summary_plan, summary_months, summary_best)),
]
