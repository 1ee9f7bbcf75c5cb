"""As much of QGIS 4 as the windows of the plugin need to open: PyQt6 under the names of `qgis.PyQt`, and classes of
`qgis.core`, `qgis.gui` and `processing` that do nothing but can be called, asked and inherited from."""

from __future__ import annotations

import importlib
import sys
import types

from PyQt6 import QtCore, QtGui, QtWidgets, sip

MODULES = "QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml"
# what qgis.PyQt still has where it was in Qt 5
MOVED = "QAction", "QActionGroup", "QShortcut", "QUndoCommand", "QUndoStack"


class Meta(type):
    """Of classes that have whatever is asked of them."""

    def __getattr__(cls, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        found = Meta(name, (Fake,), {})
        setattr(cls, name, found)
        return found

    def __or__(cls, other):
        return cls

    __ror__ = __and__ = __rand__ = __or__

    def __invert__(cls):
        return cls

    def __iter__(cls):
        return iter(())

    def __int__(cls):
        return 0


class Fake(metaclass=Meta):
    """Does nothing, and answers with more of its kind."""

    def __init__(self, *_, **__):
        pass

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return Fake()

    def __call__(self, *_, **__):
        return Fake()

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return False

    def __int__(self):
        return 0

    __index__ = __int__

    def __float__(self):
        return 0.0

    def __str__(self):
        return ""

    def __fspath__(self):
        return ""


def on(base: type, **members) -> type:
    """A class on one of Qt's that answers to whatever QGIS's own has beside."""

    def init(self, *given, **_):
        parent = next((each for each in given if isinstance(each, QtCore.QObject)), None)
        base.__init__(self, parent) if parent is None or isinstance(parent, base) else base.__init__(self)

    def missing(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return Fake()

    return type(base)(f"Qgs{base.__name__}", (base,), {"__init__": init, "__getattr__": missing, **members})


class Module(types.ModuleType):
    """A module with every class that is asked for."""

    __path__: list = []

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        found = Meta(name, (Fake,), {})
        setattr(self, name, found)
        return found


class QgsTask(QtCore.QObject):
    """Of QGIS: never run here."""

    Flag = Fake
    progressChanged = QtCore.pyqtSignal(float)

    def __init__(self, *_):
        super().__init__()

    def __getattr__(self, name: str):
        return Fake()


class Settings(Fake):
    """Those of a user who has set nothing."""

    def value(self, name, default=None, type=None):
        return default


class Application(Fake):
    """Of QGIS: with its icons."""

    @staticmethod
    def getThemeIcon(_) -> QtGui.QIcon:
        return QtGui.QIcon()

    @staticmethod
    def platform() -> str:
        return "desktop"

    @staticmethod
    def processingRegistry() -> Registry:
        return Registry()


class Registry(Fake):
    """Of algorithms: there are none."""

    def algorithmById(self, _) -> None:
        return None


def install() -> None:
    """From now on these modules are QGIS."""
    pyqt = types.ModuleType("qgis.PyQt")
    pyqt.__path__, pyqt.sip = [], sip
    for name in MOVED:
        setattr(QtWidgets, name, getattr(QtGui, name))
    qgis = Module("qgis")
    sys.modules.update({"qgis": qgis, "qgis.PyQt": pyqt, "qgis.PyQt.sip": sip})
    for name in MODULES:
        module = importlib.import_module(f"PyQt6.{name}")
        sys.modules[f"qgis.PyQt.{name}"] = module
        setattr(pyqt, name, module)
    for name in ("qgis.core", "qgis.gui", "qgis.utils", "processing", "processing.gui", "processing.tools"):
        sys.modules[name] = Module(name)
    for name in (
        "gui.AlgorithmDialog",
        "gui.wrappers",
        "gui.ParametersPanel",
        "tools.dataobjects",
        "core.Processing",
    ):
        sys.modules[f"processing.{name}"] = Module(f"processing.{name}")
    core, gui = sys.modules["qgis.core"], sys.modules["qgis.gui"]
    core.QgsTask, core.QgsSettings, core.QgsApplication = QgsTask, Settings, Application
    core.QgsProcessingMultiStepFeedback = on(QtCore.QObject)
    gui.QgsDockWidget, gui.QgsMapCanvas = on(QtWidgets.QDockWidget), on(QtWidgets.QWidget)
    gui.QgsMapLayerComboBox, gui.QgsMapToolEmitPoint = on(QtWidgets.QComboBox), on(QtCore.QObject)
    sys.modules["processing.gui.AlgorithmDialog"].AlgorithmDialog = on(QtWidgets.QDialog)
