"""A draft and a file that says it anew: what differs, and the plan that a person's choices make of both."""
