"""A short run of the corpus: every way in which pages come back, and no box wrong that is not in doubt. The long one is
`python -m tests.scans.figures`."""

import pytest

from cbs_desktop.errors import Unreadable
from cbs_desktop.outside import reading as outside
from cbs_desktop.scans import reading
from cbs_desktop.scans.deciding import ReadBox
from tests.scans.corpus.pages import WAYS, made
from tests.scans.figures import Tally, count, read

_SEED = 4
_PAGES = 2 * len(WAYS)


def test_no_box_is_wrong_outside_the_doubts():
    tally = Tally()
    for number in range(_PAGES):
        page = made(_SEED, number, largest=1)
        problem, decisions, _took, told = read(page)
        assert problem == "", (number, page.way)
        assert told["code"] == reading.page_code.text(page.code)
        count(page, problem, decisions, [tally])
    assert tally.boxes > 1_000
    assert tally.wrong == 0
    assert tally.doubtful < 0.06 * tally.boxes


_BOX = [0, 0, 0, 0.1, "empty"]
_PAGE = {
    "code": "CBSP:R1.1.1.1:7KQ4:000000000",
    "problem": "",
    "markers": [0],
    "boxes": [_BOX],
    "image": "",
    "file_page": 1,
    "seconds": 0.1,
}


def test_what_the_child_says_is_looked_through(monkeypatch, tmp_path):
    def says(**changed):
        monkeypatch.setattr(outside, "read", lambda *_, **__: [{**_PAGE, **changed}])
        return reading.read(tmp_path / "page.jpg")

    (page,) = says()
    assert page.boxes == (ReadBox(0, 0, 0, 0.1, "empty"),)
    for lie in (
        {"problem": "something"}, {"boxes": [_BOX, _BOX]}, {"boxes": [[0, 0, 1, 0.1, "empty"]]},
        {"boxes": [[0, 0, 0, 0.1, "full"]]},
        {"code": "other"}, {"image": "§"}, {"file_page": "1"}, {"markers": 4}, {"boxes": [[-1, 0, 0, 0.1, "empty"]]},
        {"boxes": "many"},
    ):  # fmt: skip
        with pytest.raises(Unreadable) as raised:
            says(**lie)
        assert raised.value.facts["kind"] == "reader stopped"
    monkeypatch.setattr(outside, "read", lambda *_, **__: ["text"])
    with pytest.raises(Unreadable):
        reading.read(tmp_path / "page.jpg")
