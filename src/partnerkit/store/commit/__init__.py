"""The atomic commit: it lands whole or not at all, whatever fails or dies."""
