"""Workbooks as such: written row by row, and the one that is filled without internet."""
