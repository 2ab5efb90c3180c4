# Read by the scripts beside it, in a folder of their own.

# check NAME STATUS PATTERN... -- COMMAND: the patterns (grep -F; !TEXT must not be there) are looked for in both outputs
check() {
    name=$1 wanted=$2
    shift 2
    : >patterns
    while [ "$1" != -- ]; do
        printf '%s\n' "$1" >>patterns
        shift
    done
    shift
    (eval "$*") >output 2>&1 </dev/null
    status=$?
    why=
    [ "$status" -eq "$wanted" ] || why="exit status $status, not $wanted"
    while IFS= read -r pattern; do
        case $pattern in
        !*) ! grep -qaF -- "${pattern#!}" output || why="$why; ${pattern#!} in the output" ;;
        *) grep -qaF -- "$pattern" output || why="$why; no $pattern" ;;
        esac
    done <patterns
    if [ -n "$why" ]; then echo "FAIL ${group:-cli}/$name: $why: $(head -n 4 output | tr '\n' '|')"; else echo "ok ${group:-cli}/$name"; fi
}
