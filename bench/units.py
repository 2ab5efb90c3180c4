"""make bench-units: ten thousand 整改函 of two pages, one for each village, from one run on two cores.
usage: bench/units.py OUT WENYIN TEMPLATE [UNITS]

Runs -j 1, -j 2 and two --shard, and looks at what the seventh issue asks: the last tenth of the papers takes at most 1.1
times what the first takes, memory does not grow by more than 10 MiB from the first tenth on, the PDFs are the same bytes
each time, at most 7 ms of CPU a paper. Minutes; not in `make check`."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

PERIOD = "2024-06"
PROBLEMS = 6  # of each village, half of them not yet put right
POLL = 0.1  # s
GOALS = {"growth": 1.1, "memory": 10, "cpu": 7.0}  # times, MiB, ms a paper
# Two of them name a village.
SYLLABLES = ("长塘前江路东创新杨潭车田六同仁建那笔四况笋芦花围红庄贤韦金桥嘉和石香丹河文华楠木洋三大平上下左右南北中西安宁永福寿康乐善良"
             "清水白沙青山竹林梅岭松岗柳溪荷沟井泉坝坡岩洞古城高低远近明光星月日云风雨谷泉龙凤鹿鹤桃李")
KINDS = [("乱堆乱放", "清走堆放物，恢复道路和场地原状"), ("垃圾积存", "彻底清运积存垃圾，清洗箱体和场地"),
         ("污水直排", "封堵排口，接入管网或化粪池"), ("沟渠淤塞", "清淤疏通，恢复过水断面")]
WHAT = ["村道旁堆放柴草{}处", "集市后巷积存垃圾{}处未清运", "农户洗涤污水直排沟渠{}处", "排水沟淤塞{}米"]
PLACES = ["村口", "文化室后", "小学围墙外", "晒谷场", "公厕旁", "通组路两侧"]


# ---- the data of a county ----

def villages(count):
    names = [f"{a}{b}村" for a in dict.fromkeys(SYLLABLES) for b in dict.fromkeys(SYLLABLES) if a != b]
    if count > len(names):
        sys.exit(f"bench: at most {len(names)} villages have names")
    return names[:count]


def make_template(path, to):
    """Ours without the slip to be sent back, which has a page of its own. Its included styles go with it."""
    text = Path(path).read_text(encoding="utf-8")
    to.write_text(re.sub("(?s)<slip .*</slip>", "", text), encoding="utf-8")
    shutil.copytree(Path(path).parent / "样式", to.parent / "样式")


def write(path, head, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(head + "\n")
        file.writelines(",".join(map(str, row)) + "\n" for row in rows)


def problems(names):
    for i, village in enumerate(names):
        for k in range(PROBLEMS):
            n = PROBLEMS * i + k
            kind = (i + k) % len(KINDS)
            done = f"2024-06-{1 + n % 28:02d}" if k % 2 else ""
            yield (f"2024-{n:06d}", f"2024-{1 + n % 6:02d}-{1 + n % 27:02d}", "镇暗访", village, PLACES[n % len(PLACES)],
                   KINDS[kind][0], WHAT[kind].format(1 + n % 9), "陈某", f"2024-{6 + n % 2:02d}-{1 + n % 30:02d}", done, done)


def make_data(folder, count):
    names = villages(count)
    groups = [(2 + i, "片", f"P{i:03d}", f"第{i + 1}片区", "Z") for i in range((count + 99) // 100)]
    write(folder / "网格.csv", "序号,级别,网格编号,名称,上级编号",
          [(1, "镇", "Z", "洋江镇", ""), *groups,
           *((1000 + i, "村", f"V{i:05d}", name, f"P{i // 100:03d}") for i, name in enumerate(names))])
    write(folder / "问题台账.csv", "编号,发现日期,来源,村,地点,问题类别,问题描述,责任人,整改时限,整改完成日期,销号日期", problems(names))
    for month in (4, 5, 6):
        write(folder / f"考核/考核-2024-{month:02d}.csv", "期次,村,总分",
              ((f"2024-{month:02d}", name, f"{70 + (7 * i + month) % 300 / 10:.1f}") for i, name in enumerate(names)))
    write(folder / "包保责任.csv", "村,驻村干部", ((name, f"{'陈陆潘李'[i % 4]}某") for i, name in enumerate(names)))
    write(folder / "整改要求.csv", "问题类别,整改要求", KINDS)
    write(folder / "照片台账.csv", "编号,发现日期,村,点位,问题描述,整改前照片,整改后照片",
          [])


# ---- what a run takes ----

def status_of(pid, field):
    """MiB"""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            return next((int(line.split()[1]) / 1024 for line in file if line.startswith(field)), 0)
    except OSError:
        return 0


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return file.read().split()
    except OSError:
        return []


def papers(folder):
    return [entry.path for entry in os.scandir(folder) if entry.name.endswith(".pdf")] if folder.exists() else []


def run(command, folder, log):
    """-> wall s, user+sys s, [(papers made, MiB of the largest worker)]"""
    begun, seen = time.monotonic(), []
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)])
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            break
        seen.append((len(papers(folder)), max((status_of(child, "VmRSS") for child in children(pid)), default=0)))
        time.sleep(POLL)
    if status:
        sys.exit(f"bench: {' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}; see {log}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, seen


def digests(folder):
    return {os.path.basename(path): hashlib.sha256(Path(path).read_bytes()).digest() for path in papers(folder)}


def check(made, units):
    if len(made) != units:
        sys.exit(f"bench: {len(made)} papers, not {units}")
    for path in sorted(made)[::max(1, units // 20)]:
        info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        if not re.search("^Pages: +2$", info, re.M):
            sys.exit(f"bench: {path} has not two pages")


def stretch(times, first, last):
    """Seconds from the paper before `first` to the `last`, by when their files were made."""
    return times[last - 1] - times[max(first - 2, 0)]


def verdict(text, value, goal):
    print(f"  {text}（要求不超过 {goal:g}）{'' if value <= goal else '：未达到'}", flush=True)


def judge(folder, units, cpu, seen):
    tenth = units // 10
    times = sorted(os.stat(path).st_mtime for path in papers(folder))
    first, last = stretch(times, 1, tenth), stretch(times, units - tenth + 1, units)
    early = max(size for made, size in seen if made <= tenth)
    late = max(size for _, size in seen)
    verdict(f"第 {units - tenth + 1}—{units} 份 {last:.2f} 秒，第 1—{tenth} 份 {first:.2f} 秒，比值 {last / first:.2f}",
            last / first, GOALS["growth"])
    verdict(f"一个进程的内存：前十分之一 {early:.0f} MiB，全程 {late:.0f} MiB，多 {late - early:.0f}", late - early, GOALS["memory"])
    verdict(f"每份 CPU {1000 * cpu / units:.1f} 毫秒", 1000 * cpu / units, GOALS["cpu"])


def compare(name, made, wanted):
    missing, other = wanted.keys() - made.keys(), [key for key in wanted if made.get(key, wanted[key]) != wanted[key]]
    same = not missing and not other and len(made) == len(wanted)
    print(f"  {name}：{'逐字节相同' if same else f'不同：少 {len(missing)} 份，{len(other)} 份字节不同'}", flush=True)


def main(out, wenyin, template, count="10000"):
    root, units = Path(out), int(count)
    data, log = root / "data", str(root / "log")
    shutil.rmtree(root, ignore_errors=True)
    make_data(data, units)
    make_template(template, root / "整改函.xml")

    def render(name, *options):
        (root / name).mkdir(exist_ok=True)
        return run([os.path.abspath(wenyin), "render", str(root / "整改函.xml"), "-d", str(data), "-p", PERIOD, *options,
                    "-o", f"{root}/{name}/{{村}}-{{期间}}.pdf"], root / name, log)

    print(f"{units} 份整改函，{os.cpu_count()} 核，运行前负载 {os.getloadavg()[0]:.1f}", flush=True)
    wall, cpu, seen = render("j2", "-j", "2")
    made = papers(root / "j2")
    check(made, units)
    print(f"-j 2：{wall:.1f} 秒，CPU {cpu:.1f} 秒，共 {sum(map(os.path.getsize, made)) / 1e6:.0f} MB", flush=True)
    judge(root / "j2", units, cpu, seen)
    wanted = digests(root / "j2")
    wall, cpu, _ = render("j1", "-j", "1")
    print(f"-j 1：{wall:.1f} 秒，CPU {cpu:.1f} 秒", flush=True)
    compare("-j 1", digests(root / "j1"), wanted)
    for shard in ("1/2", "2/2"):
        render("shard", "-j", "2", "--shard", shard)
    compare("--shard 1/2 和 2/2", digests(root / "shard"), wanted)
    shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
