#!/bin/sh
# The manual says what the program does: every example of the documents is run. Prints `ok` / `FAIL` lines.
# usage: tests/manual/run.sh [GROUP...]      environment: WENYIN PYTHON (set by make)
cd "$(dirname "$0")/../.." || exit 1
PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-python3}" tests/manual/manual.py "$@"
