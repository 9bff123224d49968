"""What tests of questionnaires share: an own one as a file, and resources that may be changed."""

import shutil

import pytest

from cbs_desktop import resource
from cbs_desktop.screening import instrument_store

OWN = """
key = "dignity"
version = 1
languages = ["en", "fr"]
title = { en = "Dignity", fr = "Dignité" }
recall = { en = "Now", fr = "Maintenant" }
licence = "Our own wording."
blank_most = 1

[answers]
much = [[0, { en = "not", fr = "pas" }], [1, { en = "some", fr = "peu" }], [2, { en = "much", fr = "beaucoup" }]]

[[item]]
number = 1
topic = { en = "Being greeted", fr = "Être salué" }
[[item]]
number = 2
topic = { en = "Being heard", fr = "Être entendu" }
[[item]]
number = 3
topic = { en = "Not wanting to live", fr = "Ne plus vouloir vivre" }
risk = { en = "suicide", fr = "suicide" }
[[item]]
number = 4
topic = { en = "Who greets", fr = "Qui salue" }
ask_if = { item = 1, is = [1, 2] }

[[score]]
key = "total"
title = { en = "Total", fr = "Total" }
kind = "sum"
items = [1, 2]
better = "higher"

[[cutoff]]
set = "Ngozi 2024"
score = "total"
operator = "<"
value = 2
sex = "M"
country = "BI"
population = { en = "returnees", fr = "rapatriés" }
source = "invented for a test"

[[change]]
score = "total"
points = 1
source = "invented for a test as well"
"""


@pytest.fixture
def own(tmp_path):
    """Write the own questionnaire to a file, changed in places."""

    def write(*changes, name="dignity.toml"):
        text = OWN
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the resources that a test may change; the loader's memory is emptied before and after."""
    root = shutil.copytree(resource.ROOT, tmp_path / "resources")
    monkeypatch.setattr(resource, "ROOT", root)
    instrument_store.shipped.cache_clear()
    yield root / "instruments"
    instrument_store.shipped.cache_clear()
