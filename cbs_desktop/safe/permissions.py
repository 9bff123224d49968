"""Who may do what: the permissions, the roles, and the one table that joins them."""

from enum import StrEnum


class Permission(StrEnum):
    """What an action or query asks of the account that calls it."""

    LOOK = "look"  # people without anything sensitive
    REGISTER = "register"
    IMPORT = "import"
    MERGE = "merge"  # two records of one person
    SEE_BACKGROUND = "see background"
    RECORD_SCREENING = "record screening"
    SEE_SCORES = "see scores"
    DECIDE = "decide"
    SAFETY = "safety"
    ALLOCATE = "allocate"
    KEEP_APART = "keep apart"
    MARK_ATTENDANCE = "mark attendance"
    CERTIFY = "certify"
    OVERRIDE = "override"  # a certificate though the programme's rule was not met
    PRINT = "print"
    REPORT = "report"
    SET_UP = "set up"
    ACCOUNTS = "accounts"
    BACK_UP = "back up"
    READ_JOURNAL = "read journal"
    RIGHTS = "rights"  # requests of people about their data, restriction
    ERASE = "erase"
    OWN_ACCOUNT = "own account"  # for everybody who can sign in


class Role(StrEnum):
    """What a person is in the office; one person may hold several."""

    COORDINATOR = "coordinator"
    SCREENER = "screener"
    CLERK = "clerk"
    AUDITOR = "auditor"


_P = Permission
TABLE: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(_P) - {_P.SEE_SCORES, _P.SAFETY, _P.DECIDE},
    Role.SCREENER: frozenset(
        {
            _P.OWN_ACCOUNT,
            _P.LOOK,
            _P.RECORD_SCREENING,
            _P.SEE_SCORES,
            _P.DECIDE,
            _P.SAFETY,
            _P.SEE_BACKGROUND,
            _P.PRINT,
            _P.KEEP_APART,
        }
    ),
    Role.CLERK: frozenset(
        {
            _P.OWN_ACCOUNT,
            _P.LOOK,
            _P.REGISTER,
            _P.IMPORT,
            _P.RECORD_SCREENING,
            _P.MARK_ATTENDANCE,
            _P.PRINT,
        }
    ),
    Role.AUDITOR: frozenset({_P.OWN_ACCOUNT, _P.REPORT, _P.READ_JOURNAL}),
}


def allowed(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that these roles together may do."""
    return frozenset().union(*(TABLE[role] for role in roles))
