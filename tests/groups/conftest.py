"""What the tests of groups share: a board with a proposal, the dialog that is open, and a search of few steps."""

from random import Random

import pytest
from PySide6.QtWidgets import QApplication

from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation import polish, solver
from cbs_desktop.groups.proposals import proposing


@pytest.fixture
def board(qtbot, window, desk, office, settle, screened, round_id):
    """The board with a proposal of two groups of thirteen."""
    screened(26)
    problem = office.ask(eligible.instance, round_id)
    office.do(proposing.propose, round_id, problem, solver.solve(problem, Random(1)), 1)
    window.open("groups")
    settle(desk)
    return window._pages["groups"]


@pytest.fixture
def top(qtbot):
    """The dialog of a kind that is open, once it is."""

    def wait(kind):
        found = []

        def is_open():
            found[:] = [
                one
                for one in QApplication.topLevelWidgets()
                if isinstance(one, kind) and one.isVisible()
            ]
            assert found

        qtbot.waitUntil(is_open)
        return found[-1]

    return wait


@pytest.fixture(scope="module")
def quick():
    """Few steps of the search: hard rules hold and pins stay whatever time there is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "_STEPS_MOST", 60)
        patch.setattr(solver, "_STEPS_LEAST", 60)
        patch.setattr(polish, "MOST", 0)
        yield
