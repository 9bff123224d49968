"""Who sits with whom: proposals, groups, memberships, planned sessions."""
