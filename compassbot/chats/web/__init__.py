"""An office in a web page: the chat that needs no account, with the same cards and forms as the others."""

from compassbot.chats.web.archive import Archive, Kept, MemoryArchive, Told
from compassbot.chats.web.listen import routes
from compassbot.chats.web.office import Channel, Colleague, Office
from compassbot.chats.web.pages import OfficeClock
from compassbot.chats.web.send import WebChat

__all__ = [
    "Archive",
    "Channel",
    "Colleague",
    "Kept",
    "MemoryArchive",
    "Office",
    "OfficeClock",
    "Told",
    "WebChat",
    "routes",
]
