"""A part of a volume is laid out mark by mark as its paper is alone, page numbers apart: what papers share in a volume – rows,
fonts, one display list – changes none of them."""
import re
import subprocess

import papers
from judge import need, same

FOLIO = re.compile('^glyphs .*"— .* —" at ')


def pages(arguments, data, status):
    """-> [marks of a page]"""
    done = subprocess.run([papers.WENYIN, *arguments, "-d", data, "--dump", "pages"], capture_output=True, text=True, check=False)
    need(done.returncode == status and bool(done.stderr) == (status != 0), f"{arguments}: {done.returncode} {done.stderr.strip()[:300]}")
    found = []
    for line in done.stdout.splitlines():
        if line.startswith("page "):
            found.append([])
        elif found and not FOLIO.match(line):
            found[-1].append(line)
    return found


def compare(plan, period, parts, *options, data="samples", status=0):
    """`parts`: arguments of `wenyin render` for each paper, in the order of a plan without cover, contents and dividers.
    `status`: of the volume and of each."""
    volume, at = pages(["bundle", plan, "-p", period, *options], data, status), 0
    for arguments in parts:
        paper = pages(["render", *arguments, *options], data, status)
        for number, page in enumerate(paper):
            same(f"page {number + 1} of {' '.join(arguments)}", volume[at + number], page)
        at += len(paper)
        if len(paper) % 2 and at < len(volume):
            same(f"the page behind {' '.join(arguments)}", volume[at], [])
            at += 1
    same("pages of the volume", len(volume), at)
