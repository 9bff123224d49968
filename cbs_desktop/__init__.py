"""The office: tables, rules, actions, queries and paper of a sociotherapy season; no Qt."""
