"""templates/wenyin.xsd, for editors: it is what the program prints (`build/wenyin schema >templates/wenyin.xsd` makes it
anew); all templates that ship, every example of the manual and every sound template of tests/golden validate; all it
declares is documented; broken templates are refused by xmllint and by the program. Prints ok / FAIL lines."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/manual"))
import manual  # noqa: E402

WENYIN = str(Path(os.environ.get("WENYIN", ROOT / "build/wenyin")).absolute())
XSD = ROOT / "templates/wenyin.xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
# Faults of structure that an XSD can tell; E111 and E114 also have shades that it cannot (ids, lengths …).
STRUCTURE = re.compile(r"错误 (E11[0-5])")

# Each is refused by both; what stands for ◯ is put into a sound report.
BROKEN = {
    "element": "<para>甲</para>",
    "element in a sentence": "<p>甲<bold>乙</bold></p>",
    "attribute": '<p algin="右">甲</p>',
    "attribute of another element": '<h1 align="右">甲</h1>',
    "choice": '<p align="右边">甲</p>',
    "choice of a list": '<list kind="第一"><item>甲</item></list>',
    "missing attribute": "<list><item>甲</item></list>",
    "missing src": "<text/>",
    "count": '<table rows="多"><tr><td>甲</td></tr></table>',
    "length": '<p indent="两字">甲</p>',
    "top": '<each of="月报" top="前三"><p>甲</p></each>',
    "blank value": '<text src="a.txt" audience=" "/>',
    "paragraph in a paragraph": "<p>甲<p>乙</p></p>",
    "item outside a list": "<item>甲</item>",
    "col outside a table": '<col value="村"/>',
    "text in a table": "<table>甲<tr><td>乙</td></tr></table>",
    "text in a report": "甲",
    "text in a block if": '<if test="1">甲</if>',
    "else outside an if": "<else><p>甲</p></else>",
    "block in an inline if": '<p><if test="1"><p>甲</p></if></p>',
    "item in a block each": '<each of="月报"><item>甲</item></each>',
    "title in an each": '<each of="月报"><title>甲</title></each>',
    "title in an if of an each": '<each of="月报"><if test="1"><title>甲</title></if></each>',
    "note in a note": "<p>甲<note>乙<note>丙</note></note></p>",
    "column of data": '<column name="村"/>',
    "data behind the text": "<data/>",
    "pagebreak in a keep": "<keep><pagebreak/></keep>",
    "landscape in a landscape": "<landscape><landscape><p>甲</p></landscape></landscape>",
    "content in an empty element": "<p>甲<br>乙</br></p>",
}
# The same of plans of volumes.
PLANS = {
    "numbering": '<bundle title="册" numbering="乱"><part template="a.xml"/></bundle>',
    "no title": '<bundle><part template="a.xml"/></bundle>',
    "part without a template": '<bundle title="册"><part/></bundle>',
    "paragraph beside parts": '<bundle title="册"><p>甲</p><part template="a.xml"/></bundle>',
    "text": '<bundle title="册">甲<part template="a.xml"/></bundle>',
    "addressee on a cover": '<bundle title="册"><cover><to>甲</to></cover><part template="a.xml"/></bundle>',
    "title in an each of a cover":
        '<bundle title="册"><cover><each of="月报"><title>甲</title></each></cover><part template="a.xml"/></bundle>',
    "depth": '<bundle title="册"><contents levels="4"/><part template="a.xml"/></bundle>',
    "part in a report": '<report form="汇报"><title>甲</title><part template="a.xml"/></report>',
    "plan in a plan": '<bundle title="册"><bundle title="册"><part template="a.xml"/></bundle></bundle>',
}
SOUND = {
    "include": '<include href="a.xml"/>',
    "half-width brackets": '<list kind="(1)"><item>甲</item></list>',
    "nested ifs": '<if test="1"><p>甲</p><else test="2"><p>乙</p></else><else><if test="3"><p>丙</p></if></else></if>',
    "if in a list in a paragraph":
        '<p><list kind="一是"><if test="1"><item>甲<b>乙<if test="2">丙</if></b></item></if></list></p>',
}
WHOLE = '<report form="汇报" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' \
        'xsi:noNamespaceSchemaLocation="wenyin.xsd"><title>例</title>{}</report>'
lines = []


def judge(name, why=None):
    lines.append(f"FAIL xsd/{name}: {why}" if why else f"ok xsd/{name}")


def validate(paths):
    """The first complaint about each file, by its path."""
    run = subprocess.run(["xmllint", "--noout", "--schema", str(XSD), *map(str, paths)], capture_output=True, text=True,
                         check=False)
    found = {}
    for line in run.stderr.split("\n"):
        match = re.match(r"(.*?):(\d+): (.*(?:error|failed).*)", line)
        if match:
            found.setdefault(match[1], f"line {match[2]}: {match[3]}")
    for line in run.stderr.split("\n"):
        match = re.match(r"(.*) fails to validate", line)
        if match:
            found.setdefault(match[1], "fails to validate")
    if run.returncode not in (0, 3, 4):
        found[str(paths[0])] = run.stderr.strip().split("\n")[0]
    return found


def check_committed():
    made = subprocess.run([WENYIN, "schema"], capture_output=True, check=False).stdout
    same = XSD.exists() and XSD.read_bytes() == made
    judge("committed", None if same else "templates/wenyin.xsd is not what `wenyin schema` prints: make it anew")


def check_documented():
    tree = ElementTree.parse(XSD).getroot()
    types = {node.get("name"): node for node in tree.findall(XS + "complexType")}
    bare = [node for node in tree.findall(XS + "element") if node.find(f"{XS}annotation") is None]
    bare += [node for node in tree.iter(XS + "attribute") if node.find(f"{XS}annotation") is None]
    bare += [node for node in types.values() if node.find(f"{XS}annotation") is None]
    count = len(list(tree.iter(XS + "attribute"))) + len(tree.findall(XS + "element"))
    why = "too few declarations" if count < 200 else None
    judge("documented", f"{bare[0].get('name')} has no documentation" if bare else why)


def judge_files(names):
    """(name, path) of templates that should validate."""
    found = validate([path for _, path in names])
    for name, path in names:
        judge(name, found.get(str(path)))


def sound_templates(folder):
    yield from ((f"template {path.name}", path) for path in sorted((ROOT / "templates").rglob("*.xml"))
                if "样式" not in path.parts and "新建" not in path.parts)
    for case in sorted((ROOT / "tests/golden/cases").iterdir()):
        told = (case / "messages").read_text(encoding="utf-8") if (case / "messages").exists() else ""
        for name in ("template.xml", "plan.xml"):
            if (case / name).exists() and not re.search("错误|error E", told):
                yield f"golden {case.name}", case / name
    bench = manual.Bench(manual.text_of(manual.MANUAL), str(folder))
    for line, block in manual.blocks(manual.text_of(manual.MANUAL), "xml"):
        declares = re.match(r"\s*<(csv|query|param|set|check)\b", block)
        path = folder / f"{line}.xml"
        path.write_text(block if "<report" in block else bench.report("", block) if declares else bench.report(block),
                        encoding="utf-8")
        yield f"manual line {line}", path
    for name, body in SOUND.items():
        path = folder / f"{name}.xml"
        path.write_text(WHOLE.format(body), encoding="utf-8")
        yield f"sound {name}", path


def check_broken(folder):
    for name, body in BROKEN.items():
        path = folder / "broken.xml"
        path.write_text(WHOLE.format(body), encoding="utf-8")
        run = subprocess.run([WENYIN, "render", str(path), "--dump", "doc"], capture_output=True, text=True, check=False)
        editor = str(path) in validate([path])
        why = None if editor else "xmllint takes it"
        judge(f"broken {name}", why if run.returncode == 2 else "wenyin takes it")


def check_broken_plans(folder):
    path = folder / "broken.xml"
    (folder / "a.xml").write_text(WHOLE.format(""), encoding="utf-8")
    for name, plan in {"": '<bundle title="册"><part template="a.xml"/></bundle>', **PLANS}.items():
        path.write_text(plan, encoding="utf-8")
        run = subprocess.run([WENYIN, "bundle", str(path), "--dump", "doc"], capture_output=True, text=True, check=False)
        taken = {"wenyin": run.returncode == 0, "xmllint": str(path) not in validate([path])}
        wrong = [program for program, takes in taken.items() if takes == bool(name)]
        judge(f"broken plan {name}" if name else "sound plan", f"{wrong}: {run.stderr.strip()[:200]}" if wrong else None)


def check_misspelt(folder):
    """What the program tells of structure in the golden cases, an editor marks too."""
    names = []
    for case in sorted((ROOT / "tests/golden/cases").iterdir()):
        told = (case / "messages").read_text(encoding="utf-8") if (case / "messages").exists() else ""
        if (case / "template.xml").exists() and re.search(r"^template.xml:.*错误 (E110|E112|E115)", told, re.M):
            names.append((case.name, case / "template.xml"))
    found = validate([path for _, path in names])
    for name, path in names:
        judge(f"misspelt {name}", None if str(path) in found else "xmllint takes it")


def main():
    check_committed()
    if XSD.exists():
        check_documented()
        with tempfile.TemporaryDirectory(prefix="wenyin-xsd.") as name:
            folder = Path(name)
            judge_files(list(sound_templates(folder)))
            check_broken(folder)
            check_broken_plans(folder)
            check_misspelt(folder)
    print("\n".join(lines))
    return any(line.startswith("FAIL") for line in lines)


if __name__ == "__main__":
    sys.exit(main())
