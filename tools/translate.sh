#!/bin/sh
# Updates i18n/obic_*.ts from the source and compiles them; with a locale (de, pt_BR) begins a new one;
# with --compile compiles only.
set -eu
cd "$(dirname "$0")/.."
: "${PYTHON:=/usr/bin/python3}"
what=${1:-}
if [ "$what" != --compile ]; then
    [ -z "$what" ] || mkdir -p i18n
    for file in ${what:+i18n/obic_$what.ts} i18n/obic_*.ts; do
        case $file in *\**) continue ;; esac
        "$PYTHON" tools/translations.py "$file"
    done
fi
"$PYTHON" tools/translations.py --sentences
if [ "$what" = --compile ] && ! command -v lrelease > /dev/null; then
    echo "lrelease is not there: the plugin will speak English only (make setup installs it)." >&2
    exit 0
fi
for file in i18n/obic_*.ts; do
    if [ ! -e "$file" ]; then
        [ "$what" = --compile ] || echo "No translations in i18n/ yet: make i18n LOCALE=de begins one."
        exit 0
    fi
    lrelease -silent "$file" -qm "${file%.ts}.qm"
done
