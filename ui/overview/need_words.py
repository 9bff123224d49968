"""What needs a person, as Home says it: of each list its icon, what it is, more about it; every one leads to its list."""

from cbs_desktop.overview.home import Todo
from cbs_desktop.words import _, many

_N = str  # marks words for the catalogues; they are translated when they are shown
# code → (kind, icon, place, list)
WAYS = {
    "registers of today": ("info", "register", "needs", "todays-registers"),
    "registers missing": ("warn", "register", "needs", "no-register"),
    "absent twice": ("warn", "visit", "needs", "visits"),
    "cannot graduate": ("warn", "falling", "needs", "cannot-graduate"),
    "must not miss": ("warn", "falling", "needs", "must-attend"),
    "never came": ("warn", "visit", "needs", "never-came"),
    "no facilitator": ("warn", "facilitators", "needs", "no-facilitator"),
    "meeting day": ("info", "calendar", "needs", "meeting-day"),
}


def said(todo: Todo, since: str) -> tuple[str, str, str]:
    """What is to do, more about it, and the words of its button; `since` is the oldest day in words."""
    one, more = _WHAT[todo.code]
    what = many(one, more, todo.count)
    if todo.code == "registers missing":
        oldest = _("Oldest: {group}, {day}.")
        return what, oldest.format(group=todo.example, day=since), _("See list")
    return what, _more(todo.code).format(name=todo.example), _("See list")


# code → one, more
_WHAT = {
    "registers of today": (_N("{n} register of today is open"), _N("{n} registers of today are open")),
    "registers missing": (_N("{n} register is missing"), _N("{n} registers are missing")),
    "absent twice": (_N("{n} person to visit"), _N("{n} people to visit")),
    "cannot graduate": (_N("{n} person can no longer graduate"), _N("{n} people can no longer graduate")),
    "must not miss": (
        _N("{n} person must not miss another session"), _N("{n} people must not miss another session"),
    ),
    "never came": (_N("{n} person joined and never came"), _N("{n} people joined and never came")),
    "no facilitator": (_N("{n} group lacks a facilitator"), _N("{n} groups lack a facilitator")),
    "meeting day": (_N("{n} group meets on a day that suits few"), _N("{n} groups meet on a day that suits few")),
}  # fmt: skip


def _more(code: str) -> str:
    return {
        "registers of today": _(
            "The first: {name}. Mark who came, then Ctrl+Enter opens the next."
        ),
        "absent twice": _("Absent twice in a row: {name} and others."),
        "cannot graduate": _("Even if they come to all that remain: {name} …"),
        "must not miss": _("They need every remaining session: {name} …"),
        "never came": _("Two sessions or more were held since: {name} …"),
        "no facilitator": _("The first: {name}."),
        "meeting day": _("The first: {name}."),
    }[code]
