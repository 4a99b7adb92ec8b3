"""Reporting without internet: the workbook out, the filled one in."""
