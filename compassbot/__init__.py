"""compassbot: moral case deliberation in chat, for public service."""

__version__ = "0.1.0"
