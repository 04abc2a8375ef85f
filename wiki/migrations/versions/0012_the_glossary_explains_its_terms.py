"""The glossary explains its terms in both languages."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("synonym_groups", schema=None) as batch_op:
        for name in ("explanation_ru", "explanation_en"):
            batch_op.add_column(
                sa.Column(name, sa.String(length=600), nullable=False, server_default="")
            )
    with op.batch_alter_table("synonym_groups", schema=None) as batch_op:
        for name in ("explanation_ru", "explanation_en"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("synonym_groups", schema=None) as batch_op:
        batch_op.drop_column("explanation_en")
        batch_op.drop_column("explanation_ru")
