"""The table of the class dock: what a click on a cell does, and which row is next."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QItemSelectionModel, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from .classdelegates import NameDelegate, SpectrumDelegate, SwatchDelegate
from .classmodel import AREA, COLOR, NAME, SHARE, SHOWN, SPECTRUM, ClassModel
from .legenddraft import is_unnamed

WIDTHS_PX = {SHOWN: 24, COLOR: 28, SHARE: 40, SPECTRUM: 70}
LEAST_PX, ROW_PX = 360, 26


class ClassView(QTableView):
    """A click on a name edits it, one on a swatch wants a color, any points at the class.

    ``pointed`` and ``color_wanted`` are emitted with the row.
    """

    pointed = pyqtSignal(int)
    color_wanted = pyqtSignal(int)

    def __init__(self, model: ClassModel, parent=None):
        super().__init__(parent)
        self.setObjectName("obicClasses")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setMinimumWidth(LEAST_PX)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        names = NameDelegate(self)
        names.named.connect(self.open_next)
        self._delegates = {NAME: names, COLOR: SwatchDelegate(self), SPECTRUM: SpectrumDelegate(self)}
        for column, delegate in self._delegates.items():
            self.setItemDelegateForColumn(column, delegate)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(20)
        for column, width in WIDTHS_PX.items():
            header.resizeSection(column, width)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(AREA, QHeaderView.ResizeMode.ResizeToContents)
        self.clicked.connect(self._clicked)

    def chosen(self) -> list:
        """The numbers of the rows that are chosen."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, row: int) -> None:
        """Choose one row, and see that it is seen."""
        if 0 <= row < self.model().rowCount():
            flags = QItemSelectionModel.SelectionFlag
            index = self.model().index(row, NAME)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def open_next(self, row: int) -> None:
        """After a name has been given: edit that of the next class that has none."""
        rows = self.model().draft.rows
        following = [n for n in (*range(row + 1, len(rows)), *range(row)) if is_unnamed(rows[n])]
        if following:
            self.choose(following[0])
            self.edit(self.model().index(following[0], NAME))
            self.pointed.emit(following[0])

    def _clicked(self, index) -> None:
        several = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if QgsApplication.keyboardModifiers() & several:
            return
        if index.column() == COLOR:
            self.color_wanted.emit(index.row())
            return
        if index.column() == NAME:
            self.edit(index)
        if index.column() != SHOWN:
            self.pointed.emit(index.row())
