"""One person registered twice: found while typing and afterwards, judged by a person, merged, and parted again."""
