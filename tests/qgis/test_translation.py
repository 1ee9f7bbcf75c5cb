"""A translation is found by QGIS's name of the language, and what it says is seen in the Toolbox."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from obic_plugin.algorithm import ObicAlgorithm
from obic_plugin.engine.methods import METHODS
from obic_plugin.plugin import _translator

TRANSLATE = Path(__file__).parents[2] / "tools" / "translate.sh"


@pytest.fixture(params=["zh-Hans", "zh_CN"])
def chinese(request):
    subprocess.run([str(TRANSLATE), "--compile"], check=True)
    before = QgsSettings().value("locale/userLocale")
    QgsSettings().setValue("locale/userLocale", request.param)
    translator = _translator()
    yield translator
    QCoreApplication.removeTranslator(translator)
    QgsSettings().setValue("locale/userLocale", before)


def test_the_toolbox_speaks_chinese(chinese):
    assert chinese is not None
    algorithm = ObicAlgorithm(next(method for method in METHODS if method.name == "accuracy"))
    assert algorithm.displayName() == "精度评价"
    algorithm.initAlgorithm()
    assert algorithm.parameterDefinition("REFERENCE").description() == "参考数据"
    assert "分类图" in algorithm.shortHelpString() and "Compares a map" not in algorithm.shortHelpString()
    assert algorithm.name() == "accuracy" and algorithm.groupId() == "accuracy"


def test_without_a_translation_it_speaks_english():
    algorithm = ObicAlgorithm(next(method for method in METHODS if method.name == "accuracy"))
    assert algorithm.displayName() == "Accuracy"


class Words(QTranslator):
    """What QGIS's own translation has for its forms."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context, text, disambiguation=None, n=-1):
        return " [x]" if (context, text) == ("WidgetWrapper", " [optional]") else None


def test_forms_of_ours_say_optional_as_qgis_does():
    from obic_plugin.gui.formwidgets import FieldWidget

    words = Words()
    QCoreApplication.installTranslator(words)
    try:
        assert FieldWidget.tr(None, " [optional]") == " [x]"
    finally:
        QCoreApplication.removeTranslator(words)
