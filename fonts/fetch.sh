#!/bin/sh
# Fetches the free fonts into fonts/files/ from Debian packages, without installing any of them
# (texlive-lang-chinese alone would pull in all of TeX). Does nothing, offline too, when every file is there.
set -eu
cd "$(dirname "$0")/.."
to=fonts/files
texlive=usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
noto=usr/share/fonts/opentype/noto
liberation=usr/share/fonts/truetype/liberation2
doc=usr/share/doc

# PACKAGE  FILE-IN-PACKAGE  NAME-IN-fonts/files
wanted() {
    for style in Fang-Regular Kai-Regular Song-Regular Song-Bold Hei-Regular; do
        echo "texlive-lang-chinese $texlive/Fandol$style.otf Fandol$style.otf"
    done
    echo "texlive-lang-chinese $doc/texlive-doc/fonts/fandol/COPYING.gz licences/Fandol-COPYING.gz"
    echo "texlive-lang-chinese $doc/texlive-doc/fonts/fandol/README licences/Fandol-README"
    for face in Serif-Regular Serif-Bold Sans-Regular; do
        family=${face%-*} style=${face#*-}
        echo "fonts-noto-cjk $noto/Noto${family}CJK-$style.ttc Noto${family}CJK-$style.ttc"
    done
    echo "fonts-noto-cjk $doc/fonts-noto-cjk/copyright licences/NotoCJK-copyright"
    for style in Regular Bold; do
        echo "fonts-liberation2 $liberation/LiberationSerif-$style.ttf LiberationSerif-$style.ttf"
    done
    echo "fonts-liberation2 $doc/fonts-liberation2/copyright licences/Liberation-copyright"
}

packages=$(wanted | while read -r package _ name; do
    [ -s "$to/${name%.gz}" ] || echo "$package"
done | sort -u)
[ -n "$packages" ] || exit 0

here=$(pwd)
mkdir -p build "$to/licences"
work=$here/build/fonts.$$
mkdir "$work"
trap 'rm -rf "$work"' EXIT
# As root apt fetches as the user _apt, and only warns where that one may not write: harmless, so out of the log.
download() { (cd "$work" && LC_ALL=C apt-get -q -o Dpkg::Use-Pty=0 -o APT::Sandbox::User=root download "$1") >"$work/log" 2>&1; }

for package in $packages; do
    echo "fonts: fetching $package"
    if ! download "$package"; then
        # A fresh machine has no package lists yet.
        if [ "$(id -u)" -eq 0 ]; then apt-get -q update >/dev/null; else sudo apt-get -q update >/dev/null; fi
        download "$package" || { cat "$work/log" >&2; exit 1; }
    fi
    dpkg-deb -x "$work/$package"_*.deb "$work/tree"
    wanted | grep "^$package " | while read -r _ path name; do
        case $name in
        *.gz) gzip -dc "$work/tree/$path" >"$to/.part" && name=${name%.gz} ;;
        *) cp "$work/tree/$path" "$to/.part" ;;
        esac
        # Renamed last: a broken run leaves no half font.
        mv "$to/.part" "$to/$name"
    done
    rm -rf "$work/tree" "$work/$package"_*.deb
done
