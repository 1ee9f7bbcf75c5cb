"""The usual names of land cover, each with the color that maps show it in."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
DARKER = 0.82  # for each further class of the same name


def usual_names(translate=translate) -> dict:
    """{name: (red, green, blue)} in the language of QGIS, the commonest first."""
    return {
        translate("LandCover", "Water"): (58, 124, 189),
        translate("LandCover", "Forest"): (31, 120, 60),
        translate("LandCover", "Grassland"): (155, 206, 107),
        translate("LandCover", "Cropland"): (240, 201, 74),
        translate("LandCover", "Buildings"): (199, 67, 52),
        translate("LandCover", "Roads"): (120, 122, 130),
        translate("LandCover", "Bare soil"): (176, 132, 88),
        translate("LandCover", "Shrubs"): (112, 140, 48),
        translate("LandCover", "Trees"): (20, 92, 48),
        translate("LandCover", "Built-up"): (214, 96, 96),
        translate("LandCover", "Paved ground"): (172, 174, 182),
        translate("LandCover", "Wetland"): (92, 168, 160),
        translate("LandCover", "Orchard"): (243, 150, 64),
        translate("LandCover", "Vineyard"): (150, 84, 150),
        translate("LandCover", "Sand"): (247, 226, 160),
        translate("LandCover", "Rock"): (142, 128, 118),
        translate("LandCover", "Greenhouses"): (214, 62, 140),
        translate("LandCover", "Snow and ice"): (226, 240, 250),
        translate("LandCover", "Shadow"): (60, 60, 72),
        translate("LandCover", "Clouds"): (232, 232, 236),
    }


def color_of(name: str, taken: list) -> tuple | None:
    """The color that goes with a name, not one of those that are ``taken``; None for names that have none. English
    names have theirs in every language: many data sets have them."""
    usual_of_all = {**usual_names(lambda _, text: text), **usual_names()}
    color = {_plain(usual): look for usual, look in usual_of_all.items()}.get(_plain(name))
    while color is not None and color in taken and max(color) > 20:
        color = tuple(round(DARKER * part) for part in color)
    return color


def _plain(name: str) -> str:
    """A name as it is compared: Built-up is built up."""
    return " ".join(name.replace("-", " ").split()).casefold()
