"""What falls due when, and why: pure functions of a register and one day."""
