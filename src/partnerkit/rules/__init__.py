"""The judge: pure functions from steps and registers to findings."""
