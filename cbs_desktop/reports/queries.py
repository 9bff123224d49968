"""What the reports room answers, each from its own file."""

from cbs_desktop.reports.graduation import graduates, graduation
from cbs_desktop.reports.outcomes import outcomes

__all__ = ["graduates", "graduation", "outcomes"]
