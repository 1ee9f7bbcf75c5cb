"""What a long training has reached, in a file: a run that was killed goes on from there, if it is the same run."""

from __future__ import annotations

import json
import os
from typing import NamedTuple

from ..errors import OutputError
from ..params import Params
from ..provenance import versions
from ..schema import SchemaError, parse
from ..writing import created

FORMAT = "obic-checkpoint-1"
ENDING = ".unfinished"
FREE = "device", "memory_mb"  # settings that another run may change and yet go on


class Reached(NamedTuple):
    """What a training has reached: {name: tensor}, and what is ``told`` of it as JSON."""

    tensors: dict
    told: dict


class Checkpoint:
    """The file beside the output ``path``; ``run`` is a text that is the same for runs that may follow each other."""

    def __init__(self, path: str, run: str):
        self.path, self._run = path + ENDING, run
        if os.path.lexists(self.path) and self._header() is None:
            raise OutputError(
                f"{self.path} is not of OBIC, and what training has reached would be kept there. Move it away, or"
                " choose another name for the model."
            )

    def load(self) -> Reached | None:
        """What was saved last; None where nothing was, or by another run."""
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        header = self._header() if os.path.lexists(self.path) else None
        if header is None or header.get("run") != self._run:
            return None
        try:
            return Reached(load_file(self.path), header["told"])
        except (SafetensorError, OSError, KeyError):
            return None

    def save(self, reached: Reached, scratch: str) -> None:
        """Keep it in place of what was kept; the file is whole at any time. ``scratch`` is a path on the
        same disk."""
        from safetensors.torch import save

        tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in reached.tensors.items()}
        header = {"format": FORMAT, "obic": json.dumps({"run": self._run, "told": reached.told})}
        with created(scratch, binary=True) as file:
            file.write(save(tensors, header))
        os.replace(scratch, self.path)

    def _header(self) -> dict | None:
        """What was saved beside the tensors; None where the file is not one of ours, or damaged."""
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(self.path, framework="pt") as file:
                metadata = file.metadata() or {}
            found = parse(metadata.get("obic", "")) if metadata.get("format") == FORMAT else None
        except (SafetensorError, SchemaError, OSError):
            return None
        return found if isinstance(found, dict) else None


def run_identity(params: Params, inputs: tuple) -> str:
    """What two runs have in common if one may go on where the other was: settings, inputs as they are, versions."""
    settings = {n: v for n, v in params.settings().items() if n not in FREE}
    files = [(os.path.abspath(path), *_stamp(path)) for path in inputs if path]
    return json.dumps([settings, files, versions()], default=str)


def _stamp(path: str) -> tuple:
    """Size and time of change of a file; nothing of what is none."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns
