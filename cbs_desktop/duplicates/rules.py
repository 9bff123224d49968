"""What counts as alike, and what can be said of two records that are."""

# Probabilities that two records are one person.
PROBABLE = 0.9
POSSIBLE = 0.4
WORTH_A_LOOK = 0.02  # while somebody is typed: a look costs less than a second record

# What somebody says of two records that are alike.
DIFFERENT, LATER = "different", "later"
VERDICTS = (DIFFERENT, LATER)


def pair(one: int, other: int) -> tuple[int, int]:
    """Two ids in the order in which pairs are kept."""
    return min(one, other), max(one, other)
