"""How a method is run."""

import pytest

from obic_plugin.engine.methods import METHODS, method
from obic_plugin.engine.methods.mapparams import ComputeParams


@pytest.mark.parametrize("each", METHODS, ids=lambda each: each.name)
def test_pytorch_is_loaded_first_and_only_where_it_is_needed(each, monkeypatch):
    calls = []
    monkeypatch.setattr(method, "load_torch", lambda progress: calls.append("load"))
    params = object.__new__(each.params)  # what is in it does not matter
    quick = method.Method("x", "X", "", each.params, lambda params, progress: calls.append("run"), "", "")
    assert quick.execute(params, None) == {}
    assert calls == (["load", "run"] if issubclass(each.params, ComputeParams) else ["run"])
