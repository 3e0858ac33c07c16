"""partnerkit runs a community's written partnership policy on records kept in git."""

__version__ = "0.1.0"
