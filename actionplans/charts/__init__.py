"""Drawings as values: figures in, places out; templates write them as SVG, for pages and for paper. Pure."""

from .chart import Chart, Series, bar_chart, line_chart

__all__ = ["Chart", "Series", "bar_chart", "line_chart"]
