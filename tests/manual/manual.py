"""Runs every example of the documents over samples/ and compares the manual with the tables of the program.

Groups: templates (xml blocks of docs/模板语言.md: a whole <report> as it stands, a fragment inside the first
report's <data> or body) · values (rows `{…}` | result) · conditions (rows `…` | 真 or 假) · commands (lines
of sh blocks that call wenyin) · plans (of volumes) · explained (what `wenyin value` says) · sheets (lines of the
核对单 that docs/核对与校对.md shows) · messages (the misspelt column that the documents show) · vocabulary
(elements, attributes, steps, words, messages, options: all that the program has are in the documents, what is
not built yet is listed as such) · data (docs/数据.md: data_manual.py) · teeth (each of these groups reports a planted mistake)."""
import atexit
import functools
import glob
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import data_manual  # noqa: E402
from data_manual import check_data  # noqa: E402

ROOT = pathlib.Path.cwd()
WENYIN = os.path.abspath(os.environ.get("WENYIN", "build/wenyin"))
MANUAL = "docs/模板语言.md"
CHECKING = "docs/核对与校对.md"
BINDING = "docs/批量与合订.md"
WITH_COMMANDS = ["README.md", "samples/README.md", MANUAL, "docs/数据.md", "docs/常见问题.md", CHECKING,
                 BINDING]
WITH_MESSAGE = ["README.md", MANUAL]
PERIODS = {"旬": "2024-06-上旬", "月": "2024-06", "季": "2024Q2", "半年": "2024H1", "年": "2023"}
VILLAGE = "长塘村"  # the first of the roster, so the first group


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(text, kind=None):
    """(line number, text) of each fenced block of a kind, or of all; one in a list item is indented."""
    fence = None
    for number, line in enumerate(text.split("\n"), 1):
        mark = re.match(r"( *)```(\w*)$", line)
        if mark and fence is None:
            fence, begun, inside = mark, number, []
        elif mark:
            if kind in (None, fence[2]):
                yield begun, "".join(inside)
            fence = None
        elif fence is not None:
            inside.append(line.removeprefix(fence[1]) + "\n")


def rows(text, head):
    """(line number, cells) of the tables whose first head cell is `head`."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if inside and not set(cells[0]) <= set("-: "):
            yield number, cells
        inside = inside or cells[0] == head


class Report:
    def __init__(self):
        self.lines = []

    def judge(self, name, why=None):
        self.lines.append(f"FAIL manual/{name}: {why}" if why else f"ok manual/{name}")

    def failed(self):
        return [line for line in self.lines if line.startswith("FAIL")]


def call(arguments, folder):
    return subprocess.run([WENYIN, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)


def first_message(stderr):
    return stderr.strip().split("\n")[0] if stderr.strip() else "no message"


class Bench:
    """A folder with the samples, and the <data> that the examples of the manual share."""

    def __init__(self, manual, folder):
        self.folder = folder
        whole = [block for _, block in blocks(manual, "xml") if "<report" in block]
        self.data = re.search(r"<data.*?</data>", whole[0], re.S)[0] if whole else ""

    def dump(self, template, period="2024-06"):
        path = pathlib.Path(self.folder, "例.xml")
        path.write_text(template, encoding="utf-8")
        arguments = ["render", path.name, "-d", str(ROOT / "samples"), "--strict", "--dump", "doc"]
        return call(arguments + (["-p", period] if period else []), self.folder)

    def report(self, body, declarations=""):
        data = self.data.replace("</data>", declarations + "</data>")
        return f'<report form="汇报" period="月">{data}<title>例</title>{body}</report>'

    def paragraphs(self, bodies):
        """Texts of paragraphs, or for each the reason why not: all in one run, one by one if that fails."""
        def once(some):
            run = self.dump(self.report("".join(some)))
            # A page takes no part in a dump: a paragraph is a line.
            found = re.findall(r"^paragraph (.*)$", run.stdout, re.M)
            if run.returncode == 0 and len(found) == len(some):
                return found
            return None if len(some) > 1 else [(first_message(run.stderr),)]
        together = once(bodies) if bodies else []
        return together or [once([body])[0] for body in bodies]


# ---------------------------------------------------------------- groups

def shared_file(block, bench):
    """A template that includes a block which the manual shows as a file of its own; None for any other block."""
    if not re.match(r"\s*<(style|include)\b[^>]*(?<!/)>\n", block):
        return None
    folder = pathlib.Path(bench.folder)
    (folder / "公共.xml").write_text(block, encoding="utf-8")
    for name in re.findall(r'<font [^>]*file="([^"]+)"', block):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(next((ROOT / "fonts/files").glob("FandolFang*")), folder / name)
    include = '<include href="公共.xml"/>'
    if "<csv" in block:
        return f'<report form="汇报" period="月"><data roster="网格.csv">{include}</data><title>例</title><p>好</p></report>'
    return bench.report(include + "<p>好</p>")


def check_templates(report, manual, bench):
    found = list(blocks(manual, "xml"))
    if not found:
        report.judge("templates", "no xml block in the manual")
    for line, block in found:
        whole = "<report" in block
        declares = re.match(r"\s*<(csv|query|param|set|check)\b", block)
        shared = shared_file(block, bench)
        template = shared or (block if whole else bench.report("", block) if declares else bench.report(block))
        kind = re.search(r'<report[^>]*\bperiod="([^" ]*)', template)
        run = bench.dump(template, PERIODS.get(kind[1]) if kind else "2024-06")
        bad = run.returncode != 0 or run.stderr.strip()
        empty = not whole and not declares and run.stdout.count("\n") < 3
        why = first_message(run.stderr) if bad else "prints nothing" if empty else None
        report.judge(f"template line {line}", why)


def span(cell):
    return re.fullmatch(r"`(.*)`(.*)", cell)


def compare(report, kind, examples, results):
    for (line, source, expected), result in zip(examples, results):
        why = None
        if isinstance(result, tuple):
            why = f"{source}: {result[0]}"
        elif result != expected:
            why = f"{source}: the manual says {expected}, it is {result}"
        report.judge(f"{kind} line {line}", why)


def check_values(report, manual, bench):
    examples, bodies = [], []
    for head, before, after in (
            ("写法", "", ""),
            (f"写法（在 {VILLAGE} 一行）", '<each of="月报" by="村" top="1">', "</each>")):
        for line, cells in rows(manual, head):
            source = span(cells[0])
            if not source:
                report.judge(f"value line {line}", f"not one code span: {cells[0]}")
                continue
            examples.append((line, source[1], re.sub(r"^`(.*)`$", r"\1", cells[1])))
            bodies.append(f"<p>{before}{escape(source[1])}{after}</p>")
    if len(examples) < 20:
        report.judge("values", f"only {len(examples)} examples in the manual")
    compare(report, "value", examples, bench.paragraphs(bodies))


def check_conditions(report, manual, bench):
    examples, bodies = [], []
    for line, cells in rows(manual, "条件"):
        source = span(cells[0])[1]
        examples.append((line, source, cells[1]))
        test = escape(source, {'"': "&quot;"})
        bodies.append(f'<p><if test="{test}">真<else>假</else></if></p>')
    if not examples:
        report.judge("conditions", "no example in the manual")
    compare(report, "condition", examples, bench.paragraphs(bodies))


OLD_SHEET = "核对单-2024-05.csv"


@functools.cache
def old_sheet():
    """The 核对单 of the month before, as the reader has kept it."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="wenyin-manual."), OLD_SHEET)
    atexit.register(shutil.rmtree, path.parent)
    call(["check", ROOT / "templates/工作汇报.xml", "-d", ROOT / "samples", "-p", "2024-05", "-o", path], path.parent)
    return path


def command_folder(folder):
    """Where a reader stands: templates and samples at hand, also under the names that the text gives them."""
    for name in ("templates", "samples", "fonts"):
        os.symlink(ROOT / name, pathlib.Path(folder, name))
    os.symlink(ROOT / "samples", pathlib.Path(folder, "数据文件夹"))
    os.symlink(ROOT / "templates/工作汇报.xml", pathlib.Path(folder, "工作汇报.xml"))
    shutil.copy(old_sheet(), folder)
    whole = [block for _, block in blocks(text_of(MANUAL), "xml") if "<report" in block]
    pathlib.Path(folder, "我的模板.xml").write_text(whole[0], encoding="utf-8")


def written(words):
    if "-o" not in words:
        return None
    name = words[words.index("-o") + 1]
    stem, dot, extension = name.rpartition(".")
    paged = extension in ("png", "svg") and "--only" not in words and "--long" not in words
    return f"{stem}-1.{extension}" if dot and paged else name


def lay_out_print(words, text, folder):
    """The papers that `wenyin impose` is given, and the list that the document shows."""
    for name in words[2:]:
        path = pathlib.Path(folder, name)
        if name.endswith(".pdf") and words[words.index(name) - 1] != "-o":
            call(["render", "templates/工作汇报.xml", "-d", "samples", "-p", "2024-06", "-o", name], folder)
        elif name.endswith(".csv"):
            path.write_text(next(block for _, block in blocks(text, "csv") if "份数" in block), encoding="utf-8")


def made(folder, target):
    """The files of this name, with braces one of each unit, are there and not empty."""
    found = [os.path.getsize(path) for path in glob.glob(os.path.join(folder, re.sub(r"\{[^{}]*\}", "*", target)))]
    return found and all(found)


def check_commands(report, documents):
    count = 0
    for path, text in documents:
        for line, block in blocks(text, "sh"):
            for number, command in enumerate(block.split("\n"), line + 1):
                words = shlex.split(command, comments=True)
                if not words or words[0] not in ("wenyin", "build/wenyin"):
                    continue
                count += 1
                with tempfile.TemporaryDirectory() as folder:
                    command_folder(folder)
                    if words[1] == "impose":
                        lay_out_print(words, text, folder)
                    if words[1] == "report":  # of what the commands before it have made
                        for before in block.split("\n")[:number - line - 1]:
                            call(shlex.split(before)[1:], folder)
                    run = call(words[1:], folder)
                    target = written(words)
                    why = None
                    if run.returncode != 0:
                        why = f"exit {run.returncode}: {first_message(run.stderr)}"
                    elif target and target != "-" and not made(folder, target):
                        why = f"{target} is empty"
                    report.judge(f"command {path}:{number}", why)
    if count == 0:
        report.judge("commands", "no command in the documents")


def check_plans(report, path, text):
    """Plans of volumes, in the folder of the templates that they name."""
    found = [(line, block) for line, block in blocks(text, "xml") if "<bundle" in block]
    if not found:
        report.judge("plans", f"no plan in {path}")
    for line, block in found:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "templates", pathlib.Path(folder, "templates"))
            pathlib.Path(folder, "templates/计划.xml").write_text(block, encoding="utf-8")
            run = call(["bundle", "templates/计划.xml", "-d", str(ROOT / "samples"), "-p", "2024Q2", "--strict", "-o", "x.pdf"],
                       folder)
            good = run.returncode == 0 and not run.stderr and made(folder, "x.pdf")
            report.judge(f"plan {path}:{line}", None if good else first_message(run.stderr))


def check_sheets(report, text):
    """Lines of a 核对单 that the document shows are lines that its commands print; one that ends in … begins so."""
    commands = [line.strip() for _, block in blocks(text, "sh") for line in block.split("\n")
                if line.startswith("wenyin check") and "-o" not in line]
    with tempfile.TemporaryDirectory() as folder:
        command_folder(folder)
        printed = [line for command in commands
                   for line in call(shlex.split(command)[1:], folder).stdout.split("\n")]
    shown = [(at + number, line) for at, block in blocks(text, "") if block.split("\n")[0].endswith("的数")
             for number, line in enumerate(block.rstrip().split("\n"), 1)]
    if len(shown) < 8:
        report.judge("sheets", f"only {len(shown)} lines of a sheet in {CHECKING}")
    for at, line in shown:
        whole, cut, _ = line.partition(" …")
        good = any(one.startswith(whole) if cut else one == line for one in printed)
        report.judge(f"sheet line {at}", None if good else f"no command prints {line.strip()}")


def check_explained(report, manual):
    """What the manual shows of `wenyin value` is what the program prints for a command of the manual."""
    asked = [line for _, block in blocks(manual, "sh") for line in block.split("\n") if line.startswith("wenyin value")]
    shown = [(line, block) for line, block in blocks(manual, "") if "  用到 " in block]
    if not shown:
        report.judge("explained", "the manual shows no value")
    with tempfile.TemporaryDirectory() as folder:
        command_folder(folder)
        said = [call(shlex.split(line)[1:], folder).stdout.strip() for line in asked]
    for line, block in shown:
        report.judge(f"explained line {line}", None if block.strip() in said else f"none of {len(said)} commands says so")


MISSPELT = "{月报.生活垃圾清里|约数}"


def check_messages(report, documents):
    """The message about the misspelt column is what comes of that mistake in the template that we ship."""
    template = text_of("templates/工作汇报.xml").replace("{月报.生活垃圾|约数}", MISSPELT, 1)
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "工作汇报.xml").write_text(template, encoding="utf-8")
        data = str(ROOT / "samples")
        run = call(["render", "工作汇报.xml", "-d", data, "-p", "2024-06", "-o", "x.pdf"], folder)
    for path, text in documents:
        shown = [block for _, block in blocks(text, "") if MISSPELT in block]
        if not shown:
            report.judge(f"message of {path}", "it shows none")
        for block in shown:
            same = block.strip() == run.stderr.strip()
            report.judge(f"message of {path}", None if same else f"the program says {run.stderr.strip()!r}")


def words_of(text):
    """Every word that stands in a code span or block, and every word between quotes."""
    spans = re.findall(r"`([^`\n]+)`", text) + [block for _, block in blocks(text)]
    return set(re.findall(r"[\w-]+", " ".join(spans)))


def program_words():
    """(kind, name, built?) of the language, read from the tables of the program itself."""
    table = text_of("src/template/schema_table.c")
    for name, identity in re.findall(r'^ {4}\{"([\w-]+)", (ELEMENT_\w+),', table, re.M):
        yield "element", name, identity != "ELEMENT_LATER"
    for group, body in re.findall(r"AttrDef (\w+)\[\] = \{(.*?END\})", table, re.S):
        for macro, name in re.findall(r'\b(OPTIONAL|REQUIRED|ONE_OF|LATER)\("([\w-]+)"', body):
            yield "attribute", name, macro != "LATER"
    steps = text_of("src/template/value/steps.c")
    for name, twin, identity in re.findall(r'\{"(\w+)", (NULL|"\w+"), (STEP_\w+),', steps):
        yield "step", name, identity != "STEP_LATER"
        if twin != "NULL" and identity != "STEP_LATER":
            yield "step", twin.strip('"'), True
    for name in re.findall(r'\{"(\w+)", WORD_\w+\}', steps):
        yield "word", name, True


def check_vocabulary(report, manual, data_manual, questions):
    built_part, _, later_part = manual.partition("本版尚未支持\n")
    if not later_part:
        report.judge("vocabulary", "the manual has no chapter “本版尚未支持”")
    # `2位` stands for 位
    built, later = words_of(built_part + manual[manual.find("## 附"):]), words_of(later_part)
    names = sorted(set(program_words()))
    kinds = {kind for kind, _, _ in names}
    if kinds != {"element", "attribute", "step", "word"} or len(names) < 150:
        report.judge("vocabulary", f"the tables of src/template are not understood: {len(names)} names")
    for kind, name, is_built in names:
        if is_built:
            report.judge(f"{kind} {name}", None if name in built else f"not in {MANUAL}")
        elif not any(n == name and b for _, n, b in names):
            why = None if name in later else f"not among 本版尚未支持 in {MANUAL}"
            report.judge(f"later {kind} {name}", why)
    page = text_of("man/wenyin.1")
    defs = re.findall(r'\[OPTION_\w+\] = \{"([\w-]+)",(.*?)(?=\[OPTION|^\};)', text_of("src/run/options.c"), re.M | re.S)
    options = [name for name, row in defs if not row.strip().endswith("{NULL, NULL}, NULL, NULL},")]
    for option in sorted(options) or ["(none understood)"]:
        report.judge(f"option --{option}", None if f"Fl -{option}" in page else "not in man/wenyin.1")
    commands = re.findall(r'^ {4}\{"(\w+)", run_', text_of("src/run/commands.c"), re.M)
    for command in sorted(commands) or ["(none understood)"]:
        report.judge(f"command {command}", None if f"Cm {command}" in page else "not in man/wenyin.1")
    table = text_of("src/base/diag.def")
    codes = set(re.findall(r"^D\(([A-Z]\d+),", table, re.M))
    told = set(re.findall(r"\b[EWN]\d{3}\b", data_manual))
    for code in sorted(code for code in codes if re.match("[EWN]2", code)):
        report.judge(f"message {code}", None if code in told else "not explained in docs/数据.md")
    checking = set(re.findall(r"\b[EWN]\d{3}\b", text_of(CHECKING)))
    for code in sorted(code for code in codes if re.match("[EWN]7", code)):
        report.judge(f"message {code}", None if code in checking else f"not explained in {CHECKING}")
    for code in sorted(told | checking | set(re.findall(r"\b[EWN]\d{3}\b", manual + questions))):
        if code not in codes:
            report.judge(f"message {code}", "the documents name a message that does not exist")


# ---------------------------------------------------------------- do the checks bite?

PLANTED = """
```xml
<report form="汇报" period="月"><title>例</title><p>{没有这个名称}</p></report>
```
```xml
<p>{月报.没有这一列}</p>
```
```xml
<style redd="200,0,0">
</style>
```
```xml
<include>
  <csv id="月报" files="月报/*.csv" perod="月份" key="月份,村"/>
</include>
```
| 写法 | 得到 |
|---|---|
| `{3 + 4}` | 8 |
| `{月报.没有这一列}` | 1 |

| 条件 | 结果 |
|---|---|
| `3 大于 4` | 真 |
"""
COMMANDS = "```sh\nbuild/wenyin render templates/没有.xml -o x.pdf\nbuild/wenyin fonts --没有\n```\n"


SHEETS = """
```sh
wenyin check 工作汇报.xml -d samples -p 2024-06
```
```
正文里的数
  1    第1段第1数 …
  1    第1段第9数 …
  没有这一行
```
"""


def check_teeth(report, manual, bench):
    first = re.search(r"```xml.*?^```$", manual, re.M | re.S)[0]
    planted = first + PLANTED
    for name, check, expected in (
            ("templates", lambda r: check_templates(r, planted, bench), 4),
            ("values", lambda r: check_values(r, planted, bench), 3),  # two wrong, and too few
            ("conditions", lambda r: check_conditions(r, planted, bench), 1),
            ("commands", lambda r: check_commands(r, [("x", COMMANDS)]), 2),
            ("plans", lambda r: check_plans(r, "x", "```xml\n<bundle title='{无}'><divider title='甲'/></bundle>\n```\n"), 1),
            ("explained", lambda r: check_explained(r, "```sh\nwenyin value 3 -d samples\n```\n```\n4\n  用到 x\n```\n"), 1),
            ("sheets", lambda r: check_sheets(r, SHEETS), 3),  # two wrong, and too few
            ("messages", lambda r: check_messages(r, [("x", f"```\n错误 {MISSPELT}\n```\n"), ("y", "")]), 2),
            ("vocabulary", lambda r: check_vocabulary(r, planted, "E999", ""), None),
            ("data", lambda r: check_data(r, data_manual.PLANTED, rows, blocks, call, str(ROOT / "samples")),
             data_manual.PLANTED_FAULTS)):
        trial = Report()
        check(trial)
        count = len(trial.failed())
        right = count == expected if expected is not None else count > 100
        report.judge(f"teeth {name}", None if right else f"{count} planted mistakes were found")


def main():
    wanted = sys.argv[1:]
    manual, report = text_of(MANUAL), Report()
    with tempfile.TemporaryDirectory(prefix="wenyin-manual.") as folder:
        bench = Bench(manual, folder)
        groups = {
            "templates": lambda: check_templates(report, manual, bench),
            "values": lambda: check_values(report, manual, bench),
            "conditions": lambda: check_conditions(report, manual, bench),
            "commands": lambda: check_commands(report, [(path, text_of(path)) for path in WITH_COMMANDS]),
            "plans": lambda: check_plans(report, BINDING, text_of(BINDING)),
            "explained": lambda: check_explained(report, manual),
            "sheets": lambda: check_sheets(report, text_of(CHECKING)),
            "messages": lambda: check_messages(report, [(path, text_of(path)) for path in WITH_MESSAGE]),
            "vocabulary": lambda: check_vocabulary(
                report, manual, text_of("docs/数据.md"), text_of("docs/常见问题.md")),
            "data": lambda: check_data(report, text_of("docs/数据.md"), rows, blocks, call, str(ROOT / "samples")),
            "teeth": lambda: check_teeth(report, manual, bench),
        }
        for name in wanted or groups:
            groups[name]()
    print("\n".join(report.lines))
    return 1 if report.failed() else 0


if __name__ == "__main__":
    sys.exit(main())
