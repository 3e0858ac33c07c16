"""What a change means to whoever reviews it: pure functions of two trees."""
