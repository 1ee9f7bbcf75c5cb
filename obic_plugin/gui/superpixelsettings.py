"""What the superpixel dock changes: the settings of both kinds, by sliders of equal ratios and by keys."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QCoreApplication

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
KINDS = {"slic": "SLIC", "felzenszwalb": "Felzenszwalb"}
KEYS = (("W", "S"), ("A", "D"), ("Q", "E"))  # larger and smaller, of the first, second and third setting
LARGER, SMALLER = 1.2, 0.8  # as the published tool
USED = {"slic": ("size", "compactness"), "felzenszwalb": ("scale", "sigma", "min_size")}
WHOLE = ("size", "min_size")


class SuperpixelSettings:
    """Values of both kinds of superpixels.

    >>> settings = SuperpixelSettings()
    >>> settings.press("w"), settings.values["size"]
    (True, 19)
    """

    def __init__(self):
        self.kind = "slic"
        self.values = {"size": 16, "compactness": 0.06, "scale": 32.0, "sigma": 0.5, "min_size": 64}

    @staticmethod
    def ranges() -> dict:
        """{setting: (least, largest)}, those of the parameters as far as a slider goes."""
        return {
            "size": (3, 256),
            "compactness": (0.001, 10.0),
            "scale": (1.0, 1000.0),
            "sigma": (0.05, 5.0),
            "min_size": (1, 10_000),
        }

    @staticmethod
    def label(name: str) -> str:
        return {
            "size": translate("SuperpixelDock", "Size"),
            "compactness": translate("SuperpixelDock", "Compactness"),
            "scale": translate("SuperpixelDock", "Scale"),
            "sigma": translate("SuperpixelDock", "Sigma"),
            "min_size": translate("SuperpixelDock", "Smallest"),
        }[name]

    def used(self) -> tuple:
        """The settings that matter to the kind."""
        return USED[self.kind]

    def told(self, name: str) -> str:
        """A value, with its unit."""
        value = self.values[name]
        return f"{value} px" if name in WHOLE else f"{value:.3g}"

    def share(self, name: str) -> float:
        """Where a value lies between the least and the largest, on a scale of equal ratios."""
        low, high = self.ranges()[name]
        return math.log(self.values[name] / low) / math.log(high / low)

    def set_share(self, name: str, share: float) -> None:
        low, high = self.ranges()[name]
        self._set(name, low * (high / low) ** share)

    def has_key(self, key: str) -> bool:
        """Whether a key changes a setting of the kind."""
        return any(key.upper() in keys for keys in KEYS[: len(self.used())]) if key else False

    def press(self, key: str) -> bool:
        """Change a setting as its key says; False where it has none."""
        if not self.has_key(key):
            return False
        for name, keys in zip(self.used(), KEYS):
            if key.upper() in keys:
                larger = key.upper() == keys[0]
                old = self.values[name]
                self._set(name, old * (LARGER if larger else SMALLER))
                if self.values[name] == old:  # of a small whole number
                    self._set(name, old + (1 if larger else -1))
        return True

    def superpixels(self):
        """What the engine makes of them."""
        from ..engine.superpixels.kinds import superpixels_by

        values = self.values
        felzenszwalb = values["scale"], values["sigma"], values["min_size"]
        return superpixels_by(self.kind, values["size"], values["compactness"], *felzenszwalb)

    def parameters(self) -> dict:
        """As parameters of the algorithms."""
        values = self.values
        if self.kind == "slic":
            own = {"SUPERPIXEL_SIZE": values["size"], "COMPACTNESS": values["compactness"]}
        else:
            own = {
                "FELZENSZWALB_SCALE": values["scale"],
                "FELZENSZWALB_SIGMA": values["sigma"],
                "FELZENSZWALB_MIN_SIZE": values["min_size"],
                "MIN_SIZE": values["min_size"],
            }
        return {"SUPERPIXELS": self.kind, "PER": "superpixel", **own}

    def _set(self, name: str, value: float) -> None:
        low, high = self.ranges()[name]
        value = min(max(value, low), high)
        self.values[name] = round(value) if name in WHOLE else float(f"{value:.4g}")
