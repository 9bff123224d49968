"""Who may open the office: keys, accounts, permissions, sealing, signing."""
