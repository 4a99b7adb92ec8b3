"""Two versions of a plan, field by field and word by word."""
