"""The rows of the class dock: a legend that is being edited, beside what is known of its classes."""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..engine.raster.classes import ClassTable
from ..engine.wording import count, number
from .landcover import color_of
from .legenddraft import LegendDraft

SHOWN, COLOR, NAME, AREA, SHARE, SPECTRUM = range(6)
translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
Role = Qt.ItemDataRole
UNCHECKED, CHECKED, RIGHT = 0, 2, 0x82  # as numbers: views of Qt 6 take no enums of Python


class ClassModel(QAbstractTableModel):
    """A row for each class of a map: shown, color, name, area, share, and means of the bands.

    ``edited`` is emitted after every change of the draft.
    """

    edited = pyqtSignal()

    def __init__(self, parent=None):
        super().__init__(parent)
        self.draft, self.facts, self.colors_follow_names = LegendDraft(ClassTable(())), None, True
        self.spectrum_range = (0.0, 1.0)

    def begin(self, draft: LegendDraft, facts) -> None:
        """Show the draft of a map, with its `ClassFacts`, or None as long as they are not known."""
        self.beginResetModel()
        self.draft, self.facts = draft, facts
        self.spectrum_range = self._spectrum_range()
        self.endResetModel()

    def do(self, step) -> None:
        """Change the draft by ``step(draft)``, and tell of it."""
        before = self.draft.rows
        self.beginResetModel()
        step(self.draft)
        self.spectrum_range = self._spectrum_range()
        self.endResetModel()
        if self.draft.rows != before:
            self.edited.emit()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.draft.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 6

    def headerData(self, section: int, orientation, role: int = Role.DisplayRole):
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        known = self.facts is None or self.facts.areas_m2
        area = translate("ClassDock", "ha") if known else translate("ClassDock", "Pixels")
        names = ("", "", translate("ClassDock", "Class"), area, "%", translate("ClassDock", "Bands"))
        return names[section]

    def flags(self, index: QModelIndex):
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == SHOWN:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = Role.DisplayRole):
        if not index.isValid():
            return None
        row, column = self.draft.rows[index.row()], index.column()
        if role == Role.CheckStateRole and column == SHOWN:
            return UNCHECKED if row.hidden else CHECKED
        if role == Role.BackgroundRole and column == COLOR:
            return QColor(*row.color)
        if role == Role.TextAlignmentRole and column in (AREA, SHARE):
            return RIGHT
        if role == Role.ToolTipRole:
            return self._hint(row, column)
        if role in (Role.DisplayRole, Role.EditRole):
            return row.name if column == NAME else self._measure(row, column)
        return None

    def setData(self, index: QModelIndex, value, role: int = Role.EditRole) -> bool:
        if index.column() == SHOWN and role == Role.CheckStateRole:
            hidden = Qt.CheckState(value) == Qt.CheckState.Unchecked
            self.do(lambda draft: draft.hide([index.row()], hidden))
            return True
        if index.column() == NAME and role == Role.EditRole:
            number, name = index.row(), str(value).strip()
            taken = [row.color for n, row in enumerate(self.draft.rows) if n != number]
            old = self.draft.rows[number].name
            new_color = color_of(name, taken) if self.colors_follow_names and name != old else None
            self.do(lambda draft: draft.rename(number, name, new_color))
            return True
        return False

    def spectrum(self, index: int):
        """(B,) means of the bands under a row's classes; None where they are not known."""
        if self.facts is None:
            return None
        parts = [
            (self.facts.spectra[v], self.facts.n_px[v])
            for v in self.draft.rows[index].values
            if v in self.facts.spectra
        ]
        total = sum(n for _, n in parts)
        return sum(means * n for means, n in parts) / total if total else None

    def _spectrum_range(self) -> tuple:
        """The least and the largest mean of any row."""
        found = [s for s in map(self.spectrum, range(self.rowCount())) if s is not None]
        return (min(s.min() for s in found), max(s.max() for s in found)) if found else (0.0, 1.0)

    def _measure(self, row, column: int) -> str:
        if self.facts is None or column not in (AREA, SHARE):
            return ""
        if column == SHARE:
            return f"{100 * sum(self.facts.shares.get(v, 0) for v in row.values):.1f}"
        if not self.facts.areas_m2:
            return count(sum(self.facts.n_px.get(v, 0) for v in row.values))
        hectares = sum(self.facts.areas_m2.get(v, 0) for v in row.values) / 1e4
        return number(hectares, 4) if hectares >= 100 else f"{hectares:.3g}"

    def _hint(self, row, column: int) -> str:
        hints = {
            SHOWN: translate("ClassDock", "Show or hide this class"),
            COLOR: translate("ClassDock", "Click to choose another color"),
            NAME: translate("ClassDock", "Value on the map: {}").format(", ".join(map(str, row.values))),
            SPECTRUM: translate("ClassDock", "Mean of each band under this class"),
        }
        return hints.get(column, "")
