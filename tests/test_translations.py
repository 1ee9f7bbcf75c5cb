"""What a translator is given: every text that QGIS shows, also those that the engine declares."""

from __future__ import annotations

import ast
import re
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


def test_sentences_of_the_engine_are_collected_by_their_shape():
    code = """
def run(n, name):
    \'\'\'Docstrings are for programmers only.\'\'\'
    progress.say(f"Mapping {n} tiles of {name!r}")
    raise InputError(f"{name} has no band." + " Choose another.", "no_sentence", "key=value and more")
    return f"<h2>How it went</h2><p>{n} of them</p>"
"""
    found = list(translations.shapes(ast.parse(code)))
    assert set(found) == {"Mapping {0} tiles of {1}", "{0} has no band.", "How it went"}


def shapes(code: str) -> list:
    return list(translations.shapes(ast.parse(code)))


def test_sentences_of_one_word_and_explanations_that_begin_with_a_formula_are_collected():
    assert shapes("say(f'{share} changed.')") == ["{0} changed."]
    formula = "2 P R / (P + R): P the share of what is right"
    assert shapes(f"Score('key', '{formula}')") == [formula]
    for name in ("png", "n_bands", "network.kind must be the one that is known", "(a=1) for each of all"):
        assert shapes(f"f({name!r})") == []


def test_what_is_put_into_a_sentence_is_collected():
    words = """say(f"The date lies {'above' if up else 'below'} it; {x}.")"""
    assert shapes(words) == ["The date lies {0} it; {1}.", "above", "below"]
    assert shapes("""say(f"{several(n, 'part')}")""") == ["1 part", "{0} parts"]
    nested = """return f"<h2>{title}</h2>{table(('What it is',))}" """
    assert shapes(nested) == ["What it is"]


def test_what_reports_call_their_numbers_is_collected():
    code = """
def tiles():
    cards = {"changed": 1, "OBIC_KEY": 2}
    cards["pixels compared"] = f"{n} px"
    return cards, ("Value", "", f"Transitions ({unit})"), "not_one", [f"from {a} to {b}"]
"""
    elsewhere = set(shapes(code))
    of_reports = {"changed", "pixels compared", "Value", "Transitions ({0})", "from {0} to {1}"}
    assert set(shapes("from ..page import tiles\n" + code)) == of_reports
    assert not elsewhere & {"changed", "pixels compared", "Value"}  # keys are keys


def test_a_text_of_a_window_is_one_of_the_engine_too():
    """The engine's texts are looked up in contexts of their own: what a window has says nothing of them."""
    assert {("ClassDock", "Class"), ("Engine", "Class")} <= set(translations.texts())


def test_steps_and_layers_of_models_are_collected():
    found = {text for context, text in translations.texts() if context == "OBIC"}
    assert {"Mark what changed", "Change", "Polygons", "Score"} <= found


def test_nothing_is_missing_in_chinese():
    done = translations.translated(CHINESE)
    assert [text for key in translations.texts() if key not in done for text in [key[1]]] == []


def test_chinese_sentences_have_the_parts_of_the_english_ones():
    for (context, text), translation in translations.translated(CHINESE).items():
        if context == "Engine":
            own, theirs = (set(re.findall(r"\{\d+\}", each)) for each in (text, translation))
            assert theirs <= own, text


def test_the_chinese_form_is_chinese():
    for (context, text), translation in translations.translated(CHINESE).items():
        assert context == "Engine" or text.count("{") == translation.count("{"), text
        assert text.count("<p>") == translation.count("<p>"), text
