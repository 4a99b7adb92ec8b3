"""The audit trail as files."""
