"""What public pages show of follow-up: figures of closings and what counted in them."""
