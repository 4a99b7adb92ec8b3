"""Writing, sending and reading the report of an activity, and what other offices add to it."""
