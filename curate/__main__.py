"""`python -m curate` is the command line."""

from curate.cli.main import main

main()
