"""Deals are reported on fast, and reasons stand ready."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: The usual reasons: code, for which deals (none: for both), Russian, English.
_USUAL = (
    ("price", "lost", "Цена", "Price"),
    ("no_budget", "lost", "Нет бюджета", "No budget"),
    ("no_decision", "lost", "Решение так и не приняли", "No decision was made"),
    ("competitor", "lost", "Выбрали другого поставщика", "Another supplier was chosen"),
    ("function_gap", "lost", "Не хватило возможностей продукта", "The product lacked something"),
    ("timing", "lost", "Не вовремя", "Wrong time"),
    ("relationship", "lost", "Отношения не сложились", "Relations did not work out"),
    ("legal_security", "lost", "Возразили юристы или безопасность", "Legal or security objected"),
    ("our_fault", "lost", "Наша ошибка", "Our own fault"),
    ("won_fit", "won", "Продукт подошёл лучше всех", "The product fitted best"),
    ("won_price", "won", "Цена и условия", "Price and terms"),
    ("won_relationship", "won", "Доверие и давние отношения", "Trust and long relations"),
    ("won_proof", "won", "Испытания и отзывы", "A trial or references"),
    ("won_speed", "won", "Быстрота и сроки", "Speed and dates"),
    ("unknown", None, "Неизвестно", "Not known"),
)


def upgrade() -> None:
    with op.batch_alter_table("deal_closings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_closings_deal_id"))
        batch_op.create_index(
            batch_op.f("ix_deal_closings_deal_id_is_newest_reason_id"),
            ["deal_id", "is_newest", "reason_id"],
            unique=False,
        )

    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deals_kind_closed_on"))
        batch_op.create_index(
            "ix_deals_closed",
            [
                "kind",
                "closed_on",
                "currency",
                "client_id",
                "owner_id",
                "amount",
                "list_total",
                "gone_at",
            ],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_deals_loss_reason"), ["loss_reason"], unique=False)

    _add_usual_reasons()


def _add_usual_reasons() -> None:
    names = ("code", "kind", "name_ru", "name_en")
    columns = [sa.column(name, sa.String) for name in names]
    table = sa.table(
        "close_reasons", *columns, sa.column("rank", sa.Integer), sa.column("archived", sa.Boolean)
    )
    rows = [
        {**dict(zip(names, reason, strict=True)), "rank": rank, "archived": False}
        for rank, reason in enumerate(_USUAL, 1)
    ]
    op.bulk_insert(table, rows)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM deal_closings"))
    op.execute(sa.text("DELETE FROM close_reasons"))
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deals_loss_reason"))
        batch_op.drop_index("ix_deals_closed")
        batch_op.create_index(
            batch_op.f("ix_deals_kind_closed_on"), ["kind", "closed_on"], unique=False
        )

    with op.batch_alter_table("deal_closings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_closings_deal_id_is_newest_reason_id"))
        batch_op.create_index(batch_op.f("ix_deal_closings_deal_id"), ["deal_id"], unique=False)
