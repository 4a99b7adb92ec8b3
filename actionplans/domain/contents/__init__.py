"""What a plan says, as values: from rows, to rows, to JSON and back."""
