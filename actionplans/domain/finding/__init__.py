"""Finding what is published: what each published thing says is written down, and asked for by words."""
