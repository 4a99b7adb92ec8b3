"""What is owed, by whom, and how people are told of it."""
