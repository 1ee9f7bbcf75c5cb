"""Collects what QGIS shows of the plugin into i18n/obic_LOCALE.ts; keeps what is translated there already.

    tools/translations.py i18n/obic_de.ts …

The texts are those that the code hands to ``translate`` and ``tr``, and those of the methods: titles, groups, help and
parameters are declared in the engine, which knows nothing of Qt, and translated where QGIS asks for them.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
METHODS_CONTEXT = "OBIC"  # of `translate` in algorithm.py


def texts() -> dict:
    """{(context, English text): where it is seen}, in the order in which a translator best meets them."""
    found: dict = {}
    for context, text, where in [*of_methods(), *of_models(), *of_code()]:
        found.setdefault((context, text), where)
    return found


def of_methods():
    """Titles and groups, then labels, then helps: (context, text, where)."""
    from obic_plugin.engine.methods import METHODS
    from obic_plugin.engine.params import specs
    from obic_plugin.engine.values import SHOWN

    def each(what: str, of):
        for method in METHODS:
            for text, where in of(method):
                yield METHODS_CONTEXT, text, f"{what}, obic:{method.name}{where}"

    def shown(method):
        return [spec for spec in specs(method.params) if spec.kind not in SHOWN]

    yield from each("Title", lambda m: [(m.title, "")])
    yield from each("Group", lambda m: [(m.group, "")])
    yield from each("Parameter", lambda m: [(s.label, f" {s.name.upper()}") for s in shown(m)])
    yield from each(
        "Choice",
        lambda m: [(t, f" {s.name.upper()}={v}") for s in shown(m) for v, t in (s.choices or {}).items()],
    )
    yield from each(
        "Result", lambda m: [(label, f" {name.upper()}") for name, label in (m.numbers or {}).items()]
    )
    yield from each("When to use", lambda m: [(m.when, "")])
    yield from each("Search word", lambda m: [(tag, "") for tag in m.tags])
    yield from each("Help", lambda m: [(" ".join(m.help.split()), "")])
    yield from each("Help of a parameter", lambda m: [(s.help, f" {s.name.upper()}") for s in shown(m)])


def of_models():
    """The title, the group, the fields and the help of the graphical models."""
    for path in sorted((ROOT / "resources" / "models").glob("*.model3")):
        top = {part.get("name"): part for part in ElementTree.parse(path).getroot()}  # noqa: S314, a file of ours
        where = path.relative_to(ROOT).as_posix()
        told = [top["model_name"], top["model_group"]]
        told += [part for part in top["help"] if part.get("name") not in ("ALG_CREATOR", "ALG_VERSION")]
        for parameter in top["parameterDefinitions"]:
            told += [part for part in parameter if part.get("name") in ("description", "help")]
        for part in told:
            if part.get("value"):
                yield METHODS_CONTEXT, part.get("value"), where


def of_code():
    """Literal texts in calls of ``translate(text)``, ``translate(context, text)`` and ``self.tr(text)``."""
    package = ROOT / "obic_plugin"
    for path in sorted({*package.rglob("*.py")} - {*(package / "engine").rglob("*.py")}):  # which has no Qt
        where, context = path.relative_to(ROOT).as_posix(), METHODS_CONTEXT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for call in _calls(node, "tr", 1):
                    yield node.name, call[0], where
            if isinstance(node, ast.Module):
                for call in _calls(node, "translate", 1):
                    yield context, call[0], where
                for call in _calls(node, "translate", 2):
                    yield call[0], call[1], where


def _calls(tree: ast.AST, name: str, n_arguments: int):
    """The arguments of all calls of a function that has so many, all of them literal texts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name == getattr(node.func, "attr", getattr(node.func, "id", "")):
            given = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if len(given) == len(node.args) == n_arguments and all(isinstance(text, str) for text in given):
                yield given


def update(path: Path) -> int:
    """Write a translation file anew; returns how many texts are not translated yet."""
    done = translated(path)
    root = ElementTree.Element("TS", version="2.1", language=path.stem.partition("_")[2], sourcelanguage="en")
    contexts: dict = {}
    for (context, text), where in texts().items():
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message")
        ElementTree.SubElement(message, "source").text = text
        ElementTree.SubElement(message, "extracomment").text = where
        translation = ElementTree.SubElement(message, "translation")
        if (context, text) in done:
            translation.text = done[context, text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return sum(1 for key in texts() if key not in done)


def translated(path: Path) -> dict:
    """{(context, English text): translation} of a file; empty where it is not there yet."""
    if not path.exists():
        return {}
    return {
        (context.findtext("name"), message.findtext("source")): message.findtext("translation")
        for context in ElementTree.parse(path).getroot().iter("context")  # noqa: S314, a file of ours
        for message in context.iter("message")
        if message.findtext("translation")
    }


def main() -> None:
    for name in sys.argv[1:]:
        print(f"{name}: {len(texts())} texts, {update(ROOT / name)} of them not translated yet")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
