"""Follow-up: periods, what is reported of the promises, its review, and closings."""
