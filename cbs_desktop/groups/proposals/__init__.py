"""Proposals of groups: kept, shown on the board, changed by hand, compared, accepted."""
