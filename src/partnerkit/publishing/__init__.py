"""What people who never open a terminal are told of a register: pure, from what readers of a level may see."""
