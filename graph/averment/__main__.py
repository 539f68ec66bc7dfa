"""`python -m averment`: the command line."""

from averment.cli import main

main()
