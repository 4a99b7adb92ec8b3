"""Synthetic load: many entities with years of plans and follow-up, in bulk; equal seeds give equal content."""
