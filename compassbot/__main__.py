"""`python -m compassbot` is the command line."""

from compassbot.cli import main

main()
