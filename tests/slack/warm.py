"""Reads, when it is imported, what a server reads once: for a process from which servers are forked, and for that alone.

It takes two seconds, and would take them at each of a hundred starts.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from compassbot.app.asgi import make_app
from compassbot.app.opening import open_database
from compassbot.app.parts import house_of, put_together
from compassbot.app.slack_office import running_slack
from compassbot.guard import read
from compassbot.settings import Settings
from compassbot.words import LANGUAGES, Words
from tests.office import KEY
from tests.slack import serve_fast  # noqa: F401 - what the servers run
from tests.slack.local import BOT_TOKEN, SIGNING_SECRET


def _open(folder: Path) -> None:
    """Put a server together and take it apart: what it needs is loaded by then, and no thread is left."""
    settings = Settings(
        data_dir=folder, key=KEY.decode(), slack_bot_token=BOT_TOKEN, slack_signing_secret=SIGNING_SECRET
    )
    parts = put_together(open_database(settings), house_of(settings))
    config = uvicorn.Config(make_app(running_slack(parts, settings)), log_config=None)
    config.load()
    config.get_loop_factory()
    parts.database.close()


with TemporaryDirectory() as _folder:
    _open(Path(_folder))
for _language in LANGUAGES:
    Words(_language)
    read("Een zin om wakker te worden.", _language)
