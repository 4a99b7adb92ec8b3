"""The read-only API: the tables of open data, a page at a time, described by OpenAPI."""
