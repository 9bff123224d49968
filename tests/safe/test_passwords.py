"""Passwords by length and a list of the common; names of accounts that cannot be taken for one another."""

import pytest

from cbs_desktop.errors import CommonPassword, Invalid, NameTaken, WeakPassword
from cbs_desktop.safe import account_names, passwords
from cbs_desktop.safe.passwords import Strength


@pytest.mark.parametrize(
    ("password", "strength"),
    [
        ("", Strength.SHORT),
        ("Kx7!qz", Strength.SHORT),
        ("password", Strength.COMMON),
        ("Passw0rd2026!", Strength.COMMON),
        ("motdepasse", Strength.COMMON),
        ("Imana1994", Strength.COMMON),
        ("rwanda rwanda", Strength.COMMON),
        ("kigali2026", Strength.COMMON),
        ("12345678", Strength.COMMON),
        ("aaaaaaaaaaaaaaaa", Strength.COMMON),
        ("qwertyuiop", Strength.COMMON),
        ("zyxwvuts", Strength.COMMON),
        ("uwera2026", Strength.COMMON),
        ("practice", Strength.FAIR),
        ("mvura ntoya", Strength.FAIR),
        ("four plain words", Strength.GOOD),
        ("igiti n'umugezi wera", Strength.GOOD),
    ],
)
def test_how_hard_a_password_is_to_guess(password, strength):
    assert passwords.strength(password) is strength


def test_what_anybody_knows_of_the_account_is_common():
    assert passwords.strength("Nyirahabimana7") is not Strength.COMMON
    assert passwords.strength("Nyirahabimana7", "NYIRAHABIMANA") is Strength.COMMON


def test_no_rule_asks_for_signs():
    passwords.need_strong("inzoga itetse neza")
    with pytest.raises(WeakPassword):
        passwords.need_strong("Aa1!")
    with pytest.raises(CommonPassword):
        passwords.need_strong("P@ssw0rd!!")


OTHERS = ["UWERA Marie", "clerk"]


@pytest.mark.parametrize(
    "name",
    ["", " ", "--", "clerk", "Clerk ", "CLERK", "c1erk", "uwera  marie", "Uwéra-Marie", "recovery", "Recovery", "REC0VERY"],
)  # fmt: skip
def test_a_name_that_looks_like_another_account_is_taken(name):
    with pytest.raises(NameTaken):
        account_names.checked(name, OTHERS)


@pytest.mark.parametrize("name", ["cl\u200berk", "\u0441lerk", "x" * 41, "a\u202eb"])
def test_signs_that_deceive_are_refused(name):
    with pytest.raises(Invalid):
        account_names.checked(name, OTHERS)


def test_a_name_is_kept_as_it_was_typed():
    assert account_names.checked("  NIYONZIMA   Désiré ", OTHERS) == "NIYONZIMA Désiré"
