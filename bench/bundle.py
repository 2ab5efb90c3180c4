"""make bench-bundle: a volume of three months, about 300 pages, and the same papers one by one, in turn.
usage: bench/bundle.py OUT WENYIN TEMPLATES SAMPLES

Asked by the seventh issue: at most 0.6 ms a page of the volume. User+sys and wall clock of whole processes, medians."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = int(os.environ.get("RUNS", "5"))
GOAL = 0.6  # ms a page
QUARTER, MONTHS = "2024Q2", ("2024-04", "2024-05", "2024-06")
HERE = Path(__file__).resolve().parent
PAPERS = "工作汇报 考核通报 简报 附表".split()
EACH = "整改函"


def run(command, log):
    """-> wall s, user+sys s, MiB"""
    begun = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)])
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"bench: {' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}; see {log}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def pages_of(path):
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages: +(\d+)", info, re.M).group(1))


def copy_templates(templates, root):
    """A plan and what it names lie in one folder."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(templates, root / "templates")
    shutil.copy(HERE / "附表.xml", root / "templates")
    shutil.copy(HERE / "季度.xml", root)
    (root / "单份").mkdir()


def singles(wenyin, samples, root):
    """The commands that make the papers of the volume one by one."""
    for month in MONTHS:
        for name in PAPERS:
            yield [wenyin, "render", f"{root}/templates/{name}.xml", "-d", samples, "-p", month,
                   "-o", f"{root}/单份/{name}-{month}.pdf"]
        yield [wenyin, "render", f"{root}/templates/{EACH}.xml", "-d", samples, "-p", month, "-j", "1",
               "-o", f"{root}/单份/{{村}}-{month}.pdf"]


def tell(what, runs, pages, size):
    wall, cpu, memory = (statistics.median(values) for values in zip(*runs))
    print(f"  {what}：{pages} 页，{wall:.2f} 秒，CPU {cpu:.2f} 秒，每页 {1000 * wall / pages:.2f} 毫秒（CPU {1000 * cpu / pages:.2f}），"
          f"内存 {memory:.0f} MiB，{size / 1e6:.1f} MB", flush=True)
    return 1000 * wall / pages


def main(out, wenyin, templates, samples):
    root, wenyin = Path(out), os.path.abspath(wenyin)
    copy_templates(templates, root)
    log, volume = str(root / "log"), str(root / "季度.pdf")
    bundle = [wenyin, "bundle", str(root / "季度.xml"), "-d", samples, "-p", QUARTER, "-o", volume]
    apart = list(singles(wenyin, samples, root))
    together, alone = [], []
    for turn in range(RUNS + 1):  # the first warms up
        whole = run(bundle, log)
        parts = [run(command, log) for command in apart]
        if turn > 0:
            together.append(whole)
            alone.append((sum(part[0] for part in parts), sum(part[1] for part in parts), max(part[2] for part in parts)))
    made = [str(path) for path in (root / "单份").glob("*.pdf")]
    print(f"三个月合订一本，{RUNS} 遍的中位数，运行前负载 {os.getloadavg()[0]:.1f}")
    each = tell("合订", together, pages_of(volume), os.path.getsize(volume))
    tell(f"同样的 {len(made)} 份单独出", alone, sum(map(pages_of, made)), sum(map(os.path.getsize, made)))
    print(f"  合订每页 {each:.2f} 毫秒，要求不超过 {GOAL}（{'达到' if each <= GOAL else '未达到'}）")


if __name__ == "__main__":
    main(*sys.argv[1:])
