"""Whole histories at random: made legal, tampered with in one commit, landed in several ways; judged by the audit."""
