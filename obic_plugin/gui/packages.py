"""The window of the packages: rows of what is there, a choice of PyTorch, and what can be done."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from .. import dependencies, upkeep
from ..builds import builds, fitting, version
from ..engine.errors import ObicError
from ..engine.wording import count
from ..sentences import told

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
SIZES_MB = {
    "safetensors": 2,
    "numpy": 75,
    "scipy": 120,
    "scikit-image": 60,
    "scikit-learn": 45,
}  # on the disk, about
WEIGHTS = next(iter(dependencies.EXTRAS.values()))
WEIGHTS_MB = 17


class PackagesWindow(QDialog):
    """Shows; what is done is done by its ``installer`` (`InstallPackages`), which tells how it goes."""

    heard = pyqtSignal(str)  # from the task's thread

    def __init__(self, installer, parent=None):
        super().__init__(parent)
        self._installer, self._gpu, self._broken = installer, None, ""
        self.setObjectName("obicPackages")
        self.setWindowTitle(translate("InstallPackages", "Packages of OBIC"))
        self.resize(640, 620)
        self._rows = QTreeWidget(self)
        self._rows.setRootIsDecorated(False)
        self._rows.setColumnCount(3)
        self._rows.setHeaderLabels(
            [
                translate("InstallPackages", "Package"),
                translate("InstallPackages", "What is there"),
                translate("InstallPackages", "On the disk"),
            ]
        )
        header, modes = self._rows.header(), QHeaderView.ResizeMode
        header.setStretchLastSection(False)
        for column, mode in enumerate((modes.ResizeToContents, modes.Stretch, modes.ResizeToContents)):
            header.setSectionResizeMode(column, mode)
        self._where = _text(self)
        self._told = _text(self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 100)
        layout = QVBoxLayout(self)
        layout.addWidget(self._rows, 1)
        layout.addWidget(self._where)
        layout.addWidget(self._choice())
        layout.addWidget(self._told)
        layout.addWidget(self._bar)
        layout.addWidget(self._buttons())
        self.heard.connect(self._told.setText)
        self.show_idle("")

    def _choice(self) -> QGroupBox:
        box = QGroupBox(translate("InstallPackages", "PyTorch"), self)
        layout = QVBoxLayout(box)
        self._found_gpu = _text(box)
        layout.addWidget(self._found_gpu)
        self._builds = {}
        for build in builds():
            download, disk = build.sizes_mb
            text = translate("InstallPackages", "{build}: {download} MB to download, {disk} MB on the disk")
            text = text.format(build=_title(build.name), download=count(download), disk=count(disk))
            self._builds[build.name] = QRadioButton(text, box)
            layout.addWidget(self._builds[build.name])
        self._builds["cpu"].setChecked(True)
        self._other = QLineEdit(box)
        hint = translate("InstallPackages", "Another version, as {version}, or the path of a wheel file")
        self._other.setPlaceholderText(hint.format(version=version()))
        layout.addWidget(self._other)
        return box

    def _buttons(self) -> QDialogButtonBox:
        roles, box = QDialogButtonBox.ButtonRole, QDialogButtonBox(self)
        self._install = box.addButton(translate("InstallPackages", "Install"), roles.ActionRole)
        self._repair = box.addButton(translate("InstallPackages", "Repair"), roles.ActionRole)
        self._remove = box.addButton(translate("InstallPackages", "Remove"), roles.ActionRole)
        self._stop = box.addButton(translate("InstallPackages", "Stop"), roles.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        self._install.clicked.connect(self._order)
        self._repair.clicked.connect(self._order)
        self._remove.clicked.connect(self._ask_and_remove)
        self._stop.clicked.connect(lambda *_: self._installer.stop())
        close.clicked.connect(self.hide)
        return box

    def look(self) -> None:
        """Shows what is there at once; the GPU and whether all can be loaded when that is known."""
        self._fill()
        self._installer.look()

    def _fill(self) -> None:
        wants_weights = self._wants_weights()
        self._rows.clear()
        for state in upkeep.states():
            weights = state.name == WEIGHTS
            name = translate("InstallPackages", "ImageNet weights of an encoder") if weights else state.name
            row = QTreeWidgetItem(self._rows, [name, self._state(state), self._size(state)])
            row.setData(0, Qt.ItemDataRole.UserRole, state.name)
            row.setToolTip(1, state.home)
            if weights and not state.version:
                checked = Qt.CheckState.Checked if wants_weights else Qt.CheckState.Unchecked
                row.setCheckState(0, checked)
        where = translate("InstallPackages", "They go to {folder}. QGIS's own packages stay as they are.")
        self._where.setText(where.format(folder=dependencies.packages_folder()))
        self._show_choices()

    def _state(self, state) -> str:
        if not state.version:
            if state.essential:
                return translate("InstallPackages", "missing")
            return translate("InstallPackages", "missing; maps of less quality without it")
        if state.home == str(dependencies.packages_folder()):
            return translate("InstallPackages", "{version}, in OBIC's folder").format(version=state.version)
        return translate("InstallPackages", "{version}, of QGIS").format(version=state.version)

    def _size(self, state) -> str:
        if state.version:
            return ""
        if state.name == "torch":
            return translate("InstallPackages", "see below")
        megabytes = WEIGHTS_MB if state.name == WEIGHTS else SIZES_MB[state.name]
        return f"{megabytes} MB"

    def _wants_weights(self) -> bool:
        for n in range(self._rows.topLevelItemCount()):
            row = self._rows.topLevelItem(n)
            if row.data(0, Qt.ItemDataRole.UserRole) == WEIGHTS:
                return row.checkState(0) == Qt.CheckState.Checked or bool(row.toolTip(1))
        return True

    def show_found(self, gpu, broken: str) -> None:
        """What looking has found: the GPU or None, and what keeps the packages from being loaded."""
        self._gpu, self._broken = gpu, broken
        fits = fitting(gpu).name
        if gpu is None:
            text = translate("InstallPackages", "No NVIDIA GPU was found here, so CUDA would be of no use.")
        elif fits == "cpu":
            text = translate(
                "InstallPackages", "{gpu}: its driver ({driver:g}) or itself is too old for CUDA builds."
            )
        else:
            text = translate("InstallPackages", "{gpu}, driver {driver:g}: {build} fits it.")
        if gpu is not None:
            text = text.format(gpu=gpu.name, driver=gpu.driver, build=_title(fits))
        self._found_gpu.setText(text)
        self._builds[fits].setChecked(True)
        self.show_idle(broken)

    def show_busy(self, title: str) -> None:
        for button in (self._install, self._repair, self._remove):
            button.setEnabled(False)
        self._stop.setEnabled(True)
        self._bar.setValue(0)
        self._bar.show()
        self._told.setText(title)

    def show_progress(self, percent: float) -> None:
        self._bar.setValue(int(percent))

    def show_idle(self, text: str) -> None:
        self._bar.hide()
        self._stop.setEnabled(False)
        self._told.setText(text)
        self._show_choices()

    def say(self, text: str) -> None:
        """From any thread."""
        self.heard.emit(text)

    def _show_choices(self) -> None:
        """Only what can be done is offered."""
        lacking = dependencies.missing() + dependencies.missing_extras()
        ours, own_torch = self._is_there(), "torch" not in dependencies.missing_in_qgis()
        for widget in (self._other, *self._builds.values()):
            widget.setEnabled(not own_torch)
        self._install.setText(
            translate("InstallPackages", "Install") if lacking else translate("InstallPackages", "Change")
        )
        self._install.setEnabled(bool(lacking) or not own_torch)
        self._repair.setEnabled(ours)
        self._remove.setEnabled(ours)

    @staticmethod
    def _is_there() -> bool:
        return dependencies.packages_folder().exists()

    def _order(self, *_) -> None:
        chosen = next(build for build in builds() if self._builds[build.name].isChecked())
        try:
            text = self._other.text().strip() if self._other.isEnabled() else ""
            self._installer.install(upkeep.wanted(text, chosen, self._wants_weights()))
        except ObicError as error:
            self._told.setText(told(str(error)))

    def _ask_and_remove(self, *_) -> None:
        text = translate("InstallPackages", "Delete {folder}? OBIC's algorithms need it.")
        text = text.format(folder=dependencies.packages_folder())
        buttons = QMessageBox.StandardButton
        if QMessageBox.question(self, self.windowTitle(), text, buttons.Yes | buttons.No) == buttons.Yes:
            self._installer.remove()


def _text(parent) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _title(name: str) -> str:
    if name == "cpu":
        return translate("InstallPackages", "For the processor")
    return f"CUDA {name[2:-1]}.{name[-1]}"
