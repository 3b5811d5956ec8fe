"""An index for the messages that one person sees, so that they can go after a day."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_web_messages_only_for", "web_messages", ["only_for"])
