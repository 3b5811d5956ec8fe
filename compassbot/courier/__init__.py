"""Takes letters from the outbox to the chats, after the commit that made them, in order within a lane."""

from compassbot.courier.anew import Anew
from compassbot.courier.courier import ROOM, TIDY_AFTER, Bounds, Courier
from compassbot.courier.fates import Trouble
from compassbot.courier.ledger import Troubled

__all__ = ["ROOM", "TIDY_AFTER", "Anew", "Bounds", "Courier", "Trouble", "Troubled"]
