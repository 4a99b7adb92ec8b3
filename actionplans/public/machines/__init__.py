"""What programs read beside the pages: the feed, the maps of the site, linked data."""
