"""Workers seen from outside: same bytes whatever -j says, signals, kills. Called by run.sh in its folder.

usage: processes.py build/release/hooked        `ok` / `FAIL` lines
"""

import os
import pathlib
import pty
import random
import re
import shutil
import signal
import subprocess
import sys
import time

HOOKED = sys.argv[1]
TREE = pathlib.Path(__file__).resolve().parents[2]
VILLAGES = "甲村 乙村 丙村 丁村 戊村 己村 庚村 辛村".split()
random.seed(7)


def command(folder, *more, form="txt"):
    return [HOOKED, "render", "t.xml", "-d", "data", "-p", "2024-06", "-o", f"{folder}/{{村}}.{form}", *more]


def environment(hooks="", **more):
    return dict(os.environ, HOOKS=hooks, **more)


def papers(folder):
    """Name → bytes of what lies in a folder, but for the run report."""
    path = pathlib.Path(folder)
    found = {p.name: p.read_bytes() for p in path.iterdir()} if path.is_dir() else {}
    return {name: data for name, data in found.items() if not name.startswith("运行报告")}


def plain(text):
    """Messages without what a clock says."""
    return re.sub(r"[0-9.]+ ?(秒|s\b)", "T", text)


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(condition, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


def start(folder, hooks, *more, form="txt"):
    shutil.rmtree(folder, ignore_errors=True)
    # A shell that runs this in the background has SIGINT ignored: not for the program.
    return subprocess.Popen(
        command(folder, *more, form=form),
        env=environment(hooks),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def busy(process, count):
    return wait_until(lambda: process.poll() is not None or len(children(process.pid)) == count) and process.poll() is None


# ---- cases: each gives "" or what is wrong


def same_for_any_count():
    seen = []
    for jobs in "123":
        folder = f"same{jobs}"
        run = subprocess.run(
            command(folder, "-j", jobs, form="pdf"),
            env=environment("丙村=segv 戊村=abort 庚村=speak"),
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        seen.append((run.returncode, papers(folder), plain(run.stderr.replace(folder, "F"))))
    if seen[0][0] != 3 or len(seen[0][1]) != 6:
        return f"exit status {seen[0][0]}, {len(seen[0][1])} papers"
    for jobs, other in zip("23", seen[1:]):
        for what, first, second in zip(("exit status", "papers", "messages"), seen[0], other):
            if first != second:
                return f"{what} of -j {jobs} differ from those of -j 1: {second if what != 'papers' else ''}"
    return ""


def whole(folder, reference):
    """What is wrong with the papers of a stopped run."""
    for name, data in papers(folder).items():
        if reference.get(name) != data:
            return f"{name} is not as a whole run makes it"
    return ""


def signals():
    start("reference", "", "-j", "2", form="pdf").communicate()
    reference = papers("reference")
    if len(reference) != 8:
        return f"a whole run makes {len(reference)} papers"
    hit = 0
    for turn in range(12):
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[turn % 3]
        language, words = (("zh", "停下"), ("en", "stopped by"))[turn % 2]
        process = start("stopped", "*=slow", "-j", str(1 + turn % 3), "--lang", language, form="pdf")
        time.sleep(random.uniform(0.01, 0.35))
        process.send_signal(number)
        messages = process.communicate()[1]
        if process.returncode not in (-number, 0):
            return f"turn {turn}: exit status {process.returncode} after {number.name}: {messages}"
        if process.returncode == -number and 0 < len(papers("stopped")) < 8:
            hit += 1
            if not all(word in messages for word in ("W560", number.name, words)):
                return f"turn {turn}: no W560 {number.name}: {messages}"
        problem = whole("stopped", reference)
        if problem:
            return f"turn {turn}: {problem}"
    return "" if hit >= 3 else f"only {hit} of 12 runs were stopped in between"


def second_signal():
    process = start("twice", "*=sleep", "-j", "2")
    if not busy(process, 2):
        return "no two workers"
    workers = children(process.pid)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    if process.poll() is not None:
        return "the first signal did not wait for the units in hand"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)
    if process.returncode != -signal.SIGINT:
        return f"exit status {process.returncode}"
    return "" if wait_until(lambda: not any(map(is_running, workers))) else "a worker still runs"


def ignored_signal():
    """nohup, or a script's background: what was ignored stays ignored."""
    process = subprocess.Popen(
        command("ignored", "-j", "1"),
        env=environment("*=slow"),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    if not busy(process, 1):
        return "no worker"
    process.send_signal(signal.SIGHUP)
    process.communicate()
    return "" if process.returncode == 0 and len(papers("ignored")) == 8 else f"exit status {process.returncode}"


def inherited():
    """Whoever started the program may ignore what its workers are judged by."""

    def ignore():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)

    process = subprocess.run(
        command("inherited", "-j", "2", "--unit-seconds", "1"),
        env=environment("丙村=segv 丁村=loop"),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=ignore,
    )
    whole_message = all(word in process.stderr for word in ("E560", "SIGSEGV", "E561", "1 秒"))
    if process.returncode != 3 or not whole_message or "10 秒" in process.stderr:
        return f"exit status {process.returncode}: {process.stderr}"
    return "" if len(papers("inherited")) == 6 else f"{len(papers('inherited'))} papers"


def parent_killed():
    for turn in range(4):
        process = start("orphan", "*=sleep" if turn % 2 else "*=slow", "-j", "3")
        if not busy(process, 3):
            return "no three workers"
        workers = children(process.pid)
        time.sleep(random.uniform(0, 0.1))
        process.kill()
        process.communicate()
        if not wait_until(lambda: not any(map(is_running, workers))):
            return f"turn {turn}: a worker still runs"
        left = [name for name in os.listdir("orphan") if not name.startswith("运行报告")] if os.path.isdir("orphan") else []
        if any(not name.endswith("村.txt") for name in left):
            return f"turn {turn}: {left}"
    return ""


def worker_killed():
    for turn in range(4):
        process = start("killed", "*=slow", "-j", "2")
        if not busy(process, 2):
            return "no two workers"
        time.sleep(random.uniform(0, 0.06))
        for worker in children(process.pid)[:1]:
            os.kill(worker, signal.SIGKILL)
        messages = process.communicate()[1]
        lost = messages.count("E560")
        if lost > 1 or process.returncode != (3 if lost else 0):
            return f"turn {turn}: exit status {process.returncode}: {messages}"
        if len(papers("killed")) < 8 - lost:
            return f"turn {turn}: {len(papers('killed'))} papers, {lost} lost"
    return ""


def stopped_and_continued():
    """Ctrl-Z and fg: the time in between is not the unit's."""
    process = start("paused", "*=slow", "-j", "1", "--unit-seconds", "1")
    if not busy(process, 1):
        return "no worker"
    everyone = [process.pid, *children(process.pid)]
    for pid in everyone:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(0.3)
    for pid in everyone:
        os.kill(pid, signal.SIGCONT)
    process.communicate()
    return "" if process.returncode == 0 else f"exit status {process.returncode}"


def terminal(language):
    """What a terminal shows."""
    shutil.rmtree("shown", ignore_errors=True)
    parent, child = pty.openpty()
    process = subprocess.Popen(
        command("shown", "-j", "1", "--lang", language), env=environment("*=slow", TERM="xterm"), stderr=child
    )
    os.close(child)
    shown = b""
    while True:
        try:
            block = os.read(parent, 4096)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(parent)
    process.wait()
    return shown.decode()


def progress():
    for language, pattern in (("zh", r"\r已出 \d/8　每秒 .* 份　还要 \d+ 秒\x1b\[K"), ("en", r"\r\d of 8  .* a second  \d+ s left\x1b\[K")):
        shown = terminal(language)
        if not re.search(pattern, shown):
            return f"no line on the terminal: {shown!r}"
        rest = shown.rpartition("\r")[2]
        if re.search(r"\d/8|of 8", rest.partition("\n")[0]):
            return f"the line is left: {shown!r}"
    return ""


def rows_as_loaded():
    """Every shipped template for every village: whoever reads the rows as they were loaded, or as workers share them, gets the
    same papers and messages."""
    made = 0
    for template in sorted(TREE.glob("templates/*.xml")):
        if "<bundle" in template.read_text(encoding="utf-8"):
            continue
        seen = []
        for more, jobs in (({"HOOK_UNSHARED": "1"}, "1"), ({}, "2")):
            folder = f"rows{jobs}"
            shutil.rmtree(folder, ignore_errors=True)
            line = [HOOKED, "render", str(template), "-d", str(TREE / "samples"), "-p", "2024-06", "--each", "村", "-j", jobs]
            run = subprocess.run(
                [*line, "--draft", "-o", f"{folder}/{{村}}.pdf"],
                env=environment(**more),
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            seen.append((run.returncode, papers(folder), plain(run.stderr.replace(folder, "F"))))
        made += len(seen[0][1])
        for what, loaded, shared in zip(("exit status", "papers", "messages"), *seen):
            if loaded != shared:
                return f"{template.name}: {what} differ: {shared if what != 'papers' else ''}"
    return "" if made > 50 else f"only {made} papers"


CASES = {
    "same-for-any-count": same_for_any_count,
    "rows-as-loaded": rows_as_loaded,
    "signals": signals,
    "second-signal": second_signal,
    "ignored-signal": ignored_signal,
    "inherited-dispositions": inherited,
    "parent-killed": parent_killed,
    "worker-killed": worker_killed,
    "stopped-and-continued": stopped_and_continued,
    "progress": progress,
}

for case, test in CASES.items():
    try:
        trouble = test()
    except Exception as error:  # a case that breaks is a case that fails
        trouble = f"{type(error).__name__}: {error}"
    print(f"FAIL batch/{case}: {trouble}" if trouble else f"ok batch/{case}", flush=True)
