"""A plan as files: one builder reads the database, the renderers know only its values."""
