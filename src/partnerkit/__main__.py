"""`python -m partnerkit`."""

from partnerkit.cli.main import main

main()
