"""Deals, who they belong to, and what they tell."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "close_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_ru", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_close_reasons")),
        sa.UniqueConstraint("code", name=op.f("uq_close_reasons_code")),
    )
    op.create_table(
        "pipeline_forecasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("likely", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipeline_forecasts")),
    )
    with op.batch_alter_table("pipeline_forecasts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pipeline_forecasts_made_on_month_currency"),
            ["made_on", "month", "currency"],
            unique=True,
        )

    op.create_table(
        "deal_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("hook", sa.String(length=64), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_deal_sources_created_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_sources")),
        sa.UniqueConstraint("hook", name=op.f("uq_deal_sources_hook")),
        sa.UniqueConstraint("name", name=op.f("uq_deal_sources_name")),
    )
    op.create_table(
        "discount_policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_discount_policies_saved_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_policies")),
        sa.UniqueConstraint("number", name=op.f("uq_discount_policies_number")),
    )
    op.create_table(
        "deal_loads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=250), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_deal_loads_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["deal_sources.id"], name=op.f("fk_deal_loads_source_id_deal_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_loads")),
    )
    with op.batch_alter_table("deal_loads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_loads_source_id"), ["source_id"], unique=False)

    op.create_table(
        "deal_owners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("manager", sa.String(length=200), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("matched", sa.String(length=20), nullable=True),
        sa.Column("is_nobody", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_deal_owners_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["deal_sources.id"], name=op.f("fk_deal_owners_source_id_deal_sources")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_deal_owners_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_owners")),
    )
    with op.batch_alter_table("deal_owners", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deal_owners_source_id_key"), ["source_id", "key"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_deal_owners_user_id"), ["user_id"], unique=False)

    op.create_table(
        "deal_product_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("matched", sa.String(length=20), nullable=True),
        sa.Column("is_nobody", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_deal_product_names_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_deal_product_names_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["deal_sources.id"],
            name=op.f("fk_deal_product_names_source_id_deal_sources"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_product_names")),
    )
    with op.batch_alter_table("deal_product_names", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deal_product_names_page_id"), ["page_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deal_product_names_source_id_key"), ["source_id", "key"], unique=True
        )

    op.create_table(
        "deal_pull_states",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("behind", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["deal_sources.id"],
            name=op.f("fk_deal_pull_states_source_id_deal_sources"),
        ),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_deal_pull_states")),
    )
    op.create_table(
        "deal_companies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("name_folded", sa.String(length=300), nullable=False),
        sa.Column("tax_number", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("matched", sa.String(length=20), nullable=True),
        sa.Column("is_nobody", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_deal_companies_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_deal_companies_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["deal_sources.id"],
            name=op.f("fk_deal_companies_source_id_deal_sources"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_companies")),
    )
    with op.batch_alter_table("deal_companies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deal_companies_client_id"), ["client_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deal_companies_name_folded"), ["name_folded"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deal_companies_source_id_key"), ["source_id", "key"], unique=True
        )

    op.create_table(
        "deals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("pipeline", sa.String(length=100), nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("probability", sa.BigInteger(), nullable=True),
        sa.Column("probability_scale", sa.String(length=20), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("loss_reason", sa.String(length=300), nullable=False),
        sa.Column("created_there", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_there", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("list_total", sa.BigInteger(), nullable=True),
        sa.Column("discount", sa.BigInteger(), nullable=True),
        sa.Column("allowed", sa.BigInteger(), nullable=True),
        sa.Column("is_outside_policy", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_deals_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["deal_companies.id"], name=op.f("fk_deals_company_id_deal_companies")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["deal_owners.id"], name=op.f("fk_deals_owner_id_deal_owners")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["deal_sources.id"], name=op.f("fk_deals_source_id_deal_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
    )
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deals_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deals_client_id_kind"), ["client_id", "kind"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deals_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deals_kind_closed_on"), ["kind", "closed_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deals_owner_id_kind"), ["owner_id", "kind"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_deals_source_id_external_id"), ["source_id", "external_id"], unique=True
        )

    op.create_table(
        "deal_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_deal_changes_actor_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_deal_changes_deal_id_deals")
        ),
        sa.ForeignKeyConstraint(
            ["load_id"], ["deal_loads.id"], name=op.f("fk_deal_changes_load_id_deal_loads")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_changes")),
    )
    with op.batch_alter_table("deal_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_changes_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deal_changes_load_id"), ["load_id"], unique=False)

    op.create_table(
        "deal_closings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("competitor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_deal_closings_by_users")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_deal_closings_deal_id_deals")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"],
            ["close_reasons.id"],
            name=op.f("fk_deal_closings_reason_id_close_reasons"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_closings")),
    )
    with op.batch_alter_table("deal_closings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_closings_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deal_closings_reason_id"), ["reason_id"], unique=False)

    op.create_table(
        "deal_contacts",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_deal_contacts_deal_id_deals")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_deal_contacts_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("deal_id", "number", name=op.f("pk_deal_contacts")),
    )
    with op.batch_alter_table("deal_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_contacts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "deal_lines",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_deal_lines_deal_id_deals")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["deal_product_names.id"],
            name=op.f("fk_deal_lines_product_id_deal_product_names"),
        ),
        sa.PrimaryKeyConstraint("deal_id", "number", name=op.f("pk_deal_lines")),
    )
    with op.batch_alter_table("deal_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_lines_product_id"), ["product_id"], unique=False)

    op.create_table(
        "deal_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_deal_stages_deal_id_deals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_stages")),
    )
    with op.batch_alter_table("deal_stages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deal_stages_deal_id_at_stage"), ["deal_id", "at", "stage"], unique=True
        )

    op.create_table(
        "discount_grounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_discount_grounds_approved_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["persons.id"], name=op.f("fk_discount_grounds_asked_by_id_persons")
        ),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_discount_grounds_by_users")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_discount_grounds_deal_id_deals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_grounds")),
    )
    with op.batch_alter_table("discount_grounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discount_grounds_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_discount_grounds_ground"), ["ground"], unique=False)

    op.create_table(
        "deal_runs",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_deal_runs_deal_id_deals")),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["users.id"], name=op.f("fk_deal_runs_linked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["approval_runs.id"], name=op.f("fk_deal_runs_run_id_approval_runs")
        ),
        sa.PrimaryKeyConstraint("deal_id", "run_id", name=op.f("pk_deal_runs")),
    )
    with op.batch_alter_table("deal_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_runs_run_id"), ["run_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("deal_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_runs_run_id"))

    op.drop_table("deal_runs")
    with op.batch_alter_table("discount_grounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_discount_grounds_ground"))
        batch_op.drop_index(batch_op.f("ix_discount_grounds_deal_id"))

    op.drop_table("discount_grounds")
    with op.batch_alter_table("deal_stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_stages_deal_id_at_stage"))

    op.drop_table("deal_stages")
    with op.batch_alter_table("deal_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_lines_product_id"))

    op.drop_table("deal_lines")
    with op.batch_alter_table("deal_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_contacts_person_id"))

    op.drop_table("deal_contacts")
    with op.batch_alter_table("deal_closings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_closings_reason_id"))
        batch_op.drop_index(batch_op.f("ix_deal_closings_deal_id"))

    op.drop_table("deal_closings")
    with op.batch_alter_table("deal_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_changes_load_id"))
        batch_op.drop_index(batch_op.f("ix_deal_changes_deal_id"))

    op.drop_table("deal_changes")
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deals_source_id_external_id"))
        batch_op.drop_index(batch_op.f("ix_deals_owner_id_kind"))
        batch_op.drop_index(batch_op.f("ix_deals_kind_closed_on"))
        batch_op.drop_index(batch_op.f("ix_deals_company_id"))
        batch_op.drop_index(batch_op.f("ix_deals_client_id_kind"))
        batch_op.drop_index(batch_op.f("ix_deals_changed_at"))

    op.drop_table("deals")
    with op.batch_alter_table("deal_companies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_companies_source_id_key"))
        batch_op.drop_index(batch_op.f("ix_deal_companies_name_folded"))
        batch_op.drop_index(batch_op.f("ix_deal_companies_client_id"))

    op.drop_table("deal_companies")
    op.drop_table("deal_pull_states")
    with op.batch_alter_table("deal_product_names", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_product_names_source_id_key"))
        batch_op.drop_index(batch_op.f("ix_deal_product_names_page_id"))

    op.drop_table("deal_product_names")
    with op.batch_alter_table("deal_owners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_owners_user_id"))
        batch_op.drop_index(batch_op.f("ix_deal_owners_source_id_key"))

    op.drop_table("deal_owners")
    with op.batch_alter_table("deal_loads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_loads_source_id"))

    op.drop_table("deal_loads")
    op.drop_table("discount_policies")
    op.drop_table("deal_sources")
    with op.batch_alter_table("pipeline_forecasts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pipeline_forecasts_made_on_month_currency"))

    op.drop_table("pipeline_forecasts")
    op.drop_table("close_reasons")
