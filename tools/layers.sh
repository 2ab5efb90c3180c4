#!/bin/sh
# The walls of docs/architecture.md: which folder of src/ may include what. Prints `ok` / `FAIL` lines.
# To open a door, edit the two tables, and give the reason in docs/architecture.md.
set -u
cd "$(dirname "$0")/.."

# FOLDER: the folders and single headers of ours it may include besides itself (* = everything).
folders() {
    cat <<'TABLE'
base:
markup: base
data: base markup
document: base
lint: base document
check: base document lint
template: base markup data document
template/value: base markup data document
typeset: base document
paint: base typeset/pages.h
output: base document typeset/pages.h
run: *
src: *
TABLE
}

# HEADER (shell pattern): the files that may include it. What is in neither this table nor `system` is refused.
libraries() {
    cat <<'TABLE'
libxml/*: src/markup/xml.c
csv.h: src/data/csvread.c
sqlite3.h: src/data/store.c src/data/store_sql.c src/data/store_functions.c
pango/*: src/typeset/font*.c src/typeset/shape.c
hb.h: src/typeset/font*.c src/typeset/shape.c
hb-*.h: src/typeset/font*.c src/typeset/shape.c
fontconfig/*: src/typeset/font*.c
glib.h: src/typeset/font*.c src/typeset/shape.c src/paint/cairo*.c
cairo*.h: src/paint/cairo*
png.h: src/paint/image_png.c
turbojpeg.h: src/paint/image_jpeg.c
qpdf/*: src/output/finish* src/output/impose*
lcms2.h: src/output/icc*.c
zlib.h: src/output/deflate.c
nettle/*: src/output/digest.c
elf.h: src/output/digest_program.c
link.h: src/output/digest_program.c
TABLE
}

# C11 and POSIX, with the few Linux headers that trust.md needs.
system='assert ctype errno fenv float inttypes iso646 limits locale math signal stdalign stdarg stdatomic stdbool
stddef stdint stdio stdlib stdnoreturn string strings time uchar wchar wctype
dirent fcntl iconv fnmatch ftw glob grp langinfo libgen poll pthread pwd regex sched semaphore spawn termios unistd
sys/* linux/* endian getopt'

# like TEXT PATTERN...: does one of the patterns fit?
like() {
    text=$1
    shift
    for pattern in "$@"; do
        # shellcheck disable=SC2254  # it is a pattern
        case $text in $pattern) return 0 ;; esac
    done
    return 1
}

set -f
findings=$(mktemp)
trap 'rm -f "$findings"' EXIT

find src -name '*.[ch]' -o -name '*.def' | sort | while read -r file; do
    folder=${file#src/}
    folder=${folder%/*}
    case $folder in *.*) folder=src ;; esac
    folders | grep -q "^$folder:" || folder=${folder%%/*} # a folder inside without a rule of its own
    rule=$(folders | grep "^$folder:") || echo "$folder $file: folder has no rule in tools/layers.sh"
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*\([<"][^>"]*\).*/\1/p' "$file" | while read -r include; do
        header=${include#?}
        case $include in
        '"'*)
            case $header in
            *..*) echo "$folder $file: \"$header\" climbs out of src" ;;
            "$folder"/*) ;;
            */*) like "$header" $(for word in ${rule#*:}; do
                    case $word in *.h) echo "$word" ;; '*') echo '*' ;; *) echo "$word/*" ;; esac
                done) || echo "$folder $file: may not include \"$header\"" ;;
            *) [ -f "${file%/*}/$header" ] || echo "$folder $file: \"$header\" does not stand beside it" ;;
            esac ;;
        *)
            like "${header%.h}" $system && continue
            libraries | while IFS=: read -r pattern allowed; do
                like "$header" "$pattern" && like "$file" $allowed && echo yes && break
            done | grep -q yes || echo "$folder $file: may not include <$header>" ;;
        esac
    done
done >"$findings"

for folder in $(folders | cut -d: -f1); do
    if grep "^$folder " "$findings" >"$findings.one"; then
        sed "s#^$folder #FAIL layers/#" "$findings.one"
    elif [ "$folder" = src ] || [ -d "src/$folder" ]; then
        echo "ok layers/$folder"
    fi
done
rm -f "$findings.one"
