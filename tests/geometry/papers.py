"""The papers that are judged: templates and CSVs made here, always the same, and the program run on them."""
import os
import subprocess
from xml.sax.saxutils import escape

WENYIN = os.path.abspath(os.environ.get("WENYIN", "build/wenyin"))
FOLDER = os.path.abspath(os.path.join(os.environ.get("OUT", "build/release"), "geometry"))

HAN = ("的在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
       "进着等部度家电力里如水化高自理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表"
       "间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果"
       "料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先")
CLOSING, OPENING = "，。、；：？！”’）》〉】〕", "“‘（《〈【〔"


class Dice:
    """Numbers that are the same on every Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % limit

    def han(self, count):
        return "".join(HAN[self.below(len(HAN))] for _ in range(count))


def element(tag, content):
    return f"<{tag}>{escape(content)}</{tag}>\n"


def template(*blocks, data=""):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<report form="汇报" version="1">\n'
            + (f"<data>\n{data}</data>\n" if data else "") + "".join(blocks) + "</report>\n")


class Run:
    """One run of the program. `output` may be absent afterwards; that is for the check to judge."""

    def __init__(self, arguments, environment=None, cwd=None, stdout=subprocess.PIPE, umask=-1):
        inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        done = subprocess.run([WENYIN, *arguments], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd,
                              env={**inherited, **(environment or {})}, umask=umask, timeout=300)
        self.status = done.returncode
        self.messages = done.stderr.decode(errors="replace")

    def succeed(self):
        if self.status != 0:
            raise RuntimeError(f"wenyin exits {self.status}: {self.messages.strip()[:400]}")


def file(name, content):
    """Writes a file of the work folder; -> its path"""
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(content)
    return path


def paper(name, content, *options, extension="pdf"):
    """Template text -> path of the finished paper"""
    output = os.path.join(FOLDER, f"{name}.{extension}")
    Run(["render", file(f"{name}.xml", content), "--date", "2024-06-30", *options, "-o", output]).succeed()
    return output


def report(extension="pdf", name="工作汇报"):
    """The shipped report over the sample folder, as `make demo` makes it."""
    output = os.path.join(FOLDER, f"{name}.{extension}")
    Run(["render", "templates/工作汇报.xml", "-d", "samples", "-p", "2024-06", "-o", output]).succeed()
    return output


# ---------------------------------------------------------------- contents

def full_page():
    return template(element("p", Dice(1).han(2000)))


def title_block():
    return template(element("title", "洋江镇农村人居环境整治工作汇报"), element("byline", "洋江镇人民政府"),
                    element("date", "（2024年6月30日）"), element("p", Dice(2).han(300)))


def headings():
    """-> template, [(heading with its number, face)], [(run-in heading with its number, the text behind it)]"""
    dice, blocks, alone, run_in = Dice(3), [], [], []
    digits = "一二三四五六七八九十"
    for chapter in range(10):
        title = dice.han(4 + dice.below(9))
        blocks.append(element("h1", title))
        alone.append((f"{digits[chapter]}、{title}", "FandolHei"))
        for section in range(8):
            number = f"（{digits[section]}）"
            title, body = dice.han(5 + dice.below(12)), dice.han(20 + dice.below(150)) + "。"
            if section % 4 == 3:
                blocks += [element("h2", title + "。"), element("p", body)]
                run_in.append((f"{number}{title}。", body))
            else:
                blocks += [element("h2", title), element("p", body)]
                alone.append((f"{number}{title}", "FandolKai"))
    return template(*blocks), alone, run_in


MARKED = [
    "按照《关于印发〈农村人居环境整治“三清一改”实施方案〉的通知》（洋环发〔2024〕3号）、《考核办法（试行）》要求，坚持“周调度、月通报”——不等不靠。",
    "他说：“‘脏乱差’必须治！”——群众问：“治得住吗？”……书记答：“治得住，而且（一定）要治好。”",
    "2023—2024年，洋江镇共清理垃圾1,234.5吨，占全年任务的92.3%，同比增长12.3%，气温3℃～5℃，每户均70.5㎡。",
    "阿卜杜拉·买买提同志与李喆、王玥、朱镕三名同志一道，走访㙟村、𡐓屋两个自然村，入户率100%。",
    "推广PPP模式和Wi-Fi覆盖，执行GB/T 9704的要求，建立App平台（V2.0版），联系电话0771-1234567。",
    "（一）《甲》、《乙》“丙”“丁”；（二）【注】——见表1；（三）〔备〕……等等？！好！！",
]
INGREDIENTS = ["，", "。", "、", "；", "：", "？", "！", "“{}”", "‘{}’", "（{}）", "《{}》", "〔{}〕", "——", "……", "·", "～", "12", "3.5%", "2024", "Excel", "AB"]


def marked():
    """-> template, the paragraphs: fixed ones and random ones, dense with marks"""
    dice, paragraphs = Dice(4), list(MARKED)
    for _ in range(60):
        parts = [dice.han(2)]
        for _ in range(10 + dice.below(40)):
            filling = dice.han(1 + dice.below(3))
            parts.append(INGREDIENTS[dice.below(len(INGREDIENTS))].replace("{}", filling) + dice.han(dice.below(7)))
        paragraphs.append("".join(parts) + dice.han(2) + "。")
    return template(*(element("p", p) for p in paragraphs)), paragraphs


def facts():
    """A small paper with everything that a finished PDF must carry."""
    return template(element("title", "洋江镇整治工作汇报"), element("byline", "洋江镇人民政府"), element("date", "2024年6月30日"),
                    element("h1", "工作举措"), element("h2", "高位推动"), element("p", Dice(5).han(800)),
                    element("h2", "健全机制"), element("p", "入户率100%，共20户Excel表。" + Dice(6).han(700)),
                    element("h1", "存在问题"), element("p", Dice(7).han(100)),
                    '<sign unit="洋江镇人民政府" date="2024年6月30日"/>\n')


OUTLINE = ["工作举措", "高位推动", "健全机制", "存在问题"]


def long_table():
    """-> template, data folder, the keys of the rows"""
    dice = Dice(8)
    keys = [f"K{i:03}" for i in range(1, 101)]
    rows = "".join(f"{key},{dice.han(3)}村,{10 + dice.below(990)}\r\n" for key in keys)
    folder = os.path.dirname(file("table/台账.csv", "编号,村名,清理数(处)\r\n" + rows))
    columns = "".join(f'<col head="{head}" value="{value}"/>\n'
                      for head, value in (("编号", "编号"), ("村名", "村名"), ("清理数量", "清理数")))
    return (template(element("p", dice.han(200)), f'<table of="台账" caption="各村清理情况">\n{columns}</table>\n',
                     element("p", dice.han(60)), data='<csv id="台账" files="台账.csv" key="编号"/>\n'), folder, keys)
