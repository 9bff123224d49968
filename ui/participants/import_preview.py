"""The first rows of an import as they will be read."""

from cbs_desktop.words import _
from ui.widgets.table import Column


def preview_columns() -> list[Column]:
    """Row, name, sex, birth, place and what else is seen at a glance."""
    return [
        Column(_("Row"), lambda one: str(one.row), right=True, width=56),
        Column(
            _("Name"),
            lambda one: f"{one.details.own_name} {one.details.other_names}",
            strong=True,
            stretch=True,
            width=200,
        ),
        Column(_("Sex"), lambda one: one.details.sex, width=50),
        Column(
            _("Birth"),
            lambda one: str(one.details.born_on or one.details.born_year or ""),
            width=100,
        ),
        Column(
            _("Place"),
            lambda one: " › ".join(name for name in one.place if name),
            width=230,
        ),
        Column(_("Facility"), lambda one: one.facility, width=120),
        Column(
            "",
            chip=lambda one: ("stop", _("look")) if one.faults else ("ok", _("read")),
            width=84,
        ),
    ]
