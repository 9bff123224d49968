"""What the reports room answers, each from its own file."""

from cbs_desktop.reports.graduation import graduates, graduation
from cbs_desktop.reports.history import history
from cbs_desktop.reports.outcomes import outcomes
from cbs_desktop.reports.people import by_state, find_people, record, roster
from cbs_desktop.reports.today import today

__all__ = [
    "by_state",
    "find_people",
    "graduates",
    "graduation",
    "history",
    "outcomes",
    "record",
    "roster",
    "today",
]
