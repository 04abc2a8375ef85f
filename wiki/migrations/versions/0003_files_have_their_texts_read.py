"""Files have their texts read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_texts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("extractor_version", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_file_texts_sha256_blobs")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_texts")),
    )
    with op.batch_alter_table("file_texts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_file_texts_state_wanted_at"), ["state", "wanted_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("file_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_texts_state_wanted_at"))

    op.drop_table("file_texts")
