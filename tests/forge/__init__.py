"""A forge for tests: runs the steps of workflows in a real shell, with a stand-in for the forge's own API."""
