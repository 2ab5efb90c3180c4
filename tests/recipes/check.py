"""Runs the scripts of docs/批量与合订.md as they stand there, in a folder like the one that they speak of: a
makefile twice, shell scripts, the shards of a Slurm array and of a Kubernetes Indexed Job. What shards made must be
what one run makes, byte for byte. Prints `ok` / `FAIL` lines. environment: WENYIN (set by make)"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WENYIN = pathlib.Path(os.environ.get("WENYIN", "build/wenyin")).resolve()
DOCUMENT = ROOT / "docs/批量与合订.md"
PATTERN = "整改函/{村}.pdf"
SHARDS = 4
failures = 0


def judge(name, why=None):
    global failures
    failures += bool(why)
    print(f"FAIL recipes/{name}: {why}" if why else f"ok recipes/{name}")


def office(folder):
    """The folder of the scripts: templates beside the data, wenyin in the path."""
    shutil.copytree(ROOT / "templates", folder, dirs_exist_ok=True)
    os.symlink(ROOT / "samples", folder / "数据")
    os.symlink(ROOT / "samples", folder / "samples")
    (folder / "bin").mkdir()
    os.symlink(WENYIN, folder / "bin/wenyin")


def run(words, folder, **more):
    environment = os.environ | {"PATH": f"{folder}/bin:{os.environ['PATH']}", "WENYIN_FONTS": str(ROOT / "fonts/files"), **more}
    return subprocess.run(words, cwd=folder, env=environment, text=True, capture_output=True, check=False)


def letters(folder):
    return {path.name: path.read_bytes() for path in (folder / "整改函").rglob("*.pdf")}


def whole():
    """What one run makes of all the units."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        office(folder)
        run(["wenyin", "render", "整改函.xml", "-d", "数据", "-p", "2024-06", "-o", PATTERN], folder)
        return letters(folder)


def lay(folder, block):
    path = folder / "script"
    path.write_text(block, encoding="utf-8")
    return str(path)


def fault(result):
    """Why it failed, or None."""
    return None if result.returncode == 0 else f"exit {result.returncode}: {(result.stderr or result.stdout).strip()[-300:]}"


def in_office(name, play):
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        office(folder)
        judge(name, play(folder))


def play_makefile(block, folder):
    words = ["make", "-f", lay(folder, block)]
    first = run(words, folder)
    made = letters(folder)
    again = run(words, folder)
    if fault(first) or fault(again):
        return fault(first) or fault(again)
    if not made or letters(folder) != made or not (folder / "付印-A3.pdf").exists():
        return "papers are missing, or the second make changed them"
    kept = re.search(r"新出 0\D", again.stderr) and "render 工作汇报.xml" not in again.stdout
    return None if kept else f"the second make made papers anew: {again.stdout}{again.stderr}"


def play_script(block, folder):
    os.symlink(lay(folder, block), folder / "每月工作.sh")
    arguments = ["2024-06"] if "${1" in block else []
    result = run(["bash", "-eu", "每月工作.sh", *arguments], folder)
    return fault(result) or (None if letters(folder) else "no letter was made")


def play_shards(block, folder, index_name, first):
    for index in range(first, first + SHARDS):
        why = fault(run(["bash", "-eu", lay(folder, block)], folder, **{index_name: str(index)}))
        if why:
            return f"shard {index}: {why}"
    if letters(folder) != whole():
        return "the shards made other papers than one run"
    reports = sorted(str(path.relative_to(folder)) for path in (folder / "整改函").glob("运行报告*.csv"))
    return fault(run(["wenyin", "report", "merge", *reports, "-o", "运行报告.csv"], folder))


def play_bash(block, folder):
    if "SLURM_ARRAY_TASK_ID" in block:
        return play_shards(block, folder, "SLURM_ARRAY_TASK_ID", 1)
    return play_script(block, folder)


def play_job(block, folder):
    """The command of the container, as its shell gets it."""
    script = re.search(r"args:\n( +)- \|\n((?:\1  .*\n)+)", block)
    if not script or f"completions: {SHARDS}\n" not in block:
        return "no command in the job, or another number of shards"
    return play_shards(script[2], folder, "JOB_COMPLETION_INDEX", 0)


PLAYS = {"make": play_makefile, "bash": play_bash, "yaml": play_job}


def main():
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.findall(r"^```(make|bash|yaml)\n(.*?)^```$", text, re.M | re.S)
    for number, (kind, block) in enumerate(found, 1):
        in_office(f"{kind}-{number}", lambda folder, k=kind, b=block: PLAYS[k](b, folder))
    kinds = [kind for kind, _ in found]
    judge("all", None if kinds.count("bash") >= 4 and "make" in kinds and "yaml" in kinds else f"scripts are missing: {kinds}")
    bad = "wenyin render 整改函.xml -d 数据 -p 2024-06 --shard ${SLURM_ARRAY_TASK_ID}/5 -o '整改函/{村}.pdf'\n"
    with tempfile.TemporaryDirectory() as path:
        office(pathlib.Path(path))
        judge("teeth", None if play_bash(bad, pathlib.Path(path)) else "a shard too few was not seen")
    return 1 if failures else 0


if __name__ == "__main__":
    shutil.which("make") or sys.exit("FAIL recipes: make is missing")
    sys.exit(main())
