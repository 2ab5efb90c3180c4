# Read by the run.sh of groups whose cases are folders (golden, check): sets up, and judges or rewrites each case.
# The script that reads it sets `group` (its folder under tests/) and `files` (what a case leaves), defines
# run_case NAME, which leaves these files in $work/out, and calls run_cases "$@".
here=$(cd "$(dirname "$0")" && pwd)
wenyin=${WENYIN:-build/wenyin}
case $wenyin in /*) ;; *) wenyin=$(pwd)/$wenyin ;; esac
work=$(mktemp -d "${TMPDIR:-/tmp}/wenyin-$group.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

# expected FILE NAME: what should be there, into $work/expected.
expected() {
    if [ -f "$here/cases/$2/$1" ]; then
        cat "$here/cases/$2/$1"
    elif [ "$1" = exit ]; then
        echo 0
    fi >"$work/expected"
}

judge() {
    for file in $files; do
        [ -f "$work/out/$file" ] || [ -f "$here/cases/$1/$file" ] || continue
        : >>"$work/out/$file"
        expected "$file" "$1"
        if ! cmp -s "$work/expected" "$work/out/$file"; then
            # the first line that differs, as expected and as it is
            diff "$work/expected" "$work/out/$file" >"$work/difference"
            want=$(grep -m 1 '^<' "$work/difference") || want='< nothing'
            is=$(grep -m 1 '^>' "$work/difference") || is='> nothing'
            echo "FAIL $group/$1: $file: expected ${want#< } -- is ${is#> }"
            return
        fi
    done
    echo "ok $group/$1"
}

update() {
    for file in $files; do
        if [ -s "$work/out/$file" ] && [ "$file $(cat "$work/out/$file")" != 'exit 0' ]; then
            cp "$work/out/$file" "$here/cases/$1/$file"
        else
            rm -f "$here/cases/$1/$file"
        fi
    done
    echo "ok $group/$1"
}

run_cases() {
    [ $# -gt 0 ] || set -- $(cd "$here/cases" && ls)
    for name in "$@"; do
        if ! run_case "$name"; then
            echo "FAIL $group/$name: the case could not be run"
        elif [ -n "${UPDATE:-}" ]; then
            update "$name"
        else
            judge "$name"
        fi
    done
}
