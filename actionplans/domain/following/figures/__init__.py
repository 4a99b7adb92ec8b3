"""Where things stand: from rows to the facts that the arithmetic asks for, and its figures."""
