"""How often a letter failed for sure; and what read marks and keys in the web chat told of people goes.

After this all that was said in the web chat counts as new to everybody, once.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.execute("DELETE FROM web_reads")
    op.execute("UPDATE web_messages SET key = NULL")
