"""What the sample landscape is painted on, and the colors it is painted with."""

from __future__ import annotations

import numpy as np

# Value, name and legend color of the truth raster; 0 is nodata.
CLASSES = (
    (1, "Water", (62, 120, 190)),
    (2, "Trees", (30, 100, 50)),
    (3, "Field", (222, 200, 90)),
    (4, "Bare soil", (160, 115, 75)),
    (5, "Meadow", (140, 195, 90)),
    (6, "Road", (120, 120, 128)),
    (7, "Building", (200, 60, 50)),
)
WATER, TREES, FIELD, SOIL, MEADOW, ROAD, BUILDING = (value for value, _, _ in CLASSES)

# Reflectance x 10000 in red, green, blue and near infrared.
RIVER, LAKE, SHALLOW = (430, 500, 360, 190), (240, 350, 340, 110), (720, 780, 480, 420)
BROADLEAF, CONIFER = (310, 500, 200, 4300), (210, 310, 160, 2700)
GRASS, HAY = (640, 840, 340, 3900), (1080, 1080, 520, 3200)
ASPHALT, GRAVEL, CONCRETE = (1020, 1010, 1000, 1250), (1850, 1660, 1330, 2250), (1650, 1610, 1520, 1900)
CROPS = (  # spectrum, how strongly rows show, share of the parcels
    ((540, 800, 300, 4300), 0.05, 3.0),  # green wheat
    ((400, 610, 240, 4700), 0.14, 2.0),  # maize
    ((470, 900, 270, 5100), 0.12, 1.5),  # beet
    ((1550, 1640, 470, 4300), 0.04, 1.3),  # rape in flower
    ((1850, 1560, 890, 2900), 0.05, 2.0),  # ripe wheat
    ((2050, 1780, 1220, 2700), 0.08, 1.2),  # stubble
)
SOILS = (((1020, 800, 540, 1650), 0.12, 1.6), ((1480, 1190, 800, 2150), 0.09, 1.2))
MEADOWS = ((GRASS, 0.03, 2.0), (HAY, 0.07, 0.8), ((780, 940, 390, 3600), 0.05, 1.2))
ROOFS = (
    (1950, 980, 700, 2400),
    (1700, 900, 680, 2200),
    (1450, 820, 620, 2000),
    (1050, 820, 680, 1500),
    (760, 790, 850, 950),
)
HALL_ROOFS = ((2900, 2950, 3000, 3100), (1500, 1560, 1650, 1700), (2450, 2400, 2300, 2600))


class Canvas:
    """The landscape while it is painted, on a pixel of 1 m.

    ``reflectance`` (4, h, w) float32 x 10000; ``classes`` (h, w) uint8; ``surface_m`` (h, w) float32, the
    height of whatever stands on the ground; ``row``, ``col`` the coordinates; ``unit`` below 1 shrinks the
    large shapes so that a small scene holds every class.
    """

    def __init__(self, height: int, width: int):
        self.shape = (height, width)
        self.unit = float(np.clip(np.sqrt(height * width / 1.2e6), 0.3, 1.0))
        self.reflectance = np.zeros((4, height, width), np.float32)
        self.classes = np.zeros(self.shape, np.uint8)
        self.surface_m = np.zeros(self.shape, np.float32)
        self.row = np.arange(height, dtype=np.float32)[:, None]
        self.col = np.arange(width, dtype=np.float32)[None, :]

    def paint(self, coverage: np.ndarray, spectrum, label: int, height_m=None, window=np.s_[:, :]) -> None:
        """Cover ``window`` with a spectrum, 4 numbers or an array (4, h, w), blended by ``coverage`` in 0..1.

        Where more than half is covered, the class becomes ``label`` and the surface ``height_m`` (0 if None).
        """
        spectrum = np.asarray(spectrum, np.float32)
        spectrum = spectrum.reshape(4, 1, 1) if spectrum.ndim == 1 else spectrum
        color = self.reflectance[(slice(None), *window)]
        color += (spectrum - color) * coverage.astype(np.float32)
        inside = coverage > 0.5
        self.classes[window][inside] = label
        height_m = 0.0 if height_m is None else height_m
        self.surface_m[window][inside] = np.broadcast_to(height_m, inside.shape)[inside]

    def around(self, row: float, col: float, radius: float):
        """Window (two slices) of the square of ``radius`` about a point, or None if it is outside."""
        top, left = max(int(row - radius), 0), max(int(col - radius), 0)
        bottom, right = int(row + radius) + 2, int(col + radius) + 2
        if bottom <= 0 or right <= 0 or top >= self.shape[0] or left >= self.shape[1]:
            return None
        return np.s_[top:bottom, left:right]
