"""Pictures of every dialog and of a whole run in a real QGIS window: build/screenshots. Look at them.

    tools/screenshots.py [image.tif] [--locale zh-Hans]

Fails where a dialog does not open, or where its picture is empty.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import window

FOLDER = window.ROOT / "build" / "screenshots"
LEAST_COLORS = 20  # an empty window has fewer


def main(arguments: list[str]) -> int:
    if window.why_not():
        print(window.why_not(), file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("image", nargs="?", type=Path, help="a raster instead of the made-up scene")
    parser.add_argument("--locale", default="en_US", help="the language of QGIS, such as zh-Hans")
    options = parser.parse_args(arguments)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    image = options.image.resolve() if options.image else _sample_scene()
    told = {"image": str(image), "folder": str(FOLDER)}
    try:
        noted = window.run(Path(__file__).with_name("drive_screenshots.py"), told, locale=options.locale)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    empty = [name for name, n_colors in noted["pictures"].items() if n_colors < LEAST_COLORS]
    print(f"{len(noted['pictures'])} pictures in {FOLDER.relative_to(window.ROOT)}")
    if empty:
        print(f"There is nothing on {', '.join(empty)}.", file=sys.stderr)
    return bool(empty)


def _sample_scene() -> Path:
    sys.path.insert(0, str(window.ROOT))
    from obic_plugin.engine.samplescene import write_sample_scene

    path = window.ROOT / "build" / "scene.tif"
    write_sample_scene(path, path.with_name("truth.tif"), 0, (512, 640))
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
