"""Closing a period: the seal, the snapshot under it, and the proof that it holds."""
