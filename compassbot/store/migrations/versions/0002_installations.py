"""The Slack workspaces that installed the app."""

import sqlalchemy as sa
from alembic import op

from compassbot.store.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "install_states",
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_install_states")),
    )
    with op.batch_alter_table("install_states", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_install_states_at"), ["at"], unique=False)
    op.create_table(
        "installations",
        sa.Column("team", sa.String(length=31), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=120), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("installed_at", Moment(), nullable=False),
        sa.Column("renewing_until", Moment(), nullable=True),
        sa.Column("leaving", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_installations")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("installations")
    with op.batch_alter_table("install_states", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_install_states_at"))

    op.drop_table("install_states")
