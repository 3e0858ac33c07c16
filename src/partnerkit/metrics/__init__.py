"""What the figures of a policy are, each traceable to records: pure functions of a register, a policy and a period."""
