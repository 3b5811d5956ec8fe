"""Every setting: its name, what it means, its default. Each is an environment variable: COMPASSBOT_DATA_DIR."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What is needed to start. What an organisation chooses while running is changed with /kompas beheer."""

    model_config = SettingsConfigDict(env_prefix="COMPASSBOT_", extra="ignore")

    data_dir: Path = Field(Path("compassbot-data"), description="The folder for the SQLite file and the key.")
    database_url: str = Field("", description="A PostgreSQL address; without it, a SQLite file in the data folder.")
    key: str = Field("", description="The master key of the vault; without it, a file in the data folder.")
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on.")
    web_chat: Literal["off", "office"] = Field(
        "off",
        description="office: a web chat in which every visitor can be every colleague. For trying out, never for real cases.",
    )
    slack_bot_token: str = Field("", description="The bot's token of one Slack workspace: xoxb-...")
    slack_app_token: str = Field("", description="An app-level token, xapp-...: Slack is reached by Socket Mode.")
    slack_signing_secret: str = Field("", description="What Slack signs its requests with: for HTTP.")
    slack_client_id: str = Field("", description="The app's id for OAuth: for many workspaces in one process.")
    slack_client_secret: str = Field("", description="The app's secret for OAuth.")
    slack_teams: str = Field(
        "", description="The ids of the workspaces that may add the app by OAuth, with commas between. Empty: any."
    )
    slack_api_url: str = Field("https://slack.com/api/", description="The address of Slack's Web API.")
    public_url: str = Field("", description="The https address at which browsers and Slack reach this server.")
    principles: Path | None = Field(None, description="Your own principles.yaml; without it, the one that ships.")
    methods: Path | None = Field(None, description="A folder with your own deliberation methods.")
    taxonomy: Path | None = Field(None, description="A folder with your own causes, building blocks and themes.")
    tokens_css: str = Field("", description="Your published design tokens: a CSS file, by its path or address.")
    language: Literal["nl", "en"] = Field("nl", description="The first language of the channels in a demonstration.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @property
    def uses_slack(self) -> bool:
        """Return whether anything of Slack is set."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_client_id))

    @property
    def slack_allowed(self) -> frozenset[str]:
        """Return the ids of the workspaces that may add the app by OAuth; none when any may."""
        return frozenset(team.strip() for team in self.slack_teams.split(",") if team.strip())

    @property
    def url(self) -> str:
        """Return the SQLAlchemy address of the database."""
        if self.database_url:
            return re.sub("^(postgres|postgresql)://", "postgresql+psycopg://", self.database_url)
        return f"sqlite:///{self.data_dir / 'compassbot.sqlite'}"
