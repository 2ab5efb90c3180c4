#!/usr/bin/python3
"""Write the working folder of one invented township (洋江镇): 18 months of
clean CSV exports and a dozen photographs, as samples for wenyin.

    /usr/bin/python3 samples/generate.py [OUTDIR]
    /usr/bin/python3 samples/generate.py --dirt OUTDIR     the same with realistic dirt (dirt.py)

Every place and person is invented.  The same bytes come out on every run and
every Python 3: the generator has its own PRNG, uses no float function beyond
+ - * and round(), and writes its files in binary.
"""
import os
import sys
from datetime import date, timedelta

sys.dont_write_bytecode = True      # no __pycache__ among the data
from dirt import soil  # noqa: E402
from pictures import write_pictures  # noqa: E402

# ---------------------------------------------------------------- tables

TOWN = "洋江镇"
TODAY = date(2024, 6, 30)           # the day all the exports were made
MONTHS = ["2023-%02d" % m for m in range(1, 13)] + \
         ["2024-%02d" % m for m in range(1, 7)]

# 片区: its name and how many villages, in roster order, belong to it.
AREAS = [("长塘片区", 4), ("杨潭片区", 5), ("四塘片区", 4), ("洋江片区", 4)]

# village, households, quality (0 lags behind .. 100 a model), its groups.
# Two group names have characters that GBK lacks (㙍, 𬒔): they may appear only
# in files written as UTF-8.
VILLAGES = [
    ("长塘村", 412, 95, "石塘下组 长塘坡 榕树坡 塘垌坡 新屋组"),
    ("前江村", 365, 82, "前江口组 渡头坡 上湾坡 下湾坡"),
    ("路东村", 338, 74, "路口组 东山坡 大塘坡 那陇坡"),
    ("创新村", 296, 88, "创新一组 创新二组 牛角坡 竹根坡"),
    ("杨潭村", 387, 38, "杨潭坡 学校背组 龙潭坡 石㙍坡 沙井组"),
    ("车田村", 324, 60, "车田组 水车坡 上屯 下屯"),
    ("六村村", 271, 66, "六村坡 老屋组 新村组 岭脚坡"),
    ("同仁村", 305, 78, "同仁坡 三岔路组 枫木坡 井边组"),
    ("建新村", 342, 55, "建新坡 砖厂组 那添坡 大岭坡"),
    ("那笔村", 258, 45, "那笔坡 那排坡 𬒔岭坡 石灰窑组"),
    ("四塘社区", 528, 70, "街东组 街西组 市场组 四塘坡 车站组"),
    ("那况村", 284, 30, "那况坡 那马坡 六蓬坡 屯王坡"),
    ("笋田村", 247, 63, "笋田坡 竹山坡 塘肚组 高田坡"),
    ("芦前村", 316, 50, "芦前坡 芦后坡 河湾组 旱塘坡"),
    ("花围村", 293, 86, "花围坡 花园组 果场组 桥头坡"),
    ("红庄村", 331, 58, "红庄坡 红岭坡 庄尾组 瓦窑坡 八角坡"),
    ("洋江村", 465, 72, "洋江口组 码头组 圩背组 中洲坡 洋江坡"),
]

# Per month, percent of an ordinary month.  Spring Festival fell on 2023-01-22
# and 2024-02-10, typhoons came in 2023-09, campaigns run in April and July.
#            2023: 1    2    3    4    5    6    7    8    9   10   11   12
WASTE =         [120,  84, 100, 108, 100,  96, 106, 102, 110, 100,  93, 104,
                 117, 108, 101, 111, 104, 106]
CAMPAIGN =      [130,  70, 100, 125,  98,  92, 118, 100, 112,  95,  86, 105,
                 128, 104, 102, 130, 104, 112]
RAIN =          [ 60,  55, 105, 135, 120, 110,  95, 100, 150,  90,  75,  70,
                  60,  65, 110, 145, 128, 124]
DEMOLITION =    [ 40,  20,  70, 130, 120, 100,  80,  70,  60, 110,  90,  60,
                  30,  25,  80, 120,  90,  75]
FOUND =         [ 19,  12,  20,  26,  21,  20,  25,  22,  27,  21,  17,  20,
                  24,  18,  23,  30,  26,  31]      # problems of the ledger

MONTHLY_HEAD = ("月份,村,生活垃圾(吨),乱堆乱放(处),私搭乱建(平方米),沟渠(公里),"
                "池塘(口),出动人员(人次),出动机械(台次),投入资金(元)")
SCORE_HEAD = ("期次,村,生活垃圾(30),污水治理(15),厕所革命(15),村容村貌(20),"
              "长效管护(10),资料台账(10),扣分说明,总分")
ISSUE_HEAD = ("编号,发现日期,来源,村,地点,问题类别,问题描述,责任人,整改时限,"
              "整改完成日期,销号日期,状态,整改前照片,整改后照片")
FUND_HEAD = "日期,凭证号,来源,用途,村,项目,金额(元),经手人,备注"
PUBLICITY_HEAD = "日期,村,方式,数量,单位,参加人数,覆盖户数,内容"
PROJECT_HEAD = ("项目编号,村,自然村,类型,计划数,完成数,单位,计划完工,实际完工,"
                "投资(万元),受益户,形象进度(%),验收")
GRID_HEAD = "序号,级别,网格编号,名称,上级编号,网格长,职务,户数,人口"
TARGET_HEAD = "指标,年度,范围,目标值,单位,季度分解"
ACTIVITY_HEAD = ("日期,类别,村,名称,参加单位,参加人次,出动机械(台次),"
                 "清理垃圾(吨),发现问题(个)")
POINT_HEAD = "日期,村,户主,类别,事由,分值"
DUTY_HEAD = "片区,村,包片领导,驻村干部,村党组织书记"
DEMAND_HEAD = "问题类别,整改要求,长效措施"
PRESENT_HEAD = "日期,单位,姓名,职务,类别"
SETTLED_HEAD = "日期,序号,事项,牵头单位,配合单位,完成时限"
PHOTO_HEAD = "编号,村,点位,问题描述,整改前照片,整改后照片,发现日期"

# How each file is written: the forms a clerk's Excel, WPS or editor leaves.
# Files not named here are plain UTF-8 with LF.
GBK, BOM = ("gbk", "\r\n"), ("utf-8-sig", "\r\n")
FORMS = {
    "月报/月报-2023-04.csv": GBK, "月报/月报-2023-09.csv": GBK,
    "月报/月报-2024-03.csv": GBK, "月报/月报-2024-06.csv": GBK,
    "月报/月报-2023-02.csv": BOM, "月报/月报-2023-07.csv": BOM,
    "月报/月报-2023-12.csv": BOM, "月报/月报-2024-05.csv": BOM,
    "考核/考核评分-2023-05.csv": GBK, "考核/考核评分-2023-10.csv": GBK,
    "考核/考核评分-2024-06.csv": GBK,
    "考核/考核评分-2023-08.csv": BOM, "考核/考核评分-2024-02.csv": BOM,
    "问题台账.csv": GBK, "资金.csv": GBK, "积分.csv": GBK,
    "宣传发动.csv": BOM, "厕所污水项目.csv": BOM, "照片台账.csv": GBK, "会议签到.csv": BOM,
}
TOTAL_ROW = {"2023-03": "合计,", "2023-09": "2023-09,合计",
             "2024-02": "2024-02,合计", "2024-06": "合计,"}
THOUSANDS = {"2023-06", "2023-12", "2024-04", "2024-06"}
# month -> (village, column of the row) whose digits are full-width
FULL_WIDTH = {"2023-04": [("车田村", 3)], "2023-08": [("那笔村", 7), ("笋田村", 2)],
              "2024-01": [("红庄村", 8)], "2024-06": [("六村村", 3)]}

SURNAMES = "李陈黄梁韦覃莫陆农张王刘杨吴苏蒙卢周罗邓何谢潘"

# category: weight, days allowed, [(place, description)]; {n} is a number
ISSUES = {
    "垃圾积存": (24, 3, [("学校围墙外", "垃圾箱满溢，箱外散落{n}袋"), ("村口垃圾池", "垃圾池清运不及时"),
                     ("球场边", "散落生活垃圾{n}处"), ("河堤边", "岸坡积存漂浮垃圾{n}处")]),
    "乱堆乱放": (22, 7, [("村道旁", "柴草占道{n}处"), ("房前屋后", "建筑余料堆放{n}处"),
                     ("晒场边", "农具杂物乱堆{n}处"), ("巷道内", "砖石堆放占道{n}处")]),
    "污水横流": (13, 10, [("排水口", "生活污水直排路面"), ("猪舍旁", "养殖污水外溢{n}处"),
                      ("巷道内", "排水沟破损污水外流")]),
    "私搭乱建": (8, 15, [("村道旁", "违规搭建铁皮棚{n}处"), ("塘边", "临塘搭建鸡鸭棚{n}处")]),
    "残垣断壁": (7, 15, [("老屋区", "废弃泥砖房{n}间未拆除"), ("巷道旁", "残墙{n}处存在安全隐患")]),
    "沟渠淤塞": (12, 10, [("灌溉渠段", "沟渠淤塞{n}0米"), ("涵洞口", "涵洞口杂草杂物堵塞"),
                      ("三面光渠", "渠内水葫芦和垃圾{n}处")]),
    "厕所管护": (8, 7, [("公厕", "公厕保洁不到位，无人值守"), ("公厕", "公厕冲水设备损坏{n}处"),
                    ("农户家", "三格化粪池盖板破损")]),
    "广告乱贴": (6, 3, [("公告栏旁", "墙面小广告{n}处"), ("电线杆", "电线杆小广告{n}处")]),
}
SOURCES = [("镇暗访", 34), ("县督查", 14), ("群众举报", 15), ("村自查", 15), ("网格员巡查", 22)]

# score column: full marks, what the inspectors write down
SCORE_PARTS = [
    (30, ["村道两侧有散落垃圾", "垃圾箱满溢未及时清运", "河塘边有漂浮垃圾", "主干道落叶未清扫"]),
    (15, ["排水沟淤积", "生活污水直排", "污水管网检查井盖破损"]),
    (15, ["公厕保洁不及时", "公厕管护公示牌缺失", "个别化粪池盖板破损"]),
    (20, ["房前屋后柴草乱堆", "残垣断壁未拆除", "墙面小广告未清理", "庭院杂物摆放零乱"]),
    (10, ["保洁员在岗率不足", "门前三包牌未更新", "卫生费收缴滞后"]),
    (10, ["整改前后照片不全", "台账更新不及时", "会议记录不完整"]),
]

# way, unit, least, most, content; the number is of that unit
PUBLICITY = [
    ("入户走访", "户", 30, 120, "宣讲门前三包和垃圾分类"), ("发放宣传单", "份", 80, 400, "发放人居环境整治倡议书"),
    ("悬挂横幅", "条", 3, 12, "主干道和公共场所悬挂横幅"), ("大喇叭广播", "次", 10, 40, "早晚播放村规民约"),
    ("院坝会", "场", 1, 4, "议定保洁收费和积分办法"), ("微信群推送", "条", 8, 36, "公布红黑榜和整改照片"),
    ("志愿服务", "次", 1, 4, "党员带头清扫房前屋后"),
]

# type: code, unit, least, most, quantity step, yuan for one, households for 10
PROJECTS = {
    "户厕改造": ("HC", "座", 12, 48, 1, 2000, 10), "公厕新建": ("GC", "座", 1, 2, 1, 120000, 450),
    "污水管网": ("GW", "米", 400, 2200, 50, 220, 1), "三格化粪池": ("HF", "户", 15, 60, 1, 1800, 10),
    "微动力污水站": ("WZ", "处", 1, 2, 1, 185000, 600),
}
PROJECT_COUNT = [("户厕改造", 22), ("公厕新建", 9), ("污水管网", 13), ("三格化粪池", 12),
                 ("微动力污水站", 6)]

FUND_SOURCES = [("县级专项资金", 40), ("镇级财政", 30), ("村集体经济", 18),
                ("群众自筹", 8), ("社会捐赠", 4)]
FUND_USES = ["垃圾清运", "人工工资", "机械租赁", "工具购置"]
FUND_SHARE = [45, 30, 17, 8]        # percent of a village's monthly money
TOWN_USES = ["宣传印刷", "督导交通", "考核奖励", "业务培训"]

POINTS = [
    ("庭院整洁", "庭院干净物品摆放有序", 5), ("庭院整洁", "月度评比获评清洁户", 10),
    ("垃圾分类", "分类投放准确", 3), ("垃圾分类", "垃圾混投经提醒未改", -2),
    ("义务劳动", "参加村庄清洁日活动", 4), ("义务劳动", "参加清理沟渠", 5),
    ("门前三包", "门前三包落实到位", 3), ("门前三包", "门前柴草占道", -3),
    ("缴费", "按时缴纳卫生费", 2), ("监督", "如实反映环境问题", 2), ("监督", "乱倒建筑垃圾", -5),
]
# The points scheme began as a pilot: month it starts -> village
POINT_START = {"长塘村": "2023-03", "创新村": "2023-09", "花围村": "2023-09",
               "前江村": "2024-01", "同仁村": "2024-03"}

# Targets of the whole town by year.  Those of the projects are the plans that
# fall due in the year (see targets()).  季度分解 is cumulative.
TARGETS = [
    ("生活垃圾", "吨", {"2023": 7200, "2024": 8000}, "25%/50%/75%/100%"),
    ("乱堆乱放", "处", {"2023": 2000, "2024": 2300}, "30%/55%/80%/100%"),
    ("私搭乱建", "平方米", {"2023": 6000, "2024": 5000}, "20%/60%/80%/100%"),
    ("沟渠", "公里", {"2023": 320, "2024": 340}, "80/190/280/340"),
    ("池塘", "口", {"2023": 180, "2024": 190}, "40/95/150/190"),
]

# category: what the village is told to do, what keeps it done
DEMANDS = {
    "垃圾积存": ("彻底清运积存垃圾，清洗箱体和场地", "落实定点定时清运，增加巡查频次"),
    "乱堆乱放": ("清走堆放物，恢复道路和场地原状", "签订门前三包责任书，划定堆放区"),
    "污水横流": ("疏通修复管沟，污水接入管网或收集池", "明确管护人员，每周巡查一次"),
    "私搭乱建": ("依规拆除违建，清运建筑垃圾", "加强巡查，发现新建当日制止"),
    "残垣断壁": ("设置警示标志，限期拆除并平整场地", "动员户主复垦复绿，防止反弹"),
    "沟渠淤塞": ("全段清淤，打捞水草和漂浮物", "落实渠长责任，汛前汛后各清一次"),
    "厕所管护": ("修复设施，补齐保洁人员和用品", "公示管护责任人和监督电话"),
    "广告乱贴": ("清除小广告，恢复墙面原貌", "设置便民张贴栏，疏堵结合"),
}

# who sits at the monthly meeting besides the leaders of the areas and the secretaries of the villages
CHAIR = "镇长"
OFFICERS = [("镇人民政府", CHAIR), ("镇人民政府", "分管副镇长"), ("镇人居办", "主任"),
            ("镇农业农村服务中心", "主任"), ("镇村镇建设服务中心", "主任"), ("镇财政所", "所长")]
GUESTS = [("县农业农村局", "驻镇指导员"), ("镇人大", "主席"), ("镇纪委", "书记"),
          ("城乡环卫公司", "驻镇负责人")]

# what a meeting settles: matter, who leads, who helps, days allowed
SETTLED = [
    ("开展房前屋后积存垃圾集中清理，每村确定一个重点组", "镇人居办", "各村（社区）", 14),
    ("逐户签订门前三包责任书，公示责任区和责任人", "各片区", "各村（社区）", 20),
    ("完成公厕设施排查，损坏设施登记造册并修复", "镇村镇建设服务中心", "各村（社区）", 20),
    ("疏浚主要沟渠，清除水面漂浮物", "镇农业农村服务中心", "各村（社区）", 15),
    ("对私搭乱建逐宗建档，分类提出处置意见", "镇村镇建设服务中心", "镇综合行政执法队", 25),
    ("对残垣断壁设置警示标志，动员户主签字拆除", "各片区", "镇村镇建设服务中心", 25),
    ("轮训村级保洁员和网格员，规范上岗考核", "镇人居办", "镇财政所", 15),
    ("核拨村级保洁经费，考核结果与拨付挂钩", "镇财政所", "镇人居办", 20),
    ("在圩日设点宣传垃圾分类和村规民约", "镇人居办", "镇综合文化站", 10),
    ("推广积分管理办法，组织未开展的村现场观摩", "镇人居办", "各村（社区）", 25),
]

# the ledger's problems with pictures: the last month's, by the last digits of 编号
PICTURED = "124 126 127 129 131 132 135 136 140 144 146 148".split()


# ---------------------------------------------------------------- helpers

class Rng:
    """64-bit LCG (Knuth's MMIX), upper bits only.  One stream per table, so
    that a change to one table leaves the bytes of the others alone."""

    def __init__(self, name):
        self.state = 0xCBF29CE484222325             # FNV-1a of the name
        for byte in name.encode("utf-8"):
            self.state = ((self.state ^ byte) * 0x100000001B3) % 2 ** 64
        for _ in range(4):
            self.below(2)

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        at = self.below(sum(weight for _, weight in pairs))
        for item, weight in pairs:
            at -= weight
            if at < 0:
                return item

    def person(self):
        # Names in samples are anonymised the way the papers do it.
        return self.pick(SURNAMES) + "某" * (1 + self.chance(75))


def tenths(n):
    return "%d.%d" % (n // 10, n % 10)


def scale(value, *percents):
    """value times each percent, as a whole number (half up)."""
    for percent in percents:
        value = value * percent / 100
    return int(value + 0.5)


def split(total, weights):
    """Whole numbers in proportion to weights that sum to total exactly."""
    parts = [total * w // sum(weights) for w in weights]
    parts[weights.index(max(weights))] += total - sum(parts)
    return parts


def in_gbk(text):
    try:
        text.encode("gbk")
        return True
    except UnicodeEncodeError:
        return False


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789." else c for c in text)


def first_day(month):
    return date(int(month[:4]), int(month[5:]), 1)


def month_end(month):
    return (first_day(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def day_in(rng, month):
    return first_day(month) + timedelta(days=rng.below(month_end(month).day))


def workday(rng, month):
    while True:
        day = day_in(rng, month)
        if day.weekday() < 5:
            return day


def quote(cell):
    if any(c in cell for c in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write_csv(folder, name, head, rows):
    """head is a line, a row is a list of cells (str(), None is empty) or a
    finished line."""
    encoding, newline = FORMS.get(name, ("utf-8", "\n"))
    lines = [head]
    for row in rows:
        if not isinstance(row, str):
            row = ",".join(quote("" if cell is None else str(cell)) for cell in row)
        lines.append(row)
    path = os.path.join(folder, *name.split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:       # binary: no newline is ever translated
        out.write((newline.join(lines) + newline).encode(encoding))


# ---------------------------------------------------------------- 网格

def make_grid():
    """The roster, level by level; also returns village -> [(group, leader)]."""
    rng = Rng("网格")
    towns, areas, villages, groups, leaders = [], [], [], [], {}
    starts = [(a, n) for a, (_, count) in enumerate(AREAS, 1) for n in range(1, count + 1)]
    for (area, number), (name, households, _, names) in zip(starts, VILLAGES):
        code, names = "%02d%02d" % (area, number), names.split()
        sizes = split(households, [rng.between(70, 130) for _ in names])
        people = [scale(size, rng.between(370, 430)) for size in sizes]
        villages.append([code, name, "%02d" % area, rng.person(), "村党总支书记",
                         households, sum(people)])
        leaders[name] = []
        for at, group in enumerate(names):
            leader = rng.person()
            leaders[name].append((group, leader))
            groups.append(["%s%02d" % (code, at + 1), group, code, leader, "村民小组长",
                           sizes[at], people[at]])
    for at, (name, _) in enumerate(AREAS, 1):
        code = "%02d" % at
        mine = [v for v in villages if v[2] == code]
        areas.append([code, name, "00", rng.person(), "片长（镇党委委员）",
                      sum(v[5] for v in mine), sum(v[6] for v in mine)])
    towns.append(["00", TOWN, "", rng.person(), "镇党委书记",
                  sum(a[5] for a in areas), sum(a[6] for a in areas)])
    rows = []
    for level, part in (("镇", towns), ("片", areas), ("村", villages), ("组", groups)):
        rows += [[len(rows) + n, level] + row for n, row in enumerate(part, 1)]
    return rows, leaders


# ---------------------------------------------------------------- 月报

def make_monthly():
    """{month: {village: (waste in 0.1 t, piles, m2, ditches in 0.1 km, ponds,
    people, machines, yuan)}}"""
    rng, table = Rng("月报"), {}
    for at, month in enumerate(MONTHS):
        growth = 100 + at * 0.4         # collection reaches more hamlets each month
        table[month] = {}
        for name, size, quality, _ in VILLAGES:
            waste = scale(size, 102, WASTE[at], growth, rng.between(90, 110))
            # Lagging villages have more lying about to clear.
            piles = scale(size, 3, CAMPAIGN[at], 130 - quality // 2, rng.between(70, 130))
            built = 0
            if rng.chance(DEMOLITION[at] // 2 + 5):
                built = 5 * scale(rng.between(6, 22), DEMOLITION[at] // 2 + 60)
            ditches = scale(size, 5, RAIN[at], rng.between(70, 130))
            ponds = sum(rng.chance(RAIN[at] // 3) for _ in range(3))
            people = scale(size, 42, CAMPAIGN[at], 85 + quality // 3, rng.between(85, 115))
            machines = max(1, people // 28 + rng.between(-1, 2))
            yuan = waste * 30 + machines * 800 + people * 20 + built * 12
            table[month][name] = (waste, piles, built, ditches, ponds, people, machines,
                                  (yuan + 50) // 100 * 100)
    return table


def monthly_cells(values, month):
    waste, piles, built, ditches, ponds, people, machines, yuan = values
    money = "{:,}".format(yuan) if month in THOUSANDS else str(yuan)
    return [tenths(waste), str(piles), str(built), tenths(ditches), str(ponds),
            str(people), str(machines), money]


def write_monthly(folder, table):
    for month in MONTHS:
        rows = []
        for name, values in table[month].items():
            row = [month, name] + monthly_cells(values, month)
            for village, column in FULL_WIDTH.get(month, []):
                if village == name:
                    row[column] = full_width(row[column])
            rows.append(row)
        if month in TOTAL_ROW:
            sums = [sum(column) for column in zip(*table[month].values())]
            rows.append(TOTAL_ROW[month].split(",") + monthly_cells(sums, month))
        write_csv(folder, "月报/月报-%s.csv" % month, MONTHLY_HEAD, rows)


# ---------------------------------------------------------------- 考核

def score_row(rng, month, at, village, quality):
    """Marks lost are counted in tenths, in steps of half a mark, so that the
    parts add up to the total without rounding."""
    level = min(100, quality + at)      # everyone learns what inspectors look at
    lost, remarks = [], []
    for full, reasons in SCORE_PARTS:
        percent = (20 - level * 0.165) * rng.between(50, 150) / 100
        points = min(int(full * percent / 50 + 0.5), full // 2) * 5
        lost.append(points)
        remarks.append((points, rng.pick(reasons)))
    remarks.sort(key=lambda r: -r[0])   # stable: ties stay in column order
    said = ["%s扣%s分" % (reason, tenths(points).replace(".0", ""))
            for points, reason in remarks[:2] if points]
    # A few clerks type an ASCII comma: the cell is then quoted.
    note = (", " if rng.chance(4) else "；").join(said)
    marks = [full * 10 - points for (full, _), points in zip(SCORE_PARTS, lost)]
    return [month, village] + [tenths(m) for m in marks] + [note or "无", tenths(sum(marks))]


def write_scores(folder):
    rng = Rng("考核")
    for at, month in enumerate(MONTHS):
        rows = [score_row(rng, month, at, name, quality) for name, _, quality, _ in VILLAGES]
        write_csv(folder, "考核/考核评分-%s.csv" % month, SCORE_HEAD, rows)


# ---------------------------------------------------------------- 问题台账

def inspection_days(rng, month):
    """Inspectors come on few days: their finds share those dates."""
    return {"镇暗访": sorted({workday(rng, month) for _ in range(3)}),
            "县督查": [workday(rng, month)]}


def follow_up(rng, found, allowed, category, quality):
    """Deadline, day put right, day struck off (None: not yet)."""
    due = found + timedelta(days=allowed)
    hard = category in ("私搭乱建", "残垣断壁")
    if hard and found >= date(2024, 4, 1) and rng.chance(45):
        return due, None, None          # needs the owner's consent: drags on
    if not hard and rng.chance(7):
        took = 0                        # 立行立改
    elif rng.chance(14 - quality // 10):
        took = allowed + rng.between(1, 6)
    else:
        took = rng.between(1, allowed)
    fixed = found + timedelta(days=took)
    lag = rng.between(8, 20) if rng.chance(8) else rng.between(0, 5)
    struck = fixed + timedelta(days=lag)
    return due, fixed if fixed <= TODAY else None, struck if struck <= TODAY else None


def make_issues(leaders):
    rng, rows, visits = Rng("问题台账"), [], {}
    # Lagging and large villages are found out more often.
    by_village = [(v, v[1] * (150 - v[2]) // 100) for v in VILLAGES]
    by_category = [(name, issue[0]) for name, issue in ISSUES.items()]
    for month, count in zip(MONTHS, FOUND):
        days = visits[month] = inspection_days(rng, month)
        finds = []
        for _ in range(count):
            source = rng.weighted(SOURCES)
            day = rng.pick(days[source]) if source in days else day_in(rng, month)
            village = rng.weighted(by_village)
            finds.append((day, source, village))
        finds.sort(key=lambda f: f[0])
        for day, source, (name, _, quality, _) in finds:
            category = rng.weighted(by_category)
            _, allowed, cases = ISSUES[category]
            place, text = rng.pick(cases)
            # This ledger is a GBK file: only groups whose name GBK has.
            group, leader = rng.pick([g for g in leaders[name] if in_gbk(g[0])])
            due, fixed, struck = follow_up(rng, day, allowed, category, quality)
            rows.append([day, source, name, group + place, category,
                         text.format(n=rng.between(2, 6)), leader, due, fixed, struck])
    return number_issues(rows), visits


def number_issues(rows):
    out, last = [], {}
    for row in rows:
        year, (fixed, struck) = row[0].year, row[-2:]
        last[year] = last.get(year, 0) + 1
        number = "%d-%03d" % (year, last[year])
        state = "已销号" if struck else "已整改" if fixed else "整改中"
        out.append([number] + row + [state, number + "a.jpg",
                                     number + "b.jpg" if fixed else None])
    return out


# ---------------------------------------------------------------- 项目

def make_projects():
    rng, rows = Rng("项目"), []
    for kind, count in PROJECT_COUNT:
        code, unit, least, most, step, price, served = PROJECTS[kind]
        for at in range(count):
            name, _, quality, groups = rng.pick(VILLAGES)
            plan = rng.between(least // step, most // step) * step
            # Spread over the two years; the last third is due after today.
            due = month_end("%d-%02d" % (2023 + (at * 2 >= count), rng.between(3, 12)))
            late = rng.between(-25, 20) + (100 - quality) // 5
            late += 90 * rng.chance(15)         # land or money did not come
            done_on = due + timedelta(days=late)
            cost = (plan * price * rng.between(95, 105) // 100 + 500) // 1000
            if done_on <= TODAY:
                done, progress = plan, 100
                ok = "待验收" if (TODAY - done_on).days < 30 else "合格"
            else:
                left = (done_on - TODAY).days
                progress = max(0, min(95, 100 - left // 2)) // 5 * 5
                done, done_on, ok = plan * progress // 100 // step * step, None, "未验收"
            rows.append(["%s%d-%02d" % (code, due.year, at + 1), name, rng.pick(groups.split()),
                         kind, plan, done, unit, due, done_on, tenths(cost),
                         max(1, plan * served // 10), progress, ok])
    return rows


# ---------------------------------------------------------------- 资金

def make_funds(monthly, projects):
    """For every village and month the vouchers of the project 村庄清洁 sum to
    投入资金 of the monthly report; payments for projects come on top."""
    rng, rows = Rng("资金"), []
    for month in MONTHS:
        for name, values in monthly[month].items():
            for use, part in zip(FUND_USES, split(values[7], FUND_SHARE)):
                rows.append([workday(rng, month), rng.weighted(FUND_SOURCES), use, name,
                             "村庄清洁", part, rng.person(), None])
        for use in sorted({rng.below(4), rng.below(4)}):
            rows.append([workday(rng, month), "镇级财政", TOWN_USES[use], "镇本级", "工作经费",
                         rng.between(10, 90) * 100, rng.person(), None])
    for project in projects:
        rows += payments(rng, project)
    rows.sort(key=lambda r: r[0])       # stable, so the order is settled
    last = {}
    for row in rows:
        year = row[0].year
        last[year] = last.get(year, 0) + 1
        row.insert(1, "%d-%04d" % (year, last[year]))
    return rows


def payments(rng, project):
    """30 % in advance, 60 % on completion; 10 % is held back a year."""
    code, name, _, kind, _, _, _, due, done_on, cost, _, progress, _ = project
    yuan = int(cost.replace(".", "")) * 1000
    plan = [(due - timedelta(days=90), 30, "预付款")] if progress else []
    if done_on:
        plan.append((done_on + timedelta(days=15), 60, "完工款"))
    start = first_day(MONTHS[0]) + timedelta(days=9)
    return [[max(day, start), rng.weighted(FUND_SOURCES[:2]), kind, name, code,
             yuan * percent // 100, rng.person(), remark]
            for day, percent, remark in plan if day <= TODAY]


# ---------------------------------------------------------------- the rest

def make_publicity():
    rng, rows = Rng("宣传发动"), []
    for at, month in enumerate(MONTHS):
        for name, size, quality, _ in VILLAGES:
            if not rng.chance(35 + quality // 3):
                continue
            way, unit, least, most, content = rng.pick(PUBLICITY)
            count = scale(rng.between(least, most), min(CAMPAIGN[at], 120))
            reached = min(size, scale(size, rng.between(20, 75)))
            if unit == "户":
                reached = count = min(count, size)
            rows.append([workday(rng, month), name, way, max(1, count), unit,
                         rng.between(5, 60), reached, content])
        rows.append([workday(rng, month), "镇本级", "发放宣传单", rng.between(3, 12) * 100, "份",
                     rng.between(20, 50), rng.between(8, 20) * 50, "圩日设点宣传农村人居环境整治"])
    rows.sort(key=lambda r: r[0])
    return rows


def make_activities(monthly, issues, visits):
    rng, rows = Rng("活动台账"), []
    for at, month in enumerate(MONTHS):
        label = "%d月" % int(month[5:])
        rows.append([workday(rng, month), "会议", "镇本级", label + "农村人居环境整治工作部署会",
                     "镇领导小组、各村（社区）", rng.between(45, 70), 0, "0.0", 0])
        for _ in range(2):
            rows.append([workday(rng, month), "调度", "镇本级", label + "工作调度会",
                         "镇人居办、各片区", rng.between(18, 32), 0, "0.0", 0])
        if at % 3 == 1:
            rows.append([workday(rng, month), "培训", "镇本级", "网格员和保洁员业务培训",
                         "镇人居办、各村（社区）", rng.between(60, 110), 0, "0.0", 0])
        rows += inspections(rng, visits[month], issues)
        rows += cleanups(rng, month, at, monthly[month])
    rows.sort(key=lambda r: r[0])
    return rows


def inspections(rng, days, issues):
    """One row for each village visited; 发现问题 is what the ledger has."""
    rows = []
    for source, dates in days.items():
        unit = {"镇暗访": "镇人居办、镇纪委", "县督查": "县督查组"}[source]
        for day in dates:
            finds = [row[3] for row in issues if row[1] == day and row[2] == source]
            spared = rng.below(len(VILLAGES))       # somebody is found in order
            for at, village in enumerate(VILLAGES):
                if village[0] in finds or at == spared:
                    rows.append([day, "督导", village[0], source + "检查", unit,
                                 rng.between(3, 6), 0, "0.0", finds.count(village[0])])
    return rows


def cleanups(rng, month, at, reports):
    """A 会战 is a part of the month's work, never more than the report has."""
    rows = []
    for name, values in reports.items():
        if rng.chance(CAMPAIGN[at] // 4):
            share = rng.between(15, 35)
            rows.append([day_in(rng, month), "会战", name, "村庄清洁集中整治", "村两委、驻村工作队、党员群众",
                         values[5] * share // 100, values[6] * share // 100,
                         tenths(values[0] * share // 100), 0])
    return rows


def make_points():
    rng, rows = Rng("积分"), []
    for month in MONTHS:
        for name, start in POINT_START.items():
            if month >= start:
                for _ in range(rng.between(5, 11)):
                    kind, why, points = rng.pick(POINTS)
                    rows.append([day_in(rng, month), name, rng.person(), kind, why, points])
    rows.sort(key=lambda r: r[0])
    return rows


def make_targets(projects):
    rows = []
    for year in ("2023", "2024"):
        for name, unit, values, quarters in TARGETS:
            if "%" not in quarters and year == "2023":
                quarters = "25%/60%/85%/100%"
            rows.append([name, year, "全镇", values[year], unit, quarters])
        for kind in PROJECTS:
            plan = sum(p[4] for p in projects if p[3] == kind and p[7].year == int(year))
            rows.append([kind, year, "全镇", plan, PROJECTS[kind][1], "10%/40%/75%/100%"])
        # The waste target is also given to every village; they sum to the town's.
        shares = split(TARGETS[0][2][year], [v[1] for v in VILLAGES])
        rows += [["生活垃圾", year, v[0], share, "吨", "25%/50%/75%/100%"]
                 for v, share in zip(VILLAGES, shares)]
    return rows


def make_duties(grid):
    """片区 by 片区: which leader answers for a village, who lives there."""
    rng = Rng("包保责任")
    areas = {row[2]: row for row in grid if row[1] == "片"}
    return [[areas[row[4]][3], row[3], areas[row[4]][5], rng.person(), row[5]]
            for row in grid if row[1] == "村"]


def meeting_day(activities, month):
    """The day of the month's 部署会, as 活动台账 has it."""
    return next(row[0] for row in activities
                if row[1] == "会议" and row[0].strftime("%Y-%m") == month)


def make_present(grid, activities):
    """Who came to the month's meeting (出席), who sent word (请假), who sat in (列席)."""
    rng, rows = Rng("会议签到"), []
    people = {key: rng.person() for key in OFFICERS + GUESTS}
    areas = [(row[3], "片长", row[5]) for row in grid if row[1] == "片"]
    villages = [(row[3], "书记", row[5]) for row in grid if row[1] == "村"]
    for month in MONTHS:
        day = meeting_day(activities, month)
        away = {rng.below(len(villages)) for _ in range(rng.between(1, 2))}
        members = [(unit, post, people[unit, post]) for unit, post in OFFICERS] + areas
        rows += [[day, unit, name, post, "出席"] for unit, post, name in members]
        rows += [[day, unit, name, post, "请假" if at in away else "出席"]
                 for at, (unit, post, name) in enumerate(villages)]
        rows += [[day, unit, people[unit, post], post, "列席"] for unit, post in GUESTS]
    return rows


def make_settled(activities):
    rng, rows = Rng("议定事项"), []
    for month in MONTHS:
        day, first = meeting_day(activities, month), rng.below(len(SETTLED))
        for at in range(5):             # every other one of the ring: never the same twice
            matter, leads, helps, allowed = SETTLED[(first + 2 * at) % len(SETTLED)]
            rows.append([day, at + 1, matter, leads, helps, day + timedelta(days=allowed)])
    return rows


def make_photos(issues):
    """The ledger's rows that have pictures, named as the ledger names them."""
    wanted = ["%d-%s" % (TODAY.year, number) for number in PICTURED]
    rows = {row[0]: row for row in issues}
    return [[row[0], row[3], row[4], row[6], row[12], row[13], row[1]]
            for row in (rows[number] for number in wanted)]


def photo_cells(row):
    """The names as paths below the folder, where write_pictures() puts the files."""
    return row[:4] + ["照片/" + name if name else None for name in row[4:6]] + row[6:]


def main(argv):
    dirty = argv[1:2] == ["--dirt"]
    if dirty and len(argv) != 3:
        sys.exit("usage: generate.py --dirt OUTDIR")    # never over the clean samples
    folder = argv[-1] if len(argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    grid, leaders = make_grid()
    monthly, projects = make_monthly(), make_projects()
    issues, visits = make_issues(leaders)
    activities = make_activities(monthly, issues, visits)
    photos = make_photos(issues)
    write_monthly(folder, monthly)
    write_scores(folder)
    for name, head, rows in (
            ("网格.csv", GRID_HEAD, grid),
            ("问题台账.csv", ISSUE_HEAD, issues),
            ("厕所污水项目.csv", PROJECT_HEAD, projects),
            ("资金.csv", FUND_HEAD, make_funds(monthly, projects)),
            ("宣传发动.csv", PUBLICITY_HEAD, make_publicity()),
            ("活动台账.csv", ACTIVITY_HEAD, activities),
            ("积分.csv", POINT_HEAD, make_points()),
            ("任务.csv", TARGET_HEAD, make_targets(projects)),
            ("包保责任.csv", DUTY_HEAD, make_duties(grid)),
            ("整改要求.csv", DEMAND_HEAD, [[name, *texts] for name, texts in DEMANDS.items()]),
            ("会议签到.csv", PRESENT_HEAD, make_present(grid, activities)),
            ("议定事项.csv", SETTLED_HEAD, make_settled(activities)),
            ("照片台账.csv", PHOTO_HEAD, [photo_cells(row) for row in photos])):
        write_csv(folder, name, head, rows)
    write_pictures(folder, photos)
    if dirty:
        soil(folder)


if __name__ == "__main__":
    main(sys.argv)
