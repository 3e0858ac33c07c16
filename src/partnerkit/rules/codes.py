"""What every finding's code means and why it is a finding."""
CODES: dict[str, str] = {}
