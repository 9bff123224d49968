"""What a sheet's result says on the screen: one set of bands counts, another is told as what it is."""

from datetime import date

from PySide6.QtWidgets import QLabel

from cbs_desktop.screening import instrument_store
from cbs_desktop.screening.results import Result
from cbs_desktop.screening.scoring import outcome
from ui.screening.result import shown


def test_two_sets_of_bands_that_contradict_each_other_give_one_verdict(qtbot, dressed):
    form = instrument_store.instrument("mspss")
    answers = {number: 5 if number <= 5 else 3 for number in range(1, 13)}
    found = outcome(form, answers, "F", "RW")
    mean, total = found.scores[:2]
    assert (mean.bands[0].word["en"], total.bands[0].word["en"]) == (
        "moderate support",
        "low support",
    )
    day = date(2026, 3, 2)
    result = Result(1, 1, day, "endline", "clerk", "", form, answers, found)
    panel = shown(result)
    qtbot.addWidget(panel)
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert [text for text in said if text == "moderate support"]
    assert not [text for text in said if text == "low support"]
    (told,) = [text for text in said if "low support" in text]
    assert "not counted" in told and "12 to 48" in told
