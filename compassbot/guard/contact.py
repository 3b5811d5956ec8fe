"""The ways to reach somebody, by telephone, by mail and on the network."""

from __future__ import annotations

from compassbot.guard.mail import emails
from compassbot.guard.phones import phones
from compassbot.guard.usernames import usernames
from compassbot.guard.web import ips, spoken_urls, urls

__all__ = ["emails", "ips", "phones", "spoken_urls", "urls", "usernames"]
