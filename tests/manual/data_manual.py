"""The examples of docs/数据.md, run: every cell of its tables (head 列名) is read as it says and with the messages it
says; every csv block is put into a file, declared by the xml block below it, and asked what the table (head 这样取)
asks. An xml block without files of its own is declared over samples/; a catalogue, over a table with its columns."""
import pathlib
import re
import tempfile
from xml.sax.saxutils import escape

ROSTER = "级别,名称\n村,长塘村\n村,前江村\n村,四塘社区\n"
PRINTED = {"日期": "{表.日期|年月日|默认 没有数}", "月份": "{表.月份|年月|默认 没有数}"}
DECLARED = {"日期": '<column name="日期" type="日期"/>', "月份": '<column name="月份" type="月份"/>'}


def report(declarations, paragraphs):
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f'<report form="汇报" period="月"><data roster="网格.csv">{declarations}</data><title>例</title>{body}</report>'


def write(folder, name, text):
    path = pathlib.Path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def dump(call, folder, template):
    write(folder, "例.xml", template)
    return call(["render", "例.xml", "-d", str(folder), "-p", "2024-06", "--dump", "doc", "-v"], folder)


def check_cell(call, head, cell):
    """(what is read, codes said) of a cell that stands alone under a head."""
    name = re.split(r"[(（]", head)[0]
    with tempfile.TemporaryDirectory(prefix="wenyin-cell.") as folder:
        write(folder, "网格.csv", ROSTER)
        write(folder, "表.csv", f"{head},别的\n{cell},x\n")
        csv = f'<csv id="表" files="表.csv">{DECLARED.get(name, "")}</csv>'
        run = dump(call, folder, report(csv, [PRINTED.get(name, f"{{表.{name}|默认 没有数}}")]))
    found = re.search(r"^paragraph (.*)$", run.stdout, re.M)
    said = set(re.findall(r"表\.csv.* ([EWN]2\d\d):", run.stderr)) - {"N208"}  # the other column is not declared
    return found[1] if found else "", sorted(said)


def check_cells(result, rows, text, call):
    count = 0
    for line, (head, cells, read, said) in rows(text, "列名"):
        spans = re.findall(r"`([^`]+)`", cells)
        values = re.sub(r"（.*）", "", read).split("、")
        values = values * len(spans) if len(values) == 1 else values
        for cell, value in zip(spans, values):
            count += 1
            is_, codes = check_cell(call, head.strip("`"), cell)
            expected = sorted(said.split())
            why = None
            if is_ != value:
                why = f"{cell} is read as {is_!r}, the manual says {value!r}"
            elif not set(codes) <= set(expected) or (expected and not codes):
                why = f"{cell} says {codes}, the manual {expected}"
            result.judge(f"cell line {line} {cell}", why)
        if len(spans) != len(values):
            result.judge(f"cell line {line}", f"{len(spans)} cells, {len(values)} readings")
    if count < 50:
        result.judge("cells", f"only {count} cells in the manual")


def examples(text, blocks):
    """(line, files, declarations, questions) of each xml block."""
    lines, files = text.split("\n"), {}
    marks = sorted([(at, "csv", block) for at, block in blocks(text, "csv")] +
                   [(at, "xml", block) for at, block in blocks(text, "xml")])
    for number, (at, kind, block) in enumerate(marks):
        if kind == "csv":
            name = next((re.search(r"`([^`]+\.csv)`：$", line) for line in reversed(lines[:at - 1]) if line), None)
            files[name[1] if name else f"no name before line {at}"] = block
            continue
        end = marks[number + 1][0] if number + 1 < len(marks) else len(lines)
        section = "\n".join([""] * at + lines[at:end])
        yield at, files, block, section
        files = {}


def catalogue_report(folder, block):
    """A catalogue, or one line of it, over a table that has the columns it speaks of."""
    lines = block if "<catalogue" in block else f"<catalogue>{block}</catalogue>"
    write(folder, "目录.xml", lines)
    names = re.findall(r' (?:name|numerator|denominat\w*)="([^"]+)"', block)
    write(folder, "表.csv", "月份,村," + ",".join(names) + "\n2024-06,长塘村" + ",1" * len(names) + "\n")
    write(folder, "网格.csv", ROSTER.replace("村,前江村\n村,四塘社区\n", ""))
    body = "".join(f"<p>{{表.{name}}}</p>" for name in names)
    csv = '<csv id="表" files="表.csv" period="月份" key="月份,村"/>'
    return (f'<report form="汇报" period="月"><data catalogue="目录.xml" roster="网格.csv">{csv}</data><title>例</title>'
            f"{body}</report>"), len(names)


def check_catalogue(result, at, block, call):
    with tempfile.TemporaryDirectory(prefix="wenyin-data.") as folder:
        template, count = catalogue_report(folder, block)
        run = dump(call, folder, template)
    warned = [line for line in run.stderr.splitlines() if re.search(r"[EW]\d{3}: ", line)]
    good = run.returncode == 0 and not warned and len(re.findall(r"^paragraph ", run.stdout, re.M)) == count
    result.judge(f"data line {at}", None if good else run.stderr.strip()[:200] or "prints too little")


def check_examples(result, rows, blocks, text, call, samples):
    count = 0
    for at, files, declarations, section in examples(text, blocks):
        asked = list(rows(section, "这样取"))
        if re.match(r"\s*<(catalogue|indicator)\b", declarations):
            check_catalogue(result, at, declarations, call)
            continue
        with tempfile.TemporaryDirectory(prefix="wenyin-data.") as folder:
            if not files:
                run = call(["render", "例.xml", "-d", samples, "-p", "2024-06", "--dump", "doc"], folder) \
                    if not write(folder, "例.xml", report(declarations, ["好"])) else None
                good = run.returncode == 0 and "paragraph 好" in run.stdout
                result.judge(f"data line {at}", None if good else run.stderr.strip()[:200])
                continue
            write(folder, "网格.csv", ROSTER)
            for name, content in files.items():
                write(folder, name, content)
            run = dump(call, folder, report(declarations, [cells[0].strip("`") for _, cells in asked]))
        said = re.findall(r"^paragraph (.*)$", run.stdout, re.M)
        if len(said) != len(asked) or not asked:
            result.judge(f"data line {at}", f"{len(asked)} questions, {len(said)} answers: {run.stderr.strip()[:300]}")
            continue
        for (line, cells), answer in zip(asked, said):
            count += 1
            why = None if answer == cells[1] else f"{cells[0]}: the manual says {cells[1]}, it is {answer}"
            result.judge(f"data line {line}", why)
    if count < 4:
        result.judge("data examples", f"only {count} in the manual")


def check_data(result, text, rows, blocks, call, samples):
    check_cells(result, rows, text, call)
    check_examples(result, rows, blocks, text, call, samples)


PLANTED = """
```xml
<catalogue>
  <indicator name="总分" kind="评份" decimals="1"/>
</catalogue>
```

```xml
<indicator name="整改率" kind="比率" numerator="整改数" denominater="问题数"/>
```

| 列名 | 格里写的 | 读作 | 消息 |
|---|---|---|---|
| `数(吨)` | `12.5吨` | 12.6 | N205 |
| `数(吨)` | `若干` | | |

`甲.csv`：

```csv
村,数
长塘村,1
```

```xml
<csv id="甲" files="甲.csv"/>
```

| 这样取 | 得到 |
|---|---|
| `{甲.数}` | 2 |
"""
PLANTED_FAULTS = 7  # five wrong, too few cells, too few examples
