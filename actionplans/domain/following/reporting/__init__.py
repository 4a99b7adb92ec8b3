"""Reports: begun as drafts, sent, reviewed, verified, and all their versions."""
