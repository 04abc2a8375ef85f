"""Lists that come in as files are kept until they are written."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_loads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=250), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_list_loads_created_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_loads")),
    )
    with op.batch_alter_table("list_loads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_loads_created_by"), ["created_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("list_loads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_loads_created_by"))

    op.drop_table("list_loads")
