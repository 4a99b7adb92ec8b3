"""Open data: published rows as plain tables, the files that carry them and what describes them.

A table is declared once, with a field for each column; files, data package, dictionary, catalogue and the API read
the same declaration and the same rows. It knows nothing of requests.
"""
