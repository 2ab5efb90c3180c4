"""Figures that several shipped templates give of the same thing and the same time: each paper must say what the oracle works out,
so no two of them can differ. A shared word has one meaning: 暗访 counts days, 到村 villages; 村庄清洁资金 is what the villages report,
镇级账内支出 is the ledger with the works; 已完工 and 受益农户 are of projects planned to the end of the year and done on the last day."""
import re

from figures import having
from papers import finished, open_problems
from rows import digits, mean, plain, total


def year_end(m):
    return m.month[:4] + "-12-31"


def planned(m):
    return [row for row in m.tables["项目"] if row["计划完工"] <= year_end(m)]


def done_projects(m):
    return [row for row in finished(m) if row["计划完工"] <= year_end(m)]


def visits(rows):
    rows = [row for row in having(rows, 类别="督导") if "镇暗访" in row["名称"]]
    return str(len({row["日期"] for row in rows})), str(len(rows))


def meetings(rows):
    return (str(sum(row["类别"] in ("会议", "调度") for row in rows)),)


def wan(rows, column):
    return (digits(total(rows, column) / 10000, 2),)


VISITS = "镇级暗访(\\d+)次，到村(\\d+)村次"
MEETINGS = "部署会、调度会(\\d+)次"
CLEANING = "村庄清洁日常支出([\\d.]+)万元"
LEDGER = "镇级账内支出整治资金（含项目工程款）([\\d.]+)万元"
OPEN = "[还仍]有(\\d+)个问题没有整改到位"
SCORE = "平均得分([\\d.]+)分"
MONTH, HALF = range(2)

# name, the figure as the oracle has it, the papers with their periods and the words round the figure
AGREED = [
    ("暗访本月", lambda m: visits(m.rows("活动")), [("工作汇报", MONTH, VISITS), ("上行报告", MONTH, VISITS)]),
    ("暗访今年", lambda m: visits(m.year("活动")),
     [("发言材料", MONTH, VISITS), ("讲话稿", MONTH, VISITS), ("工作总结及计划", HALF, VISITS), ("上行报告", HALF, VISITS)]),
    ("会议本月", lambda m: meetings(m.rows("活动")),
     [("工作汇报", MONTH, MEETINGS), ("简报", MONTH, MEETINGS), ("上行报告", MONTH, MEETINGS)]),
    ("会议今年", lambda m: meetings(m.year("活动")),
     [("发言材料", MONTH, MEETINGS), ("工作总结及计划", HALF, MEETINGS), ("上行报告", HALF, MEETINGS)]),
    ("村庄清洁资金本月", lambda m: wan(m.rows("月报"), "投入资金"),
     [("工作汇报", MONTH, "各村上报投入村庄清洁资金([\\d.]+)万元"), ("上行报告", MONTH, CLEANING)]),
    ("村庄清洁资金今年", lambda m: wan(m.year("月报"), "投入资金"), [("上行报告", HALF, CLEANING)]),
    ("账内支出", lambda m: wan(m.year("资金"), "金额"), [("工作总结及计划", HALF, LEDGER), ("上行报告", HALF, LEDGER)]),
    ("项目数", lambda m: (str(len(planned(m))),),
     [("工作汇报", MONTH, "污水治理项目(\\d+)个"), ("上行报告", MONTH, "污水治理项目(\\d+)个"), ("上行报告", HALF, "污水治理项目(\\d+)个"),
      ("讲话稿", MONTH, "污水项目共(\\d+)个"), ("发言材料", MONTH, "把(\\d+)个项目列入计划"),
      ("工作总结及计划", HALF, "污水管网等项目(\\d+)个")]),
    ("计划投资", lambda m: (plain(total(planned(m), "投资")),),
     [(paper, span, "计划投资([\\d.]+)万元") for paper, span in (("工作汇报", MONTH), ("讲话稿", MONTH), ("上行报告", HALF))]),
    ("已完工", lambda m: (str(len(done_projects(m))),),
     [(paper, span, "已完工(\\d+)个") for paper, span in
      (("工作汇报", MONTH), ("讲话稿", MONTH), ("发言材料", MONTH), ("上行报告", MONTH), ("上行报告", HALF), ("工作总结及计划", HALF))]),
    ("受益农户", lambda m: (plain(total(done_projects(m), "受益户")),),
     [(paper, span, "受益农户(\\d+)户") for paper, span in (("工作汇报", MONTH), ("上行报告", HALF), ("工作总结及计划", HALF))]),
    ("未完工", lambda m: (str(len(planned(m)) - len(done_projects(m))),),
     [("工作汇报", MONTH, "尚有(\\d+)个没有完工"), ("上行报告", HALF, "尚有(\\d+)个没有完工"), ("讲话稿", MONTH, "还有(\\d+)个没有完工"),
      ("工作总结及计划", HALF, "仍有(\\d+)个没有完工"), ("发言材料", MONTH, "没有完工的(\\d+)个厕所")]),
    ("户厕", lambda m: (plain(total(having(done_projects(m), 类型="户厕改造"), "完成数")),),
     [("工作汇报", MONTH, "户厕改造计划\\d+座，已完工(\\d+)座")]),
    ("未整改", lambda m: (str(open_problems(m)),),
     [("讲话稿", MONTH, OPEN), ("发言材料", MONTH, OPEN), ("上行报告", MONTH, OPEN), ("上行报告", HALF, OPEN), ("工作总结及计划", HALF, OPEN)]),
    ("均分本月", lambda m: (digits(mean(m.rows("考核"), "总分"), 2),),
     [(paper, MONTH, SCORE) for paper in ("工作汇报", "简报", "考核通报", "讲话稿", "发言材料", "上行报告")]),
    ("均分今年", lambda m: (digits(mean(m.year("考核"), "总分"), 2),), [("工作总结及计划", HALF, SCORE), ("上行报告", HALF, SCORE)]),
]


def check_agreed(view, periods, said):
    """One result line a paper and figure. periods: the month and the half year that ends with it; said(name, options, period)."""
    papers = {}
    for name, work, places in AGREED:
        should = work(view)
        for paper, span, words in places:
            period = periods[span]
            if (paper, period) not in papers:
                papers[paper, period] = said(paper, (), period) or ""
            found = re.search(words, papers[paper, period])
            is_ = found.groups() if found else None
            good = is_ == should
            print(f"{'ok' if good else 'FAIL'} oracle/agree/{name}/{paper}/{period}" + ("" if good else f": {is_}, not {should}"))
