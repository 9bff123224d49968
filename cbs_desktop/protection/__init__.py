"""The law on personal data in the program: country rules, and what is done when something was lost or seen."""
