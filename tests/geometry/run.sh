#!/bin/sh
# Facts about finished papers, judged by programs that share no code with ours. Prints `ok` / `FAIL` lines.
# usage: tests/geometry/run.sh [CHECK...]      environment: WENYIN PYTHON OUT (set by make)
cd "$(dirname "$0")/../.." || exit 1
PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-python3}" tests/geometry/geometry.py "$@"
