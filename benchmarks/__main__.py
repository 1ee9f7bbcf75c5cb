"""Speed, then quality: ``python -m benchmarks``; or one of them, with its options: ``… quality --seeds 0``."""

from __future__ import annotations

import subprocess
import sys

PARTS = ("speed", "quality", "few", "fewchips", "pretraining", "suggest", "tags", "change", "composed")
TOOLS = ("digests",)  # only when asked for


def main() -> int:
    """Run what is asked for, each in a process of its own; returns the first exit status that is not 0."""
    name, *options = sys.argv[1:] or [""]
    if name and name not in PARTS + TOOLS:
        print(f"There is no benchmark {name}. There are {', '.join(PARTS + TOOLS)}.", file=sys.stderr)
        return 2
    for part in [name] if name else PARTS:
        status = subprocess.call([sys.executable, "-m", f"benchmarks.{part}", *options])
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
