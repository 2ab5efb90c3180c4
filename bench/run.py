"""run.py OUT PEERS WENYIN TYPST   (called by run.sh)

Whole processes, one after the other and in turn (ABAB...), so that both programs see the same machine: wall clock from
before exec to after wait4, user+sys and peak RSS from wait4. Imports little: a child's peak memory cannot read lower
than that of the process it was spawned from.
"""
import os
import sys
import time

OUT, PEERS, WENYIN, TYPST = map(os.path.abspath, sys.argv[1:5])
RUNS = int(os.environ.get("RUNS", "15"))
DOCS = os.environ.get("DOCS", "S,M")
NAMES = "wenyin", "typst 0.10"
PAGES = {("wenyin", "S"): "3,4", ("wenyin", "M"): "15,16,17,18", ("typst 0.10", "S"): "3", ("typst 0.10", "M"): "17"}
HEAD = ("", "wall ms", "min-max", "user+sys ms", "peak RSS MiB", "PDF bytes")
ROW = "{:14}{:>9}{:>16}{:>13}{:>14}{:>11}"


def pdf(name, doc):
    return f"{OUT}/pdf/{name.replace(' ', '')}-{doc}.pdf"


def command(name, doc):
    if name == "wenyin":
        return [WENYIN, "render", f"{OUT}/template/{doc}.xml", "-d", f"{OUT}/data", "--date", "2026-11-21",
                "-o", pdf(name, doc)]
    return [TYPST, "compile", "--root", OUT, "--font-path", f"{OUT}/fonts", f"{OUT}/typst/{doc}.typ", pdf(name, doc)]


def run(arguments, log):
    """-> wall s, user+sys s, peak RSS KiB"""
    environment = dict(os.environ, FONTCONFIG_FILE=f"{OUT}/fonts.conf", HOME=f"{OUT}/home", SOURCE_DATE_EPOCH="1790000000")
    files = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
             (os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)]
    begun = time.perf_counter()
    process = os.posix_spawn(arguments[0], arguments, environment, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    if status:
        sys.exit(f"bench: {' '.join(arguments)}: exit {os.waitstatus_to_exitcode(status)}; see {log.name}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def documents(*arguments):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "documents.py")
    if os.spawnv(os.P_WAIT, sys.executable, [sys.executable, script, *arguments]):
        sys.exit(f"bench: {' '.join(arguments[:1])} failed")


def median(values):
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def compare(doc, log):
    for name in NAMES:
        run(command(name, doc), log)
        documents("verify", OUT, doc, pdf(name, doc), PAGES[name, doc])
    series = {name: [] for name in NAMES}
    for _ in range(RUNS):
        for name in NAMES:
            series[name].append(run(command(name, doc), log))
    for name in NAMES:
        wall, cpu, memory = zip(*series[name])
        print(ROW.format(f"{doc}  {name}", f"{1000 * median(wall):.1f}", f"{1000 * min(wall):.1f}-{1000 * max(wall):.1f}",
                         f"{1000 * median(cpu):.1f}", f"{max(memory) / 1024:.1f}", f"{os.path.getsize(pdf(name, doc)):,}"))
    ours, theirs = (median(wall for wall, _, _ in series[name]) for name in NAMES)
    print(f"{doc}  wenyin / typst 0.10: {ours / theirs:.2f}   (asked: at most 0.60; goal 0.40)\n", flush=True)


def main():
    documents("prepare", OUT, PEERS, DOCS)
    print(f"{RUNS} runs of each, in turn; times are medians, memory is the highest\n" + ROW.format(*HEAD), flush=True)
    with open(f"{OUT}/log", "w", encoding="utf-8") as log:
        for doc in DOCS.split(","):
            compare(doc, log)


main()
