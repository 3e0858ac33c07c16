"""The judge's own words: every reason for which something is not met, or breaks a rule, from registers in memory."""
