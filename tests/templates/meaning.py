"""What the shipped templates promise beyond one run: no other town's name stays, the figures of a past period do not follow today's
state, no parameter takes the place of a word of the data, no level is named that the roster has not. Prints ok / FAIL."""
import csv
import io
import re
import shutil
import subprocess

TOWN, OTHER = "洋江镇", "石桥镇"
PERIODS = {"工作总结及计划": "2024H1"}
CODES = {"上行报告": "石政报", "考核通报": "石政发", "整改函": "石政函"}
PAST = (("工作汇报", "2023-03"), ("发言材料", "2023-05"), ("讲话稿", "2023-05"), ("上行报告", "2023Q1"), ("上行报告", "2023"),
        ("工作总结及计划", "2023H1"))
GROUPED = ("工作汇报", "发言材料", "上行报告", "工作总结及计划", "简报")


def tell(label, wrong):
    print(f"FAIL templates/{label}: {wrong}" if wrong else f"ok templates/{label}")


def rows_of(path):
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


class Meaning:
    def __init__(self, root, wenyin, folder):
        self.root, self.wenyin, self.folder = root, wenyin, folder
        self.names = sorted(path.stem for path in (root / "templates").glob("*.xml")
                            if "<bundle" not in path.read_text(encoding="utf-8"))

    def said(self, name, period, data, *options):
        run = subprocess.run([self.wenyin, "render", str(self.root / f"templates/{name}.xml"), "-d", str(data), "-p", period,
                              *options, "--dump", "doc"], capture_output=True, text=True, check=False)
        return run.stdout, run.stderr

    def copy(self, name):
        data = self.folder / name
        shutil.copytree(self.root / "samples", data)
        return data

    def check_town(self):
        """--set 镇名 alone renames the town in all places; the code of the 文号 is asked for, never left in silence."""
        for name in self.names:
            period, code = PERIODS.get(name, "2024-06"), CODES.get(name)
            options = ("--set", f"镇名={OTHER}", *(("--set", f"机关代字={code}") if code else ()))
            text, messages = self.said(name, period, self.root / "samples", *options)
            left = re.search(".{0,8}(洋江(?!村|片区)|洋政).{0,8}", text)
            tell(f"town/{name}", messages.strip()[:200] or (left and left[0]) or (OTHER not in text and "no name at all"))
            if code:
                _, messages = self.said(name, period, self.root / "samples", *options[:2])
                tell(f"town/{name}/机关代字", "W110" not in messages and "not asked for")

    def check_words(self):
        """A name of param or set that is also a cell: a bare word in a condition would be its value (clerk's 会议)."""
        cells = {cell for path in (self.root / "samples").rglob("*.csv") for row in rows_of(path)[1:] for cell in row}
        for name in self.names:
            template = (self.root / f"templates/{name}.xml").read_text(encoding="utf-8")
            both = sorted(set(re.findall('<(?:param|set) name="([^"]+)"', template)) & cells)
            tell(f"words/{name}", both)

    def check_past(self):
        """What became of the projects later changes nothing in the papers of a period that is past."""
        data = self.copy("later")
        rows = rows_of(data / "厕所污水项目.csv")
        place = {name: index for index, name in enumerate(rows[0])}
        kept = [rows[0]]
        for row in rows[1:]:
            if row[place["计划完工"]] > "2023-12-31":
                continue
            if not row[place["实际完工"]] or row[place["实际完工"]] > "2023-12-31":
                row[place["实际完工"]], row[place["完成数"]], row[place["形象进度(%)"]], row[place["验收"]] = "", "0", "0", "未验收"
            kept.append(row)
        with open(data / "厕所污水项目.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(kept)
        for name, period in PAST:
            today, _ = self.said(name, period, self.root / "samples")
            then, messages = self.said(name, period, data)
            differ = [a for a, b in zip(today.split("\n"), then.split("\n")) if a != b]
            tell(f"past/{name}/{period}", messages.strip()[:200] or not then and "nothing" or differ and differ[0][:200])

    def check_levels(self):
        """A roster without 组: no sentence speaks of it."""
        data = self.copy("no-groups")
        path = data / "网格.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if ",组," not in line), encoding="utf-8")
        for name in GROUPED:
            text, messages = self.said(name, PERIODS.get(name, "2024-06"), data)
            named = re.search(".{0,10}(村民小组|、组四级|、组三级|四级|[+]0个?).{0,6}", text)
            tell(f"levels/{name}", "E" in re.findall("[EW](?=\\d)", messages) and messages[:200] or (named and named[0]))

    def check_units(self):
        """单位： is printed before every unit: a date is none."""
        for name in self.names:
            template = (self.root / f"templates/{name}.xml").read_text(encoding="utf-8")
            tell(f"units/{name}", [unit for unit in re.findall('unit="([^"]*)"', template) if re.match("截至|单位", unit)])

    def check_all(self):
        self.check_town()
        self.check_words()
        self.check_past()
        self.check_levels()
        self.check_units()
