"""Tests of the policy language and of the packs written in it."""
