#!/usr/bin/python3
"""Every shipped template over the samples, in its months: no message under --strict, a sane number of pages, no hole and no
brace left in the text. Prints ok / FAIL."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from meaning import Meaning  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
WENYIN = os.environ.get("WENYIN", str(ROOT / "build/wenyin"))
MONTHS = ("2023-01", "2023-02", "2023-09", "2024-01", "2024-06")
SPANS = ("2023", "2023H1", "2024H1")

# template: fewest and most pages, an even number only (版记 on a last even side), runs (period and options)
PAPERS = {
    "工作汇报": (4, 8, False, [(month,) for month in MONTHS]),
    "工作总结及计划": (4, 8, False, [(span,) for span in SPANS + ("2023H2",)]),
    "发言材料": (3, 6, False, [(month,) for month in MONTHS]),
    "讲话稿": (3, 8, False, [(month,) for month in MONTHS] + [("2024-06", "--set", "朗读=是")]),
    "简报": (2, 4, False, [(month,) for month in MONTHS]),
    "考核通报": (4, 8, True, [(month,) for month in MONTHS]),
    "整改函": (3, 6, False, [("2024-06", "--unit", "路东村"), ("2024-06", "--unit", "芦前村"), ("2023-02", "--unit", "四塘社区"),
                          ("2023-09", "--unit", "前江村"), ("2024-01", "--unit", "那况村")]),
    "会议纪要": (2, 6, True, [(month,) for month in MONTHS]),
    "上行报告": (6, 10, True, [(month,) for month in MONTHS] + [(span,) for span in SPANS + ("2024Q2",)]),
}

# what a clerk must read there, over all pages and without the breaks of lines
SAYS = {
    "工作汇报": "存在的主要问题", "工作总结及计划": "工作计划", "发言材料": "各位领导、同志们：", "讲话稿": "同志们：",
    "简报": "形成比学赶超的氛围。党群同心抓整治", "考核通报": "予以通报批评", "整改函": "整改回执", "会议纪要": "列席：", "上行报告": "特此报告。",
}

# wrong use: the exact message, nothing made
REFUSED = [
    ("整改函", ("2024-06",), "的文件名一样"),
    ("整改函", ("2024-06", "--unit", "路冬"), "没有“路冬”这个单位"),
    ("工作总结及计划", ("2024-06",), "E"),
]


def run(name, options, output):
    period, *rest = options
    return subprocess.run([WENYIN, "render", str(ROOT / f"templates/{name}.xml"), "-d", str(ROOT / "samples"), "-p", period,
                           *rest, "--strict", "-o", str(output)], capture_output=True, text=True, check=False)


def tool(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def faults(name, fewest, most, even, output):
    """What is wrong with a finished paper, in words."""
    pages = int(re.search(r"^Pages:\s+(\d+)", tool("pdfinfo", str(output)), re.M)[1])
    text = re.sub(r"\s", "", tool("pdftotext", str(output), "-"))
    if not fewest <= pages <= most:
        yield f"{pages} pages, not {fewest}–{most}"
    if even and pages % 2:
        yield f"{pages} pages, the last must be even"
    for mark in ("【缺", "{", "}", "None", "草稿"):
        if mark in text:
            yield f"“{mark}” in the text"
    nothing = re.search("(?<![0-9.,])0(个|次|处|吨|户|公里|平方米|人次|期|万)", text)
    if nothing:
        yield f"a figure of nothing: {text[max(0, nothing.start() - 12):nothing.end() + 5]}"
    if SAYS[name] not in text:
        yield f"no “{SAYS[name]}”"
    doubled = re.search("[，。；：、][，。；、]", text)
    if doubled:
        yield f"two marks in a row: {text[max(0, doubled.start() - 10):doubled.end() + 5]}"


def check_paper(name, options, output):
    label = "templates/" + "/".join((name, *(word for word in options if not word.startswith("--"))))
    fewest, most, even, _ = PAPERS[name]
    output.unlink(missing_ok=True)
    done = run(name, options, output)
    if done.returncode != 0 or done.stderr.strip():
        print(f"FAIL {label}: exit status {done.returncode}: {done.stderr.strip()[:300]}")
        return
    wrong = list(faults(name, fewest, most, even, output))
    print(f"FAIL {label}: {'; '.join(wrong)}" if wrong else f"ok {label}")


def check_refused(name, options, message, output):
    label = "templates/refused/" + "/".join((name, *(word for word in options if not word.startswith("--"))))
    output.unlink(missing_ok=True)
    done = run(name, options, output)
    good = done.returncode == 2 and message in done.stderr and not output.exists()
    print(f"ok {label}" if good else f"FAIL {label}: exit status {done.returncode}: {done.stderr.strip()[:300]}")


# plans of volumes: fewest and most pages, periods, what a clerk must read there
PLANS = {"季度": (50, 110, ("2024Q2", "2023Q1", "2023Q3"), ("资料汇编", "目录", "限期整改函", "农村人居环境整治数据附表"))}


def check_plan(name, period, folder):
    label = f"templates/{name}/{period}"
    output = Path(folder) / "volume.pdf"
    output.unlink(missing_ok=True)
    done = subprocess.run([WENYIN, "bundle", str(ROOT / f"templates/{name}.xml"), "-d", str(ROOT / "samples"), "-p", period,
                           "--strict", "-o", str(output)], capture_output=True, text=True, check=False)
    if done.returncode != 0 or done.stderr.strip():
        print(f"FAIL {label}: exit status {done.returncode}: {done.stderr.strip()[:300]}")
        return
    fewest, most, _, says = PLANS[name]
    pages = int(re.search(r"^Pages:\s+(\d+)", tool("pdfinfo", str(output)), re.M)[1])
    text = re.sub(r"\s", "", tool("pdftotext", str(output), "-"))
    wrong = [f"no “{words}”" for words in says if words not in text]
    wrong += [f"“{mark}” in the text" for mark in ("【缺", "{", "}", "草稿") if mark in text]
    if not fewest <= pages <= most:
        wrong.append(f"{pages} pages, not {fewest}–{most}")
    print(f"FAIL {label}: {'; '.join(wrong)}" if wrong else f"ok {label}")


def check_lists():
    """Each template is tested here, stands in the list of the gallery, and has its place on the page of docs."""
    shipped = {path.stem for path in (ROOT / "templates").glob("*.xml") if path.stem not in PLANS}
    listed = {line.split()[1] for line in (ROOT / "tools/papers.txt").read_text(encoding="utf-8").splitlines()
              if line.strip() and not line.startswith("#")}
    gallery = set(re.findall(r"^## .*?([^\s、]+)$", (ROOT / "docs/图例.md").read_text(encoding="utf-8"), re.M))
    for where, have in (("tests", set(PAPERS)), ("tools/papers.txt", listed), ("docs/图例.md", gallery)):
        lacking = sorted(shipped - have)
        print(f"FAIL templates/lists/{where}: lacks {lacking}" if lacking else f"ok templates/lists/{where}")


def check_page(folder):
    """The page of docs: every command line runs as it stands, and the parameters it names are those of the template."""
    page = (ROOT / "docs/图例.md").read_text(encoding="utf-8")
    for command in re.findall(r"^wenyin ((?:render|bundle) .*)$", page, re.M):
        done = subprocess.run([WENYIN, *command.replace(" docs/", f" {ROOT}/docs/").replace(" templates/", f" {ROOT}/templates/").replace(" samples", f" {ROOT}/samples")
                               .split()], capture_output=True, text=True, check=False, cwd=folder)
        # N562 says of a batch what was made.
        good = done.returncode == 0 and not [line for line in done.stderr.splitlines() if " N562: " not in line]
        print(f"ok templates/page/{command}" if good else f"FAIL templates/page/{command}: {done.stderr.strip()[:300]}")
    for name, section in re.findall(r"^## [一二三四五六七八九]、(\S+)$(.*?)(?=^## )", page, re.M | re.S):
        named = re.sub("（[^）]*）", "", re.search("^- 参数：(.*)$", section, re.M)[1]).split("、")
        template = (ROOT / f"templates/{name}.xml").read_text(encoding="utf-8")
        have = re.findall('<param name="([^"]+)"', template)
        good = sorted(named) == sorted(have)
        print(f"ok templates/page/{name}/参数" if good else f"FAIL templates/page/{name}/参数: {named}, not {have}")


def main():
    check_lists()
    with tempfile.TemporaryDirectory(prefix="wenyin-templates.") as folder:
        output = Path(folder) / "out.pdf"
        check_page(folder)
        for name, (_, _, _, runs) in PAPERS.items():
            for options in runs:
                check_paper(name, options, output)
        for name, (_, _, periods, _) in PLANS.items():
            for period in periods:
                check_plan(name, period, folder)
        for name, options, message in REFUSED:
            check_refused(name, options, message, output)
        Meaning(ROOT, WENYIN, Path(folder)).check_all()


if __name__ == "__main__":
    sys.exit(main())
