"""A second judge: slow, plain, and written anew from what the documentation says of registers, to hold against the first.

It takes nothing from the rules, steps or registers of partnerkit: only the bytes of two trees, PyYAML, and words of the
policy. Where it does not know a word it says so (`NotCoveredError`) and never guesses that something is legal.
"""
