#!/bin/sh
# Runs a command with a QGIS of this checkout's own: the plugin as it stands here, a profile under build/,
# no display. QGIS_PROCESS holds the program to call.
#   tools/qgis_env.sh sh -c '"$QGIS_PROCESS" run obic:unsupervisedsegmentation --INPUT=a.tif --OUTPUT=b.tif'
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd)
: "${PYTHON:=/usr/bin/python3}"

# The Python inside QGIS looks for its library beside the first python3 of the PATH: one of pyenv or conda breaks it.
python_folder=$(dirname -- "$(command -v -- "$PYTHON")")
export PATH="$python_folder:$PATH"
unset PYTHONHOME VIRTUAL_ENV CONDA_PREFIX

export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
export QGIS_CUSTOM_CONFIG_PATH="$root/build/profile"
export PYTHONWARNINGS="${PYTHONWARNINGS:-ignore::DeprecationWarning}" # of the plugins that QGIS brings
export QGIS_PLUGINPATH="$root/build/plugins"
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then # Qt complains at every start without one
    export XDG_RUNTIME_DIR="$root/build/runtime"
    mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
fi

# Debian 12's wrapper hands qgis_process an option of the desktop program that it refuses; the program itself is fine.
if [ -z "${QGIS_PROCESS:-}" ]; then
    QGIS_PROCESS=$(command -v qgis_process.bin || command -v qgis_process) || {
        echo "qgis_process was not found: is QGIS installed? (make setup)" >&2
        exit 1
    }
fi
export QGIS_PROCESS

"$PYTHON" "$root/tools/package.py" stage
if ! grep -rqs '^obic_plugin=true' "$QGIS_CUSTOM_CONFIG_PATH"; then
    mkdir -p "$QGIS_CUSTOM_CONFIG_PATH"
    log=$("$QGIS_PROCESS" plugins enable obic_plugin 2>&1) || { echo "$log" >&2; exit 1; }
fi
exec "$@"
