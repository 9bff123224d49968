"""Papers and files that leave the program: each is noted in the journal, and what leaves with names says for whom."""
