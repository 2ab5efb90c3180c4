"""Facts about finished papers (typesetting.md 17, engine.md 1-6). usage: geometry.py [CHECK...]
Prints `ok geometry/NAME` or `FAIL geometry/NAME: why` for each; a check raises at the first thing that is wrong."""
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import papers
from judge import CHECKS, Wrong
# Each of these brings its checks.
import layout  # noqa: F401
import extraction  # noqa: F401
import finished  # noqa: F401
import mistakes  # noqa: F401
import random_papers  # noqa: F401
import forms  # noqa: F401
import special  # noqa: F401
import imprint  # noqa: F401
import tables  # noqa: F401
import drafts  # noqa: F401
import imposed  # noqa: F401
import archives  # noqa: F401


def main():
    os.makedirs(papers.FOLDER, exist_ok=True)
    wanted, bad = sys.argv[1:], 0
    for function in CHECKS:
        if wanted and function.__name__ not in wanted:
            continue
        try:
            function()
            print(f"ok geometry/{function.__name__}", flush=True)
        except (Wrong, RuntimeError, OSError, KeyError, ValueError, IndexError, TypeError, AttributeError,
                ElementTree.ParseError, subprocess.SubprocessError) as fault:
            bad += 1
            kind = "" if isinstance(fault, (Wrong, RuntimeError)) else type(fault).__name__ + " "
            print(f"FAIL geometry/{function.__name__}: {kind}{' '.join(str(fault).split())[:500]}", flush=True)
    sys.exit(bad > 0)


main()
