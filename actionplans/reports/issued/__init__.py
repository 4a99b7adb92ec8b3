"""Files that leave the portal: their codes, the ones that are kept, how a browser gets them."""
