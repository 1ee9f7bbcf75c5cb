#!/bin/sh
# Brings this checkout to a working state: QGIS and its Python bindings from the system, the packages that QGIS
# lacks into the plugin's own folder, the tools of the developers into .venv (not with --without-tools). Does again only
# what is not there. Without network PIP_NO_INDEX=1 and PIP_FIND_LINKS=<folder of wheels> say where the packages are.
set -eu
cd "$(dirname "$0")/.."
: "${PYTHON:=/usr/bin/python3}"
: "${TORCH:=}"

packages="qgis python3-qgis python3-gdal gdal-bin python3-venv python3-pip python3-skimage python3-sklearn"
packages="$packages python3-scipy xvfb xauth qttools5-dev-tools"

system=unknown
if [ -r /etc/os-release ]; then
    system=$(. /etc/os-release && echo "${ID:-} ${VERSION_ID:-}")
fi
case $system in
"debian 12") ;;
"debian 13")
    # its own PyTorch fits its own numpy; TORCH=... asks for another
    if [ -z "$TORCH" ]; then packages="$packages python3-torch python3-safetensors"; fi
    ;;
*)
    if ! "$PYTHON" -c 'import qgis.core, osgeo.gdal, venv' 2>/dev/null || ! command -v qgis_process >/dev/null; then
        cat >&2 <<END
This set-up knows Debian 12 and 13; this system is $system. Install by hand
    QGIS 3.22 or newer with qgis_process on the PATH and its Python bindings, GDAL's bindings,
    Python's venv and pip, scikit-image, scikit-learn, scipy, xvfb, Qt's lrelease
(Debian calls them: $packages)
and run  make setup PYTHON=<the Python that imports qgis.core>  again.
END
        exit 1
    fi
    packages=
    ;;
esac

# shellcheck disable=SC2086  # a list of names
if [ -n "$packages" ]; then
    absent=
    for package in $packages; do
        case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed) ;;
        *) absent="$absent $package" ;;
        esac
    done
    if [ -n "$absent" ]; then
        as_root=
        if [ "$(id -u)" != 0 ]; then
            command -v sudo >/dev/null || { echo "As root, please: apt-get install$absent" >&2; exit 1; }
            as_root=sudo
        fi
        echo "Installing$absent"
        $as_root apt-get update -qq
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $absent
    fi
fi

if [ "${1:-}" != --without-tools ]; then
    tools=$("$PYTHON" -c '
import re
text = open("pyproject.toml", encoding="utf-8").read()
print(*re.findall("\"([^\"]+)\"", re.search(r"^dev = \[(.*?)\]", text, re.M | re.S)[1]))')
    if [ "$(cat .venv/tools.txt 2>/dev/null)" != "$PYTHON $tools" ]; then
        echo "Installing $tools into .venv"
        "$PYTHON" -m venv --clear --system-site-packages .venv
        # shellcheck disable=SC2086
        .venv/bin/python -m pip install --quiet --disable-pip-version-check $tools
        echo "$PYTHON $tools" >.venv/tools.txt
    fi
fi

if [ -n "$TORCH" ]; then
    "$PYTHON" -m obic_plugin.dependencies --torch "$TORCH"
else
    "$PYTHON" -m obic_plugin.dependencies
fi

for file in i18n/obic_*.ts; do # without them a checkout speaks English only
    compiled=${file%.ts}.qm
    if [ -e "$file" ] && { [ ! -e "$compiled" ] || [ "$file" -nt "$compiled" ]; }; then
        PYTHON=$PYTHON tools/translate.sh --compile
        break
    fi
done
