"""What a closing said: its act, its figures, what counted in it."""
