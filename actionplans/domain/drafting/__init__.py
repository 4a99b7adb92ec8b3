"""Changing a draft: its rows, their order, and what it says beside them."""
