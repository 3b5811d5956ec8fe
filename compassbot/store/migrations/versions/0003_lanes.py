"""Letters that wait are found by their lane alone, and lanes rest."""

import sqlalchemy as sa
from alembic import op

from compassbot.store.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns, one index in the place of two, and a table."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("again_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("trouble", sa.String(length=120), server_default="", nullable=False))
        batch_op.drop_index(batch_op.f("ix_outbox_due_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_lane"))
        batch_op.create_index("ix_outbox_lane_due_at_id", ["lane", "due_at", "id"], unique=False)
    op.create_table(
        "rests",
        sa.Column("lane", sa.String(length=120), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_rests")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("rests")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_lane_due_at_id")
        batch_op.create_index(batch_op.f("ix_outbox_lane"), ["lane"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_due_at"), ["due_at"], unique=False)
        batch_op.drop_column("trouble")
        batch_op.drop_column("again_at")
