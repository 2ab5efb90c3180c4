"""The dirty copy of the samples says what the clean one says, and dirt that cannot be read is told: one exact message
for each fault. Prints ok / FAIL lines. The copy lies in build/dirty, to be looked at."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
WENYIN = os.environ.get("WENYIN", str(ROOT / "build/wenyin"))
DIRTY, CLEAN = ROOT / "build/dirty", ROOT / "samples"
REPORT = ROOT / "templates/工作汇报.xml"
MONTHS = ("2023-06", "2023-12", "2024-02", "2024-03", "2024-05", "2024-06")
PERIODS = {"旬": "2024-06-上旬", "季": "2024Q2", "半年": "2024H1", "年": "2023"}
# what the dirt makes the program say; without one of these the copy has become too clean
SEEN = {"N201", "N202", "N203", "N205", "N206", "N207", "N209", "N210", "N214", "N215",
        "W211", "W212", "W214", "W218"}


def judge(name, why=None):
    print(f"FAIL dirty/{name}: {why}" if why else f"ok dirty/{name}")


def render(template, data, period, *options):
    return subprocess.run([WENYIN, "render", str(template), "-d", str(data), "-p", period, "--dump", "doc", *options],
                          capture_output=True, text=True, timeout=120, check=False)


def first_difference(a, b):
    for one, other in zip(a.split("\n"), b.split("\n")):
        if one != other:
            return f"clean {one!r}, dirty {other!r}"
    return "one is longer"


def check_same(template, period):
    clean, dirty = (render(template, data, period) for data in (CLEAN, DIRTY))
    name = f"same {template.stem} {period}"
    if clean.returncode != 0 or dirty.returncode != 0:
        judge(name, f"exit {clean.returncode} and {dirty.returncode}: {(clean.stderr + dirty.stderr).strip()[:200]}")
    else:
        judge(name, None if clean.stdout == dirty.stdout else first_difference(clean.stdout, dirty.stdout))


def check_readable():
    shutil.rmtree(DIRTY, ignore_errors=True)
    DIRTY.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, str(ROOT / "samples/generate.py"), "--dirt", str(DIRTY)], check=True)
    for month in MONTHS:
        check_same(REPORT, month)
    for template in sorted((ROOT / "templates").glob("*.xml")):
        kind = re.search(r'<report[^>]*\bperiod="([^" ]*)', template.read_text(encoding="utf-8"))
        if kind and template != REPORT:
            check_same(template, PERIODS.get(kind[1], "2024-06"))
    said = set(re.findall(r"\b[WN]2\d\d\b", render(REPORT, DIRTY, "2024-06", "-v").stderr))
    judge("all kinds of dirt", None if SEEN <= said else f"never said: {sorted(SEEN - said)}")


# ---------------------------------------------------------------- faults

FIRST = "月报/月报-2023-01.csv"
MAY, JUNE, LEDGER = "月报/月报-2024-05.csv", "月报/月报-2024-04.csv", "问题台账.csv"  # UTF-8 with BOM; UTF-8; GBK


def replace(name, old, new, encoding="utf-8"):
    """A fault in one place of a file."""
    def spoil(folder):
        path = folder / name
        text = path.read_bytes().decode(encoding)
        assert text.count(old) >= 1, (name, old)
        path.write_bytes(text.replace(old, new, 1).encode(encoding))
    return spoil


def cut(name, behind, encoding="utf-8"):
    """Half-written: the file ends behind this text."""
    def spoil(folder):
        path = folder / name
        data = path.read_bytes()
        end = data.index(behind.encode(encoding)) + len(behind.encode(encoding))
        path.write_bytes(data[:end])
    return spoil


def write(name, data):
    return lambda folder: (folder / name).write_bytes(data)


def remove(folder):
    shutil.rmtree(folder / "月报")


def line(name, start, encoding="utf-8"):
    """The first line of a sample that begins so."""
    text = (CLEAN / name).read_bytes().decode(encoding)
    return next(row for row in text.splitlines() if row.startswith(start))


def faults():
    changtang, qianjiang = line(MAY, "2024-05,长塘村"), line(MAY, "2024-05,前江村")
    cells = qianjiang.split(",")
    issue = line(LEDGER, "2024-124,", "gbk")
    day = issue.split(",")[1]
    thousands = line(JUNE, "2024-04,前江村")
    total = sum(float(row.split(",")[2]) for row in
                (CLEAN / MAY).read_text(encoding="utf-8-sig").splitlines()[1:])
    june_bytes = (CLEAN / MAY).read_bytes()

    def cell(at, text):
        return replace(MAY, qianjiang, ",".join(cells[:at] + [text] + cells[at + 1:]))
    place = MAY + ":3: "
    head = line(MAY, "\ufeff").lstrip("\ufeff") + "\r\n"
    ledger_rows = (CLEAN / LEDGER).read_bytes().decode("gbk").splitlines()
    row = ledger_rows.index(issue) + 1

    def halved(folder):
        data = (CLEAN / LEDGER).read_bytes()
        (folder / LEDGER).write_bytes(data[:data.index("村".encode("gbk"), data.index(issue.encode("gbk"))) + 1])
    return [
        ("a row half written", cut(MAY, ",".join(cells[:6])),
         place + "错误 E224: 这一行只有 6 格，表头有 10 列，可能没有写完"),
        ("a character half written", halved, None),
        ("a quote never closed", cell(1, '"前江村'), place + "错误 E213: 引号从这一行起没有闭合"),
        ("a NUL", cell(2, "3\0"), place + "错误 E211: 有 NUL 字符，文件可能已损坏"),
        ("a sheet renamed", write(MAY, b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00"),
         MAY + ": 错误 E276: 这是 Excel 工作簿，不是 CSV"),
        ("two encodings in one file", write(MAY, june_bytes + "注：".encode("gbk")), None),
        ("a formula that failed", cell(2, "#REF!"), place + "C3“生活垃圾(吨)”: 错误 E230: 这一列是数，“#REF!”不是数"),
        ("a column too narrow", cell(9, "######"), place + "J3“投入资金(元)”: 错误 E230: 这一列是数，“######”不是数"),
        ("a word for a number", cell(3, "若干"), place + "D3“乱堆乱放(处)”: 错误 E230: 这一列是数，“若干”不是数"),
        ("another unit in a cell", cell(2, "380公斤"),
         place + "C3“生活垃圾(吨)”: 错误 E274: “380公斤”的单位是“公斤”，这一列是“吨”"),
        ("another unit in a head", replace(MAY, "生活垃圾(吨)", "生活垃圾(公斤)"),
         MAY + ":1: C1“生活垃圾(公斤)”: 错误 E227: 列“生活垃圾”的单位是“公斤”，月报/月报-2023-01.csv 里是“吨”"),
        ("too many digits", cell(9, "1234567890123"),
         place + "J3“投入资金(元)”: 错误 E234: “1234567890123”太大，小数点前最多 12 位"),
        ("a column misspelt", replace(MAY, "沟渠(公里)", "沟梁(公里)"),
         MAY + ":1: 错误 E225: 缺少列“沟渠”，月报/月报-2023-01.csv 有这一列"),
        ("another unit in the first file", replace(FIRST, "生活垃圾(吨)", "生活垃圾(公斤)"),
         FIRST + ":1: C1“生活垃圾(公斤)”: 错误 E227: 列“生活垃圾”的单位是“公斤”，月报/月报-2023-02.csv 里是“吨”"),
        ("a column misspelt in the first file", replace(FIRST, "沟渠(公里)", "沟梁(公里)"),
         FIRST + ":1: F1“沟梁(公里)”: 错误 E279: 列“沟梁”只有 1 个文件有，17 个文件没有，如 月报/月报-2023-02.csv"),
        ("a column twice", replace(MAY, "池塘(口)", "沟渠(公里)"), None),
        ("a column without a name", replace(MAY, "池塘(口)", ""), None),
        ("thousands without quotes", replace(JUNE, thousands, thousands.replace('"', "")),
         JUNE + ":3: 错误 E223: 这一行有 11 格，表头只有 10 列"),
        ("a village twice", replace(MAY, qianjiang, changtang),
         place + f"错误 E241: 主键“2024-05、长塘村”重复：{MAY} 第 2 行已有"),
        ("a copy of a file", write("月报/月报-2024-05 - 副本.csv", (head + changtang + "\r\n").encode("utf-8")),
         "月报/月报-2024-05 - 副本.csv: 错误 E284: 像是 %s 的副本，有 1 行主键重复" % MAY),
        ("a row without its village", cell(1, ""), place + "B3“村”: 错误 E237: 列“村”是期间或主键，不能为空"),
        ("a day for a month", cell(0, "2024/5/31"), place + "A3“月份”: 错误 E232: 这一列是月份，“2024/5/31”不是月份"),
        ("a day that is none", replace(LEDGER, issue, issue.replace(day, "2024-06-31", 1), "gbk"),
         f"{LEDGER}:{row}: B{row}“发现日期”: 错误 E233: “2024-06-31”读不出日期：没有这一天，或年月日的次序不对"),
        ("an English date", replace(LEDGER, issue, issue.replace(day, "5-Jun", 1), "gbk"),
         f"{LEDGER}:{row}: B{row}“发现日期”: 错误 E231: 这一列是日期，“5-Jun”不是日期"),
        ("a total that is wrong", write(MAY, june_bytes + b"\xe5\x90\x88\xe8\xae\xa1,,1.5,,,,,,,\r\n"),
         f"{MAY}:19: C19“生活垃圾(吨)”: 错误 E240: “生活垃圾”的合计写的是 1.5，各行相加是 {round(total, 1):g}"),
        ("no head", write(MAY, (changtang + "\r\n" + qianjiang + "\r\n").encode("utf-8")),
         MAY + ":1: 错误 E229: 第 1 行不像表头：没有一个列名，却有数或日期"),
        ("an empty file", write(MAY, b""), MAY + ": 错误 E220: 文件里没有表头"),
        ("no file at all", remove, None),
    ]


# where the place depends on the samples, the code and the text behind it are enough
PARTS = {
    "a character half written": r"^问题台账\.csv:\d+: 错误 E210: 第 \d+ 个字节 [0-9A-F]{2} 不合 GB18030 编码$",
    "two encodings in one file": r"^月报/月报-2024-05\.csv:19: 错误 E210: 第 \d+ 个字节 A3 不合 UTF-8 编码$",
    "a column twice": r"^月报/月报-2024-05\.csv:1: G1“沟渠\(公里\)”: 错误 E222: 列名“沟渠”重复$",
    "a column without a name": r"^月报/月报-2024-05\.csv:2: G2: 错误 E221: 第 7 列有数据，却没有列名$",
    "no file at all": r"^工作汇报\.xml:\d+:\d+: 错误 E201: 数据文件夹里没有与“月报/\*\.csv”相符的文件$",
}
ALSO = {"a column twice": "E225", "a column without a name": "E225"}  # the column that is lost is told too


def check_fault(name, spoil, expected, work):
    folder = work / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(CLEAN, folder, ignore=shutil.ignore_patterns("*.py", "照片", "__pycache__", "README.md"))
    spoil(folder)
    run = render(REPORT, folder, "2024-06")
    errors = [text for text in run.stderr.split("\n") if "错误 E" in text]
    also = [text for text in errors if ALSO.get(name) and ALSO[name] in text]
    told = [text for text in errors if text not in also]
    right = [text for text in told if text == expected or (name in PARTS and re.search(PARTS[name], text))]
    if run.returncode != 2 or run.stdout:
        judge(f"fault {name}", f"exit status {run.returncode}")
    elif len(told) != 1 or not right or len(also) != (name in ALSO):
        judge(f"fault {name}", f"expected {expected or PARTS[name]!r}, told {errors}")
    else:
        judge(f"fault {name}")


def main():
    check_readable()
    with tempfile.TemporaryDirectory(prefix="wenyin-dirty.") as work:
        for name, spoil, expected in faults():
            check_fault(name, spoil, expected, Path(work))


if __name__ == "__main__":
    main()
