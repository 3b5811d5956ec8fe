"""Slack joined to the bot: in one workspace by its token, or in many by OAuth."""

from __future__ import annotations

from compassbot.app.asgi import Running
from compassbot.app.parts import Parts
from compassbot.settings import Settings


def running_slack(parts: Parts, settings: Settings) -> Running:
    """Return the running app of a bot that is in Slack. Raises CannotStart where something is missing."""
    if settings.slack_client_id and not settings.slack_bot_token:
        from compassbot.app.slack_many import many_workspaces

        return many_workspaces(parts, settings)
    from compassbot.app.slack_one import one_workspace

    return one_workspace(parts, settings)
