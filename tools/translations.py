"""Collects what QGIS shows of the plugin into i18n/obic_LOCALE.ts; keeps what is translated there already.

    tools/translations.py i18n/obic_de.ts …
    tools/translations.py --sentences          i18n/sentences.json, by which the plugin knows what the engine says

The texts are those that the code hands to ``translate`` and ``tr``, and those of the methods: titles, groups, help and
parameters are declared in the engine, which knows nothing of Qt, and translated where QGIS asks for them.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
METHODS_CONTEXT = "OBIC"  # of `translate` in algorithm.py
ENGINE_CONTEXT = "Engine"  # of `told` in sentences.py
SENTENCES = ROOT / "i18n" / "sentences.json"
# no texts for people, though they look like it
NOT_TEXTS = (
    "ESRI Shapefile",
    "Application Support",
    "No matching distribution",
    "No module named pip",
    "Helvetica",
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "out of memory",
    "import sys",
    "python -m ",
    "(PIP_FIND_LINKS",
    "1 is about the published",
    "Bare soil",  # names in the data of the sample scene, as "Water" is: data keep their names
    "Near infrared",
)
# of one word or two, which nothing in the code marks as a text: units, answers, terms of what is learned
OF_REPORTS = (
    *("overall accuracy", "… its precision", "… its recall", "distance", "{0}: {1}"),
    *("Settings", "Area (ha)", "Area (km²)", "Area (m²)", "Area (px)", "{0} million"),
    *("Mean confidence", "Mean score", "yes", "no", "none", "auto", "cpu, {0} threads", "cpu, 1 thread"),
    *("unchanged", "changed", "other transitions", "classes", "change", "dice", "correlation"),
    *("local contrast", "global contrast", "within tags", "each tag somewhere", "decay", "cross-entropy"),
    *("semantic consistency", "prototype constraint", "teacher entropy", "live prototypes"),
)
# what makes parameters and methods: their texts are collected from the declarations
NOT_SAID_BY = (
    "translate",
    "tr",
    "Method",
    "field",
    "choice",
    "flag",
    "integer",
    "number",
    "raster",
    "text",
    "compile",
)


def texts() -> dict:
    """{(context, English text): where it is seen}, in the order in which a translator best meets them."""
    found: dict = {}
    for context, text, where in [*of_methods(), *of_models(), *of_code(), *of_engine()]:
        found.setdefault((context, text), where)
    return found


def of_engine():
    """The sentences that the engine says, refuses with and writes into reports, as `sentences` knows them."""
    package = ROOT / "obic_plugin"
    declared = {text for context, text, _ in [*of_methods(), *of_code()] if context == METHODS_CONTEXT}
    paths = [*(package / "engine").rglob("*.py"), *package.glob("*.py")]
    for path in sorted(paths):
        where, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
        for text in shapes(tree):
            if " ".join(text.split()) not in declared:
                yield ENGINE_CONTEXT, text, where
    yield from ((ENGINE_CONTEXT, text, "reports") for text in OF_REPORTS)


def shapes(tree: ast.AST):
    """Of all texts of a module: those that are sentences, are said or raised, and what stands between tags.

    >>> list(shapes(ast.parse("say(f'Tile {n} of {m} px')")))
    ['Tile {0} of {1} px']
    """
    skipped = {id(node) for node in _not_said(tree)}
    labels = {id(node) for node in _labels(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) == "several":
            yield from _counts(node)
        text = None if id(node) in skipped else _shape(node)
        if text is None:
            continue
        if "<" in text:
            parts = [part.strip() for part in re.findall(r">([^<>]+)<", f">{text}<")]
            yield from (part for part in parts if _is_said(part) or _is_label(part))
        elif _is_said(text) or (id(node) in labels and _is_label(text)):
            yield text
            yield from _words(node)


def _counts(call: ast.Call):
    """Of ``several(n, thing)``: one of it, and so many."""
    thing = call.args[1]
    if isinstance(thing, ast.Constant):
        yield from (f"1 {thing.value}", f"{{0}} {thing.value}s")


def _words(node: ast.AST):
    """Words that stand in a sentence one for the other: f"it lies {'above' if up else 'below'}"."""
    for part in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
        for each in (part.body, part.orelse) if isinstance(part, ast.IfExp) else ():
            if isinstance(each, ast.Constant) and re.fullmatch("[a-z ]{3,}", str(each.value)):
                yield each.value


def _labels(tree: ast.Module):
    """What the functions of a module of reports (one that knows how pages are made) call their numbers: the keys of
    dicts, and what stands in the heads and rows of tables."""
    if not any(isinstance(node, ast.ImportFrom) and node.module == "page" for node in ast.walk(tree)):
        return
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Dict):
                yield from filter(None, node.keys)
            elif isinstance(node, (ast.List, ast.Tuple)):
                yield from node.elts
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                yield node.slice


def _is_label(text: str) -> bool:
    """Whether a text may be the name of a number or of a column."""
    return bool(
        re.match("[A-Za-z]", text)
        and ("{" not in text or sum(map(str.isalpha, text)) > 5)
        and re.search("[A-Za-z]{3}", text)
        and not re.search(r"[=\\\\|_;:]", text)
    )


def _not_said(tree: ast.AST):
    """Docstrings, texts that `translate` is given, citations, what is below a text with parts, and patterns."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0].value
        if isinstance(node, ast.JoinedStr):
            for part in node.values:  # what is put in may have texts of its own
                yield from ast.walk(getattr(part, "format_spec", None) or ast.Pass())
                if isinstance(part, ast.Constant):
                    yield part
        if _name(node) in NOT_SAID_BY:
            yield from ast.walk(node)
        if isinstance(node, ast.keyword) and node.arg in (
            "citation",
            "help",
            "when",
            "description",
            "metavar",
        ):
            yield from ast.walk(node.value)


def _name(node: ast.AST) -> str:
    """Of the function that is called; empty for all else."""
    function = getattr(node, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


def _shape(node: ast.AST) -> str | None:
    """A text with {0}, {1}, … for its parts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        names = iter(range(99))  # of a text that is filled in elsewhere
        return re.sub(r"\{[a-z]\w*\}", lambda _: f"{{{next(names)}}}", node.value)
    if not isinstance(node, ast.JoinedStr):
        return None
    text, n = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += part.value
        else:
            text, n = f"{text}{{{n}}}", n + 1
    return text


def _is_said(text: str) -> bool:
    """Whether a text is a sentence, or the beginning or the end of one, and no name of a thing of ours."""
    letters = re.sub(r"\{\d+\}", "", text)
    words = re.findall(r"[A-Za-z]{2,}", letters)
    begins = re.match(r"[A-Z{]", text) and (len(words) > 1)
    # after a colon, such as why a file cannot be read
    goes_on = re.match(r"[a-z]+[ ,]", text) and len(words) > 2
    ends = re.match(r"[A-Z{]", text) and re.search(r"[a-z}]\.$", text) and words
    explains = (
        re.match(r"[A-Za-z0-9]+ |\w*\(", text) and len(words) > 4
    )  # with a formula, or with what a number means
    return bool(
        (begins or goes_on or ends or explains)
        and sum(map(str.isalpha, letters)) > 6
        and not re.search(r"[=\\|]|^\S+$|2\d{3}\.$|^SELECT|^TP", letters)
        and not re.match(r"\s|\{0\}$", text)
        and not text.startswith(NOT_TEXTS)
    )


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
        for step in top["children"]:  # which the log names, and the layers that come of it
            told += [part for part in step if part.get("name") == "component_description"]
            outputs = next(part for part in step if part.get("name") == "outputs")
            told += [part for output in outputs for part in output if part.get("name") == "name"]
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
        if isinstance(node, ast.Call) and name == _name(node):
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
    if sys.argv[1:] == ["--sentences"]:
        write_sentences()
        return
    for name in sys.argv[1:]:
        print(f"{name}: {len(texts())} texts, {update(ROOT / name)} of them not translated yet")


def write_sentences() -> None:
    """The shapes of the engine's sentences, for `sentences` of the plugin."""
    found = sorted({text for _, text, _ in of_engine()})
    SENTENCES.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
