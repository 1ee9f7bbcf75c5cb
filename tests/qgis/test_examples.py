"""Examples in docstrings of what needs QGIS come out as they say."""

from __future__ import annotations

import pytest

from tests.examples import failures, modules_with_examples


@pytest.mark.parametrize("module", modules_with_examples(of_qgis=True))
def test_examples_come_out_as_they_say(module):
    assert failures(module) == ""
