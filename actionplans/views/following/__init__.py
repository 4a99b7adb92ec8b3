"""Staff pages of follow-up."""
