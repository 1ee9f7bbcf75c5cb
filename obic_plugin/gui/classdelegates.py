"""How cells of the class dock are drawn and edited: a name with proposals, a small chart of the bands."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPointF, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QStandardItem,
    QStandardItemModel,
)
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem

from .landcover import usual_names

SWATCH_PX = 14
MOST_PROPOSALS = 20
POPUP_PX = 170


class NameDelegate(QStyledItemDelegate):
    """A line to write in, with the usual names below it, all at first and then those that hold what is written.

    ``named`` is emitted with the row once a name has been given.
    """

    named = pyqtSignal(int)

    def createEditor(self, parent, option, index) -> QLineEdit:
        editor = QLineEdit(parent)
        editor.setObjectName("obicClassName")
        completer = QCompleter(_proposals(editor), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(MOST_PROPOSALS)
        completer.popup().setMinimumWidth(POPUP_PX)
        editor.setCompleter(completer)
        completer.activated[str].connect(lambda text: self._chosen(editor, text))
        editor.setProperty("row", index.row())
        editor.returnPressed.connect(lambda: self._told(editor.property("row")))
        QTimer.singleShot(0, lambda: _propose_all(editor))
        return editor

    def setEditorData(self, editor: QLineEdit, index) -> None:
        editor.setText(index.data(Qt.ItemDataRole.EditRole))
        editor.selectAll()

    def setModelData(self, editor: QLineEdit, model, index) -> None:
        model.setData(index, editor.text())

    def _chosen(self, editor: QLineEdit, text: str) -> None:
        row = editor.property("row")
        editor.setText(text)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self._told(row)

    def _told(self, row: int) -> None:
        """Later: the editor is being closed."""
        self._told(row)

    def _told(self, row: int) -> None:
        """Later: the editor is being closed."""
        QTimer.singleShot(0, lambda: self.named.emit(row))


def _propose_all(editor: QLineEdit) -> None:
    try:
        completer = editor.completer()
    except RuntimeError:  # the editor has been closed meanwhile
        return
    if completer is not None and editor.isVisible():
        completer.setCompletionPrefix("")
        completer.complete()


def _proposals(owner) -> QStandardItemModel:
    model = QStandardItemModel(owner)
    for name, color in usual_names().items():
        picture = QPixmap(SWATCH_PX, SWATCH_PX)
        picture.fill(QColor(*color))
        model.appendRow(QStandardItem(QIcon(picture), name))
    return model


class SwatchDelegate(QStyledItemDelegate):
    """The color of a class, also where its row is chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        super().paint(painter, option, index)
        painter.fillRect(option.rect.adjusted(3, 3, -3, -3), index.data(Qt.ItemDataRole.BackgroundRole))


class SpectrumDelegate(QStyledItemDelegate):
    """The means of the bands as a line, on one scale for all rows."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        means = model.spectrum(index.row())
        if means is None:
            return
        low, high = model.spectrum_range
        box = option.rect.adjusted(4, 4, -4, -4)
        points = QPolygonF()
        for number, mean in enumerate(means):
            x = box.left() + box.width() * (number / (len(means) - 1) if len(means) > 1 else 0.5)
            points.append(QPointF(x, box.bottom() - box.height() * (mean - low) / (high - low or 1)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 1.5))
        painter.drawPolyline(points)
        if len(means) <= 16:
            for point in points:
                painter.drawEllipse(point, 1.5, 1.5)
        painter.restore()
