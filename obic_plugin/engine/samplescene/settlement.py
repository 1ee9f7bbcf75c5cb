"""Roads and villages of the sample landscape."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicSpline

from .canvas import ASPHALT, BUILDING, CONCRETE, GRASS, HALL_ROOFS, MEADOW, ROAD, ROOFS, WATER, Canvas
from .nature import densify, path_distance, plant
from .noise import fractal_noise, smooth_noise


class Plan:
    """Where people live: ``villages`` (n, 2); ``roads``, ``streets``, each points (n, 2) and half width."""

    def __init__(self, canvas: Canvas, rng: np.random.Generator):
        height, width = canvas.shape
        unit = canvas.unit
        main = _curve(
            [(0.60, -0.03), (0.52, 0.14), (0.40, 0.30), (0.42, 0.50), (0.33, 0.72), (0.22, 1.03)],
            canvas,
            rng,
            0.03,
        )
        at = [main[int(share * len(main))] for share in (0.27, 0.80)]
        north = _join(canvas, at[0], (-0.03 * height, rng.uniform(0.10, 0.2) * width), rng)
        south = _join(canvas, at[1], (1.03 * height, rng.uniform(0.84, 0.93) * width), rng)
        self.roads = [(main, 3.2 * unit + 1.3), (north, 2.2 * unit + 0.9), (south, 2.2 * unit + 0.9)]
        hamlet = south[int(0.62 * len(south))]
        self.villages = np.array([*at, hamlet])
        self.radius_px = np.array([150, 120, 62]) * unit
        self.streets = []
        for center, radius, road in zip(self.villages, self.radius_px, (main, main, south)):
            self.streets += _streets(center, radius, road, rng)

    def near(self, canvas: Canvas, rng: np.random.Generator) -> np.ndarray:
        """Mask (h, w) of the land kept free of woods: unevenly about the streets, and beside roads."""
        streets, roads = (path_distance(canvas.shape, paths).px for paths in (self.streets, self.roads))
        uneven = 62 + 26 * fractal_noise(canvas.shape, 90 * canvas.unit, rng, 3)
        return (streets < uneven * max(canvas.unit, 0.5)) | (roads < 9)


def _curve(knots, canvas: Canvas, rng: np.random.Generator, jitter: float) -> np.ndarray:
    knots = np.array(knots) + rng.uniform(-jitter, jitter, (len(knots), 2)) * [[1, 0.5]]
    spline = CubicSpline(np.arange(len(knots)), knots * canvas.shape)
    return densify(spline(np.linspace(0, len(knots) - 1, 200)))


def _join(canvas: Canvas, start, end, rng: np.random.Generator) -> np.ndarray:
    start, end = np.array(start), np.array(end)
    aside = np.array([-(end - start)[1], (end - start)[0]])
    knots = [start + (end - start) * t + aside * rng.uniform(-0.09, 0.09) for t in (0.33, 0.67)]
    spline = CubicSpline(range(4), [start, *knots, end])
    return densify(spline(np.linspace(0, 3, 120)))


def _streets(center, radius: float, road: np.ndarray, rng: np.random.Generator) -> list:
    """The road's stretch through the village, and side streets off it, some joined by a back street."""
    near = np.flatnonzero(np.hypot(*(road - center).T) < radius)
    streets, ends = [(road[near[0] : near[-1]], 3.0)], {}
    for position in np.arange(rng.uniform(0.1, 0.2), 0.95, 62 / max(len(near) * 0.5, 62)):
        index = near[int(position * (len(near) - 1))]
        start, tangent = road[index], road[min(index + 4, len(road) - 1)] - road[max(index - 4, 0)]
        normal = np.array([-tangent[1], tangent[0]]) / max(np.hypot(*tangent), 1e-6)
        for side in (-1, 1):
            if rng.random() < 0.28:
                continue
            length = radius * rng.uniform(0.45, 0.8) * (1.15 - abs(position - 0.5))
            t = np.linspace(0, 1, 40)[:, None]
            bend = rng.uniform(-0.25, 0.25) * length
            points = start + side * normal * length * t + bend * t**2 * normal[::-1] * [1, -1]
            streets.append((densify(points), 2.3))
            ends.setdefault(side, []).append(points[-1])
    for side_ends in ends.values():
        streets += [
            (densify(np.array(pair)), 2.1)
            for pair in zip(side_ends, side_ends[1:])
            if np.hypot(*(pair[0] - pair[1])) < radius
        ]
    return streets


def paint_roads(canvas: Canvas, plan: Plan, rng: np.random.Generator) -> None:
    """Asphalt with grass verges; a road crosses water on a bridge, a village street ends there."""
    worn = 1 + 0.05 * fractal_noise(canvas.shape, 20, rng, 4)
    for paths, verge, bridged in ((plan.streets, 0.8, False), (plan.roads, 0.8 + 1.8 * canvas.unit, True)):
        distance, half = path_distance(canvas.shape, paths)
        half = half * (1 + 0.08 * smooth_noise(canvas.shape, 60, rng))
        grass = np.array(GRASS, np.float32)[:, None, None] * (1.05 + 0.1 * smooth_noise(canvas.shape, 9, rng))
        land = canvas.classes != WATER
        canvas.paint(np.clip(half + verge - distance, 0, 0.9) * land, grass, MEADOW)
        asphalt = np.array(ASPHALT, np.float32)[:, None, None] * worn
        canvas.paint(np.clip(half + 0.5 - distance, 0, 1) * (land | bridged), asphalt, ROAD, 0.2)
        line = np.clip(0.55 - distance, 0, 0.35) * (half > 3)
        canvas.paint(line, (2600, 2600, 2500, 2700), ROAD, 0.2)


def paint_gardens(canvas: Canvas, plan: Plan, rng: np.random.Generator) -> None:
    """Grass, beds and hedges about the streets, in lots that differ."""
    distance = path_distance(canvas.shape, plan.streets).px
    lots = smooth_noise(canvas.shape, 17, rng)
    reach = (34 + 6 * smooth_noise(canvas.shape, 40, rng)) * max(canvas.unit, 0.5)
    color = np.array(GRASS, np.float32)[:, None, None] * (1 + 0.16 * np.sign(lots) + 0.1 * lots)
    color[0] *= 1 + 0.12 * fractal_noise(canvas.shape, 24, rng, 3)
    land = canvas.classes != WATER
    canvas.paint(np.clip(reach - distance, 0, 1) * land, color, MEADOW)


def build(canvas: Canvas, plan: Plan, rng: np.random.Generator) -> None:
    """Houses along the streets, halls at the edge of the first two villages, trees in the gardens."""
    size = max(canvas.unit, 0.55)
    for points, half in plan.streets:
        for side in (-1, 1):
            for at in np.arange(rng.uniform(4, 12), len(points) * 0.5 - 5, 17 * size) * 2:
                index = int(at + rng.uniform(-4, 4))
                if 2 <= index < len(points) - 2 and rng.random() > 0.1:
                    tangent = side * (points[index + 2] - points[index - 2])
                    _build_lot(canvas, points[index], tangent, half, size, rng)
    for center, radius in zip(plan.villages[:2], plan.radius_px):
        _paint_halls(canvas, center, radius, rng, size)
    distance = path_distance(canvas.shape, plan.streets).px
    spots = np.argwhere((rng.random(canvas.shape) < 0.0065) & (distance > 4) & (distance < 40 * size))
    plant(canvas, spots, rng, (1.6 * size, 4.0 * size))


def _build_lot(canvas: Canvas, start, tangent, half: float, size: float, rng: np.random.Generator) -> None:
    """A house to the right of a street's point, sometimes with a barn behind."""
    angle = np.arctan2(tangent[0], tangent[1]) + rng.normal(0, 0.04)
    length, depth = rng.uniform(9, 15) * size, rng.uniform(7.5, 10.5) * size
    normal = np.array([np.cos(angle), -np.sin(angle)])
    spot = start + normal * (half + depth / 2 + rng.uniform(2, 6) * size)
    house(canvas, spot, angle + (np.pi / 2 if rng.random() < 0.3 else 0), length, depth, rng)
    if rng.random() < 0.3:
        back = spot + normal * rng.uniform(13, 18) * size
        house(canvas, back, angle, rng.uniform(6, 16) * size, 6.5 * size, rng)


def _paint_halls(canvas: Canvas, center, radius: float, rng: np.random.Generator, size: float) -> None:
    bearing = rng.uniform(0, 2 * np.pi)
    angle = rng.uniform(0, np.pi)
    for attempt in range(12):
        spot = center + radius * 0.95 * np.array([np.sin(bearing + attempt), np.cos(bearing + attempt)])
        window = canvas.around(*spot, 60 * size)
        inside = (0 < spot[0] < canvas.shape[0]) and (0 < spot[1] < canvas.shape[1])
        if inside and not np.isin(canvas.classes[window], (WATER, BUILDING)).any():
            break
    else:
        return
    coverage, window, _, _ = _rectangle(canvas, spot, angle, 92 * size, 66 * size)
    worn = 1 + 0.06 * smooth_noise(coverage.shape, 15, rng)
    canvas.paint(coverage, np.array(CONCRETE, np.float32)[:, None, None] * worn, ROAD, None, window)
    along = np.array([np.sin(angle), np.cos(angle)])
    for shift, (length, depth) in ((-22, (34, 46)), (24, (30, 20))):
        spectrum = HALL_ROOFS[rng.integers(len(HALL_ROOFS))]
        house(canvas, spot + along * shift * size, angle, length * size, depth * size, rng, spectrum, 8.0)


def _rectangle(canvas: Canvas, spot, angle: float, length: float, depth: float):
    """Coverage (h, w) of a turned rectangle, its window, and the coordinates along and across."""
    window = canvas.around(*spot, np.hypot(length, depth) / 2 + 2)
    if window is None:
        return None, None, None, None
    down, right = canvas.row[window[0]] - spot[0], canvas.col[:, window[1]] - spot[1]
    along = right * np.cos(angle) + down * np.sin(angle)
    across = down * np.cos(angle) - right * np.sin(angle)
    inside = np.clip(length / 2 + 0.5 - np.abs(along), 0, 1) * np.clip(depth / 2 + 0.5 - np.abs(across), 0, 1)
    return inside, window, along, across


def house(
    canvas: Canvas,
    spot,
    angle: float,
    length: float,
    depth: float,
    rng: np.random.Generator,
    spectrum=None,
    eaves_m: float = 4.0,
) -> bool:
    """A building with a ridge along its length; False if the place is taken or wet."""
    coverage, window, _, across = _rectangle(canvas, spot, angle, length, depth)
    spectrum = ROOFS[rng.integers(len(ROOFS))] if spectrum is None else spectrum
    tint, flat = rng.normal(1, 0.08), rng.random() < 0.1 or eaves_m > 5
    if coverage is None or np.isin(canvas.classes[window][coverage > 0.3], (WATER, BUILDING)).any():
        return False
    if eaves_m <= 5 and (canvas.classes[window][coverage > 0.3] == ROAD).any():
        return False
    roof_m = eaves_m + (0.15 if flat else 0.8) * (depth / 2 - np.abs(across))
    tiles = tint * (1 + 0.05 * rng.standard_normal(coverage.shape))
    canvas.paint(coverage, np.array(spectrum, np.float32)[:, None, None] * tiles, BUILDING, roof_m, window)
    return True
