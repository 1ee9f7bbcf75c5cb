#!/bin/sh
# Runs make targets in a Debian 13 of its own: another QGIS, Python, GDAL and numpy. As root, with debootstrap.
#   tools/trixie.sh test-engine test-qgis
# The system lies in build/trixie and stays there for the next time; nothing of the computer is changed. Tests run on a
# copy of what git tracks or would add. Mounts last as long as the run does.
set -eu
cd "$(dirname "$0")/.."
system=$PWD/build/trixie
[ "$(id -u)" = 0 ] || { echo "A system below build/ can be set up as root only: sudo make test-trixie" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is needed: apt-get install debootstrap" >&2; exit 1; }

if [ ! -e "$system/ready" ]; then
    rm -rf "$system"
    mkdir -p "$system"
    debootstrap --variant=minbase --include=make,ca-certificates,git trixie "$system" >"$system.log" 2>&1 ||
        { tail -5 "$system.log" >&2; exit 1; }
    touch "$system/ready"
fi
mkdir -p "$system/obic"
# what is built there stays: the tools, the profile, the packages; what is tracked no longer goes
find "$system/obic" -mindepth 1 -maxdepth 1 ! -name .venv ! -name build -exec rm -rf {} +
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null |
    tar -xf - -C "$system/obic"
# name servers and certificates are those of the computer's network
cp -L /etc/resolv.conf "$system/etc/resolv.conf"
cp -L /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/ca-certificates.crt"
export SYSTEM="$system"
# shellcheck disable=SC2016  # the inner shell expands these
exec unshare --mount --propagation private sh -c '
    mount -t proc proc "$SYSTEM/proc" && mount --rbind /dev "$SYSTEM/dev" && mount -t tmpfs tmp "$SYSTEM/tmp" &&
    exec chroot "$SYSTEM" env -u SYSTEM HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        make -C /obic "$@"' trixie "$@"
