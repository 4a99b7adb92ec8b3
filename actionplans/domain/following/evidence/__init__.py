"""Evidence: what is taken, who may see it, what citizens are told of it."""
