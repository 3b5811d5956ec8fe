"""Turns are counted on PostgreSQL, so that a process knows whether another one wrote since its own last turn."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a sequence; SQLite counts by itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE turns")


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE turns")
