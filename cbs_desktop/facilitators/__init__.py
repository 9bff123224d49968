"""The sociotherapists who lead groups, two by two."""
