"""What tests of participants share."""

import pytest


@pytest.fixture
def page(window, desk, settle):
    window.open("participants")
    settle(desk)
    return window._pages["participants"]
