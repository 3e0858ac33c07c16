"""Benchmarks: `python -m bench` measures, prints a table and writes bench/RESULTS.md.

What is measured are whole processes, each beside its limit and its peers in one run, a round of all before the next:
asv and pytest-benchmark measure calls inside one process, one after the other, and compare a program with its own past.
"""
