"""What the overview answers, each from its own file."""

from cbs_desktop.overview.consents import consequences
from cbs_desktop.overview.history import history
from cbs_desktop.overview.home import today
from cbs_desktop.overview.lists import list_choice, people_list, roster_ids
from cbs_desktop.overview.roster import by_state, find_people, record, roster

__all__ = [
    "by_state",
    "consequences",
    "find_people",
    "history",
    "list_choice",
    "people_list",
    "record",
    "roster",
    "roster_ids",
    "today",
]
