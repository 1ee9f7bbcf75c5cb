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
from tests.scenes import quarters, write_raster

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


@pytest.fixture
def sentences(chinese):
    """With the shapes as they are compiled now."""
    from obic_plugin import sentences

    sentences._patterns.cache_clear()
    yield sentences
    sentences._patterns.cache_clear()


def test_what_the_engine_says_is_chinese(sentences):
    assert sentences.told("Writing the map") == "写出分类图"
    assert sentences.told("Done in 2.5 s: 8 classes.") == "用时 2.5 秒：8 类。"
    repair = "A file of it is damaged. Choose Plugins > OBIC > Install packages… and there Repair."
    assert sentences.told(repair) == "其中有文件已损坏。请选择“插件 > OBIC > 安装软件包…”，再点“修复”。"
    two = "The folder /a b/c does not exist. Create it or choose another.\nChoose a file."
    assert sentences.told(two) == "文件夹 /a b/c 不存在。请创建或选择其他文件夹。\n请选择文件。"
    why = "Cannot open /a.b/c d.tif as a raster: there is no such file. Check its name and its folder."
    assert sentences.told(why) == "无法将 /a.b/c d.tif 作为栅格打开：没有这个文件。请检查文件名和文件夹。"
    for text in ("", "42", "/home/me/scene.tif", "Something that OBIC has never said."):
        assert sentences.told(text) == text


def test_log_errors_and_reports_are_chinese(sentences, tmp_path):
    import processing
    from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

    image = write_raster(tmp_path / "image.tif", quarters(48, 64)[0])
    feedback = QgsProcessingFeedback(False)
    outputs = {"OUTPUT": str(tmp_path / "map.tif"), "OUTPUT_REPORT": str(tmp_path / "map.html")}
    processing.run("obic:kmeans", {"INPUT": image, "PER": "pixel", **outputs}, feedback=feedback)
    assert "写出分类图" in feedback.textLog() and "Writing the map" not in feedback.textLog()
    report = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "制作方法" in report and "How it was made" not in report
    with pytest.raises(QgsProcessingException, match="请从中选择"):
        processing.run(
            "obic:kmeans",
            {"INPUT": image, "BANDS": [9], "PER": "pixel", **outputs},
            context=QgsProcessingContext(),
        )


def test_without_a_translation_it_speaks_english():
    algorithm = ObicAlgorithm(next(method for method in METHODS if method.name == "accuracy"))
    assert algorithm.displayName() == "Accuracy"


def test_in_english_no_sentence_is_looked_up(monkeypatch):
    from obic_plugin import sentences

    monkeypatch.setattr(sentences, "_patterns", lambda: pytest.fail("sentences were looked up"))
    assert sentences.told("Done in 2.5 s: 8 classes.") == "Done in 2.5 s: 8 classes."


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


def test_refusals_are_chinese_to_their_ends(sentences):
    """Of parts that are put together, too: limits of numbers, the rows of a table, what a format holds."""
    told = sentences.told
    assert told("Classes must be a whole number between 2 and 254, not 1.").endswith(
        "必须是 2 到 254 之间的整数，而不是 1。"
    )
    assert told("The labels /a.gpkg has no field 'x'. Choose one of kind, name.").endswith(
        "/a.gpkg 没有字段 'x'。请选择其中之一：kind, name。"
    )
    assert told("The layer of chips /a b.gpkg has no field 'x'. Choose one of kind.").startswith(
        "图块图层 /a b.gpkg 没有字段 'x'。"
    )
    assert told("The reference /a.gpkg has no field 'x'. Choose one of kind.").startswith("参考数据 /a.gpkg")
    empty = (
        "The layer of labels /a b.gpkg has no feature with a class. Choose another field, or another file."
    )
    assert told(empty) == "标注图层 /a b.gpkg 没有带类别的要素。请选择其他字段或其他文件。"
    assert told("Mapping 1.51 Mpx in tiles of 1024 px: 4") == "制图 1.51 百万像素，分块 1024 像素，共 4 块"
    assert sentences.told_page("<th>Class</th><th>Of it alone</th>") == "<th>类别</th><th>仅此一类</th>"
    color = "Row number 3 of Classes: the color must be #rrggbb or three numbers from 0 to 255, not 'red?'."
    assert told(color) == "类别第 3 行：颜色必须是 #rrggbb 或三个 0 到 255 的数，而不是 'red?'。"
    held = "Cannot write /a.jpg: its name must end in one of .tif, whose formats hold pixels of uint8 with a legend."
    assert "带图例的 uint8 像素" in told(held)
    assert told("/a.tif is also an input. Choose another name for the output.").startswith(
        "/a.tif 同时也是输入。"
    )


def test_parts_of_sentences_are_chinese_too(sentences):
    told = sentences.told
    assert (
        told("Learning classes and change from 1 part of 2 pairs") == "由 2 对影像的 1 个部分学习类别和变化"
    )
    assert told("23.85% changed.") == "变化 23.85%。"
    most = told("2.79 ha changed, 22.77%, most of it 0 → 4.")
    assert most == "变化 2.79 ha，占 22.77%，其中最多的是 0 → 4。"
    large = "The pixels of a.tif are 6.0 times as large as those of b.tif: more than 4 times is too much."
    assert told(large + " Resample one of the two first.").startswith(
        "a.tif 的像素是 b.tif 的像素的 6.0 倍大"
    )


def test_so_many_of_a_thing_are_known_by_their_number(sentences):
    assert sentences.told("1\u202f234 parts") == "1\u202f234 个部分"
    assert sentences.told("Other parts") == "Other parts"


def test_charts_are_chinese(sentences):
    page = sentences.told_page('<svg><text x="1">step</text><text x="2">0.5</text></svg><span>dice</span>')
    assert page == '<svg><text x="1">步数</text><text x="2">0.5</text></svg><span>Dice</span>'


def test_pages_say_their_language_and_what_pictures_show(sentences):
    page = sentences.told_page('<html lang="en"><img src="data:," alt="Second date"><img alt="R&amp;D">')
    assert page == '<html lang="zh-CN"><img src="data:," alt="第二时相"><img alt="R&amp;D">'


def test_legends_name_what_is_ours_and_leave_what_people_named(sentences):
    from obic_plugin.styling import _shown

    assert [_shown(name) for name in ("changed", "other transitions", "step")] == ["变化", "其他转移", "step"]


def test_reports_are_chinese_to_their_last_word(sentences):
    page = sentences.told_page(
        "<h1>Train from labels: a.tif</h1><p>Made from b.tif · saved as a.tif</p><th>Mean confidence</th>"
        "<td>By this scene&#x27;s statistics</td><td>cpu, 2 threads</td><td>0.26 million</td><td>yes</td>"
        "<td>R&amp;D</td><span>teacher entropy</span>"
        "<figcaption>Image (bands 3, 2 green, 1)</figcaption>"
    )
    assert page == (
        "<h1>由标注训练：a.tif</h1><p>由 b.tif 制作 · 保存为 a.tif</p><th>平均置信度</th>"
        "<td>按本景影像的统计值</td><td>CPU，2 个线程</td><td>0.26 百万</td><td>是</td>"
        "<td>R&amp;D</td><span>教师熵</span>"
        "<figcaption>影像（波段 3, 2 green, 1）</figcaption>"
    )
    assert sentences.told("Superpixels of 8 px in 12 training windows").endswith("12 个训练窗口")


def test_a_sentence_with_a_semicolon_is_known_as_a_whole(sentences):
    how = (
        "Each class of the reference was given one class of the map, so that most pixels agree in all"
        " (Hungarian assignment); classes left over count as wrong."
    )
    told = sentences.told(f"{how} Overall accuracy 42.3%, AMI 0.266, over 78255 px.")
    assert told.startswith("每个参考类别对应分类图的一类") and "总体精度 42.3%" in told


def test_what_is_clustered_is_said_in_chinese(sentences):
    assert sentences.told("Clustering 78255 pixels of a sample") == "对样本中的 78255 个像素聚类"
    assert sentences.told("Clustering 99 superpixels of a sample") == "对样本中的 99 个超像素聚类"


def test_classes_of_the_user_keep_their_names(sentences):
    assert sentences.told_page("<td>Bare soil</td><td>Water</td>") == "<td>Bare soil</td><td>Water</td>"


def test_the_time_left_is_told_in_chinese(chinese):
    from obic_plugin.gui.rundialog import duration, time_left

    assert time_left(16, 0.5) == "剩余约 16 秒"
    assert (duration(200), duration(7800)) == ("3 分钟", "2 小时 10 分钟")


def test_usual_names_have_their_colors_in_both_languages(chinese):
    from obic_plugin.gui.landcover import color_of, usual_names

    assert color_of("水体", []) == color_of("Water", []) == (58, 124, 189)
    assert "水体" in usual_names() and "Water" not in usual_names()


def test_the_designer_shows_a_model_in_chinese(chinese):
    from obic_plugin.models import models

    copy = next(model for model in models() if model.name() == "mapandname").copy()
    assert (copy.name(), copy.group()) == ("制图并命名", "少量标注")
    assert {step.description() for step in copy.childAlgorithms().values()} >= {"寻找类别", "为类别命名"}
    shown = {p.description() for p in copy.parameterDefinitions() if not p.isDestination()}
    assert "影像" in shown and not any(text.isascii() for text in shown)
    results = [name for step in copy.childAlgorithms().values() for name in step.modelOutputs()]
    assert set(results) == {"分类图", "精度评价", "多边形"} and copy.sourceFilePath() == ""
