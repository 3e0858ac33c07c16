"""What a written policy demands: the policy language, and the packs that are written in it."""
