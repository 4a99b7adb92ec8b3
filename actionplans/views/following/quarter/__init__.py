"""«Mi trimestre»: what an office has to report in a period."""
