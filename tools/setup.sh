#!/bin/sh
# Installs the Debian packages that are missing. POSIX sh only: it runs before python3 or pkg-config are there.
# usage: tools/setup.sh GROUP...      (groups: see tools/packages.txt)
# Touches the network only when something is missing, so that a second run works offline.
set -eu
list=$(dirname "$0")/packages.txt

missing=
for group in "$@"; do
    for package in $(sed -n "s/^$group //p" "$list"); do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
        [ "$state" = installed ] || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
else
    echo "setup: these packages are missing and need root or sudo to install:$missing" >&2
    exit 1
fi

# Another apt may be at work. Its dpkg lock can be waited for by option, the lists' lock cannot: so try again.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    tries=60
    until $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
        apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 </dev/null; do
        tries=$((tries - 1))
        if [ "$tries" -eq 0 ] || ! grep -q 'Could not get lock' "$log"; then
            cat "$log" >&2
            return 1
        fi
        sleep 5
    done
}

echo "setup: installing$missing"
apt update
# shellcheck disable=SC2086  # one word a package is meant
apt install -y --no-install-recommends $missing
