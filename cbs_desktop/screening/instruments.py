"""The questionnaires in resources/instruments."""

from functools import lru_cache

from cbs_desktop import resource
from cbs_desktop.errors import Missing, Unreadable
from cbs_desktop.screening import rules
from cbs_desktop.screening.rules import Instrument


@lru_cache
def instrument(key: str) -> Instrument:
    """A questionnaire by its key. Missing when there is no file, Unreadable when it is wrong."""
    if key not in resource.names("instruments", ".toml"):
        raise Missing(what="instrument", id=key)
    try:
        return rules.from_file(resource.toml("instruments", f"{key}.toml"))
    except ValueError as problem:
        raise Unreadable(file=f"instruments/{key}.toml", kind="broken resource", detail=str(problem)) from problem
