"""All the plans of a selection in one file."""
