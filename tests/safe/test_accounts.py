"""Keys and accounts: each person with an own slot, a recovery code, growing waits, and keys only where the role needs them."""

from datetime import UTC, datetime, timedelta

import pytest

from cbs_desktop.errors import (
    NameTaken,
    Refused,
    WaitFirst,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Role

PASSWORD = "four plain words"  # of conftest.py


def test_every_account_opens_with_its_own_password(folder):
    assert accounts.names(folder) == ["auditor", "clerk", "coordinator", "screener"]
    keys, roles = accounts.unlock(folder, "screener", PASSWORD)
    assert roles == {Role.SCREENER} and keys.clinical and not keys.signing
    keys, roles = accounts.unlock(folder, "clerk", PASSWORD)
    assert not keys.clinical and not keys.signing


def test_wrong_tries_cost_a_growing_wait(folder):
    day = datetime(2026, 3, 2, 9, tzinfo=UTC)
    times = [day]

    def now():
        return times[-1]

    waits = []
    for _ in range(9):
        with pytest.raises(WrongPassword) as raised:
            accounts.unlock(folder, "clerk", "not it at all", now)
        waits.append(raised.value.facts["wait"])
        times.append(now() + timedelta(seconds=waits[-1]))
    assert waits == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    times.append(now() - timedelta(seconds=1))
    with pytest.raises(WaitFirst) as first:
        accounts.unlock(folder, "clerk", PASSWORD, now)
    assert 1 <= first.value.facts["wait"] <= 2
    accounts.unlock(folder, "screener", PASSWORD, now)
    times.append(now() + timedelta(seconds=1))
    accounts.unlock(folder, "clerk", PASSWORD, now)


def test_somebody_unknown_is_not_told_apart_from_a_wrong_password(folder):
    with pytest.raises(WrongPassword):
        accounts.unlock(folder, "nobody", PASSWORD)


def test_a_changed_password(folder):
    accounts.change_password(folder, "clerk", PASSWORD, "another four words")
    accounts.unlock(folder, "clerk", "another four words")
    with pytest.raises(WrongPassword):
        accounts.unlock(folder, "clerk", PASSWORD)
    with pytest.raises(WeakPassword):
        accounts.change_password(folder, "clerk", "another four words", "short")


def test_the_recovery_code_gives_a_new_password(folder, office_template):
    code = (office_template.parent / "code").read_text()
    with pytest.raises(WrongCode):
        accounts.recover(folder, "WRONG-CODE", "clerk", "brand new words")
    accounts.recover(folder, f" {code.lower()} ", "clerk", "brand new words")
    keys, _roles = accounts.unlock(folder, "clerk", "brand new words")
    assert not keys.clinical


def test_nobody_gives_what_they_do_not_hold(folder):
    clerk, _roles = accounts.unlock(folder, "clerk", PASSWORD)
    with pytest.raises(Refused):
        accounts.add(folder, clerk, "second", frozenset({Role.SCREENER}), PASSWORD)
    coordinator, _roles = accounts.unlock(folder, "coordinator", PASSWORD)
    with pytest.raises(NameTaken):
        accounts.add(folder, coordinator, "clerk", frozenset({Role.CLERK}), PASSWORD)
    accounts.add(folder, coordinator, "second", frozenset({Role.CLERK}), PASSWORD)
    accounts.unlock(folder, "second", PASSWORD)
