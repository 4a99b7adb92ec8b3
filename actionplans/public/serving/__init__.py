"""How public answers are given: kept, shared, only read, and sometimes withheld."""
