"""The bell counts what is new in saved searches."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("unread_finds", sa.Integer(), nullable=False, server_default="0")
    op.add_column("users", column)


def downgrade() -> None:
    op.drop_column("users", "unread_finds")
