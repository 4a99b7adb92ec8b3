"""What everybody reads, without logging in: only what is published, only of the entity in the address."""
