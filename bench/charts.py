"""make bench: what one chart of each kind adds to a report's time, over the sample township.
usage: bench/charts.py WENYIN SAMPLES OUT

The same report with no chart and with CHARTS of a kind, in turn; the difference, divided. CHARTS draw different columns, so that
no figure is reckoned only once. User+sys of whole processes, the lowest of RUNS: neighbours on the machine only add to it."""
import os
import sys
from pathlib import Path

RUNS = int(os.environ.get("RUNS", "15"))
CHARTS = 24
FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
LIMIT = 3.0  # ms, asked by the fifth issue
SCORES = "总分 生活垃圾 污水治理 厕所革命 村容村貌 长效管护".split()
HEAD = """<report form="汇报" period="月" version="1">
  <data roster="网格.csv" targets="任务.csv">
    <csv id="月报" files="月报/*.csv" period="月份" key="月份,村"/>
    <csv id="台账" files="问题台账.csv" period="发现日期" key="编号"/>
    <csv id="考核" files="考核/*.csv" period="期次" key="期次,村"/>
  </data>
  <title>统计图用时</title>
  <p>本期清理生活垃圾{月报.生活垃圾}吨。</p>
"""
# Kind, what it is drawn of; {0} is one of SCORES.
KINDS = [
    ("柱", 'of="考核" by="村" value="{0}" average="是" extremes="是"'),
    ("条形", 'of="考核" by="村" value="{0}" average="是"'),
    ("堆叠", 'of="台账|累计" by="月" value="计数" series="来源"'),
    ("百分比堆叠", 'of="台账|累计" by="月" value="计数" series="来源"'),
    ("折线", 'of="月报|近 12" by="月" value="生活垃圾,生活垃圾|同期"'),
    ("组合", 'of="月报|近 6" by="月" value="生活垃圾" line="生活垃圾|环比"'),
    ("饼", 'of="台账|累计" by="问题类别" value="计数"'),
    ("环形", 'of="台账|累计" by="来源" value="计数"'),
    ("进度", 'of="月报" by="村" value="生活垃圾|累计" target="生活垃圾|目标"'),
    ("热力", 'of="月报|近 6" by="月" series="村" value="生活垃圾"'),
    ("雷达", 'of="台账|累计" by="问题类别" value="计数" series="来源" where="来源 属于 (镇暗访、村自查)"'),
    # The most crowded: 17 villages × 6 series, its values in a table or left out.
    ("柱（17项×6组）", f'of="考核" by="村" value="{",".join(SCORES)}"'),
]


def template(kind, data, count):
    charts = "".join(f'  <chart kind="{kind.split("（")[0]}" {data.format(SCORES[i % len(SCORES)])} caption="图题{i + 1}"/>\n'
                     for i in range(count))
    return HEAD + charts + "</report>\n"


def seconds(command, log):
    """User+sys of a process."""
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 2, log, FLAGS, 0o644)])
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"bench: {' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}; see {log}")
    return usage.ru_utime + usage.ru_stime


def measure(wenyin, samples, out, kind, data):
    """-> ms a chart"""
    commands = []
    for count in (0, CHARTS):
        path = out / f"{count}.xml"
        path.write_text(template(kind, data, count), encoding="utf-8")
        commands.append([wenyin, "render", str(path), "-d", samples, "-p", "2024-06", "-o", str(out / f"{count}.pdf")])
    without, charts = (min(times) for times in zip(*([seconds(c, str(out / "log")) for c in commands] for _ in range(RUNS))))
    return 1000 * (charts - without) / CHARTS


def main(wenyin, samples, out):
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{CHARTS} charts of a kind against none, lowest user+sys of {RUNS} runs; asked: at most {LIMIT:g} ms a chart")
    for kind, data in KINDS:
        cost = measure(os.path.abspath(wenyin), samples, folder, kind, data)
        print(f"  {cost:6.2f} ms  {100 * cost / LIMIT:4.0f} %  {kind}{'  TOO MUCH' if cost > LIMIT else ''}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
