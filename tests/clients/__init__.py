"""What other programs make of what partnerkit writes: only `make test-clients` runs these, see run.py."""
