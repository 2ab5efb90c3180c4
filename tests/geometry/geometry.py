"""Facts about finished papers (typesetting.md 17, engine.md 1-6). usage: geometry.py [CHECK...]
Prints `ok geometry/NAME` or `FAIL geometry/NAME: why` for each; a check raises at the first thing that is wrong."""
import os
import sys

import papers
from judge import CHECKS, run_checks
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


os.makedirs(papers.FOLDER, exist_ok=True)
sys.exit(run_checks("geometry", CHECKS, sys.argv[1:]))
