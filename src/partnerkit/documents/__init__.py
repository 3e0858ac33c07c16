"""What documents say: the words of a template, filled from one record, its policy and its register."""
