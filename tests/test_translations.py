"""What a translator is given: every text that QGIS shows, also those that the engine declares."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import translations

from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import specs
from obic_plugin.engine.values import SHOWN

CHINESE = translations.ROOT / "i18n" / "obic_zh_CN.ts"


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_the_texts_of_a_method_are_collected(method):
    found = {text for context, text in translations.texts() if context == "OBIC"}
    assert {method.title, method.group, method.when, *method.tags, *(method.numbers or {}).values()} <= found
    for spec in specs(method.params):
        assert spec.kind in SHOWN or {spec.label, spec.help, *(spec.choices or {}).values()} <= found


def test_the_texts_of_the_code_are_collected_with_their_context():
    found = translations.texts()
    assert ("OBIC", "about {} left") in found and ("InstallPackages", "Install packages for OBIC") in found
    assert ("ObicProvider", "OBIC: land cover with few labels") in found


def test_the_texts_of_the_models_are_collected():
    found = {text for context, text in translations.texts() if context == "OBIC"}
    assert {"Map and name", "Polygons that name the classes", "Class field of the naming polygons"} <= found


def test_an_update_keeps_what_is_translated(tmp_path):
    path = tmp_path / "obic_de.ts"
    assert translations.update(path) == len(translations.texts())
    text = path.read_text(encoding="utf-8")
    start = text.index("<source>Accuracy</source>")
    path.write_text(
        text[:start]
        + text[start:].replace('<translation type="unfinished" />', "<translation>Güte</translation>", 1),
        encoding="utf-8",
    )
    assert translations.update(path) == len(translations.texts()) - 1
    assert translations.translated(path) == {("OBIC", "Accuracy"): "Güte"}
    assert ElementTree.parse(path).getroot().get("language") == "de"


def test_the_chinese_form_is_chinese():
    """Every title and group, and nearly all labels: a new one need not wait for its translator."""
    done = translations.translated(CHINESE)
    for method in METHODS:
        assert ("OBIC", method.title) in done and ("OBIC", method.group) in done
    labels = {spec.label for method in METHODS for spec in specs(method.params) if spec.kind not in SHOWN}
    assert sum(("OBIC", label) in done for label in labels) >= 0.9 * len(labels)
    for (_, text), translation in done.items():
        assert text.count("{") == translation.count("{"), text
        assert text.count("<p>") == translation.count("<p>"), text
