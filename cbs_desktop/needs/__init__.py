"""What needs a person: registers that are missing, people to visit, groups that lack somebody or meet on a wrong day."""
