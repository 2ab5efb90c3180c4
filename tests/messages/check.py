"""Every message of src/base/diag.def, shown by a case in Chinese and in English (README.md). Prints ok / FAIL lines.
usage: [UPDATE=1] [WENYIN=build/wenyin] tests/messages/check.py [CASE...]"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WENYIN = str(Path(os.environ.get("WENYIN", ROOT / "build/wenyin")).absolute())
PYTHON = os.environ.get("PYTHON", "/usr/bin/python3")
FONTS = str(ROOT / "fonts/files")
UPDATE = bool(os.environ.get("UPDATE"))
BYTES = {"encoding": "utf-8", "errors": "surrogateescape"}
ANSWERS = ("zh", "en")
DEFAULTS = {"args": "-p 2024-06", "run": "wenyin render template.xml -d data --dump doc $args", "exit": "2"}
ROW = re.compile(r'^D\(([EWNH]\d{3}), DIAG_\w+, "((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)', re.M)


def read_case(path):
    """The lines before the first part, as a dictionary, and the parts in their order."""
    head, *parts = re.split(r"^--- (.+)\n", path.read_text(**BYTES), flags=re.M)
    lines = (line.partition(":") for line in head.splitlines() if line and not line.startswith("#"))
    return head, {name: value.strip() for name, _, value in lines}, dict(zip(parts[::2], parts[1::2]))


def lay_out(folder, parts):
    """The base, and over it the files of the case."""
    shutil.copytree(HERE / "base", folder)
    if "body" in parts:
        template = (folder / "template.xml").read_text(**BYTES)
        (folder / "template.xml").write_text(re.sub(r"<p>.*</p>\n", lambda _: parts["body"], template), **BYTES)
    for name, text in parts.items():
        if name not in (*ANSWERS, "body", "prepare"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, **BYTES)


def run(folder, fields, parts, language):
    """Standard error and exit status; a language has a folder of its own, so that a run may change it."""
    lay_out(folder, parts)
    shell = 'wenyin() { "$WENYIN" --lang ' + language + ' "$@"; }\n' + parts.get("prepare", "")
    command = fields.get("run", DEFAULTS["run"]).replace("$args", fields.get("args", DEFAULTS["args"]))
    done = subprocess.run(["sh", "-ec", shell + command], cwd=folder, stdin=subprocess.DEVNULL, timeout=120, check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "WENYIN": WENYIN, "FONTS": FONTS, "PYTHON": PYTHON})
    return done.stderr.decode(**BYTES), done.returncode


def rewrite(path, head, parts, texts, status):
    lines = [line for line in head.splitlines() if not line.startswith("exit: ")]
    if str(status) != DEFAULTS["exit"]:
        lines.append(f"exit: {status}")
    inputs = [(name, text) for name, text in parts.items() if name not in ANSWERS]
    body = "".join(f"--- {name}\n{text}" for name, text in (*inputs, *texts.items()))
    path.write_text("".join(line + "\n" for line in lines) + body, **BYTES)


def difference(want, found):
    for one, other in zip((want + "\n(end)").split("\n"), (found + "\n(end)").split("\n")):
        if one != other:
            return f"expected {one!r} -- is {other!r}"
    return "as expected"


def judge(path, work):
    """Why the case fails, or None; and the texts in both languages."""
    head, fields, parts = read_case(path)
    texts, status = {}, None
    for language in ANSWERS:
        texts[language], status = run(work / path.stem / language, fields, parts, language)
    if UPDATE:
        rewrite(path, head, parts, texts, status)
    for name in claimed(path, fields):
        for language in ANSWERS:
            if not shows(texts[language], name, language):
                return f"{language} does not show {name}: {texts[language].strip()[:200]!r}", texts
    if not UPDATE:
        for language in ANSWERS:
            if texts[language] != parts.get(language, ""):
                return f"{language}: {difference(parts.get(language, ''), texts[language])}", texts
        if str(status) != fields.get("exit", DEFAULTS["exit"]):
            return f"exit status {status}", texts
    return None, texts


def claimed(path, fields):
    return fields.get("codes", path.stem).split()


def form(text):
    """A regular expression for the line that printf makes of a hint's text."""
    text = text.replace('\\"', '"').replace("\\\\", "\\")
    pieces = re.split(r"%(?:%|\.\*s|0?\d*[hlz]*[a-zA-Z])", text)
    return re.compile(r"^\s*= (?:提示|hint): " + ".*".join(re.escape(piece) for piece in pieces) + "$", re.M)


CODES = {code: {"zh": form(chinese), "en": form(english)}
         for code, chinese, english in ROW.findall((ROOT / "src/base/diag.def").read_text(**BYTES))}


def shows(text, code, language):
    """A message bears its code; a hint is known by its words."""
    if code[0] == "H" and code in CODES:
        return CODES[code][language].search(text)
    return re.search(rf"\b{code}\b", text)


def uncovered(claims, outcomes):
    """Codes of diag.def that no case claims; of hints, those that no message of a case bears in both languages."""
    exempt = dict(line.split(" ", 1) for line in (HERE / "exempt").read_text(**BYTES).splitlines() if line)
    for code in CODES:
        there = code in claims
        if code[0] == "H":
            there = any(all(shows(texts[language], code, language) for language in ANSWERS) for _, texts in outcomes)
        if there == (code in exempt):
            yield code if not there else f"{code} (exempt, but shown)"
    yield from (f"{code} (exempt, but no code)" for code in exempt if code not in CODES)


def main():
    wanted = sys.argv[1:]
    paths = [path for path in sorted((HERE / "cases").glob("*.case")) if not wanted or path.stem in wanted]
    with tempfile.TemporaryDirectory(prefix="wenyin-messages.") as work, ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda path: judge(path, Path(work)), paths))
    for path, (why, _) in zip(paths, outcomes):
        print(f"FAIL messages/{path.stem}: {why}" if why else f"ok messages/{path.stem}")
    if not wanted:
        claims = {code for path in paths for code in claimed(path, read_case(path)[1])}
        missing = list(uncovered(claims, outcomes))
        print(f"FAIL messages/every code: no case for {' '.join(missing)}" if missing else "ok messages/every code")


main()
