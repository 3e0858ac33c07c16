"""The repository and its trees, through git's plumbing."""
