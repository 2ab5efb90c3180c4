"""改定.csv over the shipped templates: a random figure is overruled. Wherever its claim stands the new value does, with what the data said,
why and who; no other figure of the 核对单 changes, and no line of the paper in which none of them stands."""
import csv
import json
import random
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections import Counter
from decimal import Decimal

from cells import said
from sheet import PAPERS, ROOT, UNITS, computed, path_of, run

TURNS, SEED = 4, 9704
HEAD = ("模板", "期间", "位置", "改定值", "理由", "改定人", "原值", "单位")


def look(name, data, period, out):
    """(exit status of check, its entries, lines of the paper)."""
    out.unlink(missing_ok=True)
    status = run("check", name, data, period, "-o", str(out)).returncode
    entries = computed(json.loads(out.read_text(encoding="utf-8"))["figures"]) if out.exists() else []
    return status, entries, run("render", name, data, period, "--strict", "--dump", "doc").stdout.splitlines()


def may_rule(name, entry, entries):
    """列举 prints more than its number; lists are in the order of the figures as ruled, and then say other names."""
    if entry["missing"] or any("列举" in other["expression"] for other in entries if other["claim"] == entry["claim"]):
        return False
    sorts = [element.get("sort") or "" for element in ElementTree.parse(path_of(name)).iter()]
    return not any((entry["indicator"] or "计数") in sort for sort in sorts)


def ruled(entry):
    """The new value, and as a clerk writes it."""
    value = round(Decimal(entry["value"]) + (Decimal("0.01") if entry["kind"] == "ratio" else 1), 6)
    return value, f"{value * 100:f}%" if entry["kind"] == "ratio" else f"{value:f}{entry['unit'] or ''}"


def facts(entries):
    return Counter((entry["expression"], entry["claim"], entry["value"], entry["printed"]) for entry in entries)


def faults(before, after, entry, value):
    status, entries, lines = after
    mine = [other for other in entries if other["claim"] == entry["claim"]]
    if status or not lines:
        yield f"exit status {status}"
        return
    for other in mine:
        told = other.get("overruled") or {}
        if Decimal(other["value"]) != value or (told.get("computed"), told.get("reason"), told.get("who")) != \
                (entry["exact"], "现场复核", "张书记"):
            yield f"{other['place']} is {other['value']}, {told}"
    if len(mine) != sum(other["claim"] == entry["claim"] for other in before[1]):
        yield f"{len(mine)} places, other than before"
    others = [facts(other for other in side[1] if other["claim"] != entry["claim"]) for side in (before, after)]
    if others[0] != others[1]:
        yield f"changed too: {list((others[1] - others[0]).items())[:2]}"
    for line in said(lines) - said(before[2]):
        if not any(other["printed"] in line for other in mine):
            yield f"the paper says “{line.strip()[:60]}”"


def check_manual(data):
    """The example of the manual."""
    text = (ROOT / "docs/核对与校对.md").read_text(encoding="utf-8")
    example = re.search(r"## 改定\n.*?```csv\n(.*?)```", text, re.S)[1]
    (data / "改定.csv").write_text(example, encoding="utf-8")
    done = run("render", "工作汇报", data, "2024-06", "--strict", "--dump", "doc")
    (data / "改定.csv").unlink()
    good = done.returncode == 0 and f"改定了 {example.count(chr(10)) - 1} 个数" in done.stderr
    print("ok oracle/ruling/manual" if good else f"FAIL oracle/ruling/manual: {done.returncode} {done.stderr[:300]}")


def check_rulings(work):
    """One result line a template, and one for the manual."""
    rng, data = random.Random(SEED), work / "ruled"
    shutil.copytree(ROOT / "samples", data)
    check_manual(data)
    for name, spans in PAPERS.items():
        period, wrong, places = spans[-1], [], 0
        before = look(name, data, period, work / "ruled.json")
        chosen = rng.sample([entry for entry in before[1] if may_rule(name, entry, before[1])], TURNS)
        for entry in chosen:
            value, text = ruled(entry)
            row = (path_of(name).name, period, entry["place"], text, "现场复核", "张书记", entry["exact"], UNITS.get(name, ""))
            with open(data / "改定.csv", "w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows((HEAD, row))
            after = look(name, data, period, work / "ruled.json")
            places += sum(other["claim"] == entry["claim"] for other in after[1])
            wrong += [f"{entry['place']} {entry['exact']} → {text}: {fault}" for fault in faults(before, after, entry, value)]
            (data / "改定.csv").unlink()
        print(f"FAIL oracle/ruling/{name}/{period}: {'; '.join(wrong[:3])}" if wrong else
              f"ok oracle/ruling/{name}/{period}: {TURNS} figures at {places} places")
