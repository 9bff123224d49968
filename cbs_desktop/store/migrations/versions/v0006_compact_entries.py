"""First marks are journalled by their letter alone: only the triggers change, which are made anew after the steps."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing of the tables; entries that are there stay as they were written."""
