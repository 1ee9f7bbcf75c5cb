"""Pictures of every dialog and of a whole run in a real QGIS window: build/screenshots. Look at them.

    tools/screenshots.py [image.tif] [--locale zh-Hans]
    tools/screenshots.py --tutorial                        the pictures of docs/tutorial.md, docs/tutorial/*.jpg

Fails where a dialog does not open, or where its picture is empty.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import window

sys.path.insert(0, str(window.ROOT))

FOLDER, TUTORIAL = window.ROOT / "build" / "screenshots", window.ROOT / "docs" / "tutorial"
LEAST_COLORS = 20  # an empty window has fewer


def main(arguments: list[str]) -> int:
    if window.why_not():
        print(window.why_not(), file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("image", nargs="?", type=Path, help="a raster instead of the made-up scene")
    parser.add_argument("--locale", default="en_US", help="the language of QGIS, such as zh-Hans")
    parser.add_argument("--tutorial", action="store_true", help="those of the tutorial instead")
    options = parser.parse_args(arguments)
    folder = TUTORIAL if options.tutorial else FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    scenes = _sample_scenes() if options.tutorial else {}
    image = options.image.resolve() if options.image else _sample_scene()
    told = {"image": str(image), "folder": str(folder), **scenes}
    script = "drive_tutorial.py" if options.tutorial else "drive_screenshots.py"
    try:
        noted = window.run(Path(__file__).with_name(script), told, locale=options.locale)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    empty = [name for name, n_colors in noted["pictures"].items() if n_colors < LEAST_COLORS]
    print(f"{len(noted['pictures'])} pictures in {folder.relative_to(window.ROOT)}")
    if empty:
        print(f"There is nothing on {', '.join(empty)}.", file=sys.stderr)
    return bool(empty)


def _sample_scene() -> Path:
    from obic_plugin.engine.samplescene import write_sample_scene

    path = window.ROOT / "build" / "scene.tif"
    write_sample_scene(path, path.with_name("truth.tif"), 0, (512, 640))
    return path


def _sample_scenes() -> dict:
    """One scene at two dates, with the truth of the first: what the driver of the tutorial is told."""
    from laterscene import write_later_scene

    from obic_plugin.engine.samplescene import write_sample_scene

    folder = Path(tempfile.gettempdir()) / "obic"  # a path that is on a picture
    folder.mkdir(exist_ok=True)
    names = {"scene": "orthophoto", "truth": "truth", "later": "later", "later_truth": "later_truth"}
    paths = {name: folder / f"{file}.tif" for name, file in names.items()}
    write_sample_scene(paths["scene"], paths["truth"])
    write_later_scene(*paths.values(), 3)
    return {name: str(path) for name, path in paths.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
