"""The periods of a year: their dates, what is due in them and until when."""
