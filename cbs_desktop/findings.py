"""What the check of an office comes to: values alone; the words are in keeping/problems.py."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: a word of `keeping.problems.FINDINGS`, and the facts of its sentence."""

    kind: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is wrong; `well` when nothing is."""

    schema: str
    acts: int
    rows: int
    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def as_json(self) -> dict[str, object]:
        """For commands."""
        findings = [{"kind": one.kind, **one.facts} for one in self.findings]
        return {
            "well": self.well,
            "schema": self.schema,
            "acts": self.acts,
            "rows": self.rows,
            "findings": json.loads(json.dumps(findings, default=str)),
        }

    def kinds(self) -> set[str]:
        """The kinds of what was found."""
        return {finding.kind for finding in self.findings}
