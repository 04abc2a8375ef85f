"""Contacts, promises, contracts and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_calendar_feeds_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feeds_secret_hash")),
    )
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feeds_user_id"), ["user_id"], unique=False)

    op.create_table(
        "review_rules",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_review_rules_saved_by_users")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_review_rules")),
    )
    op.create_table(
        "weekly_digests",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_weekly_digests_user_id_users")
        ),
        sa.PrimaryKeyConstraint("user_id", "week", name=op.f("pk_weekly_digests")),
    )
    op.create_table(
        "briefings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_for", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_briefings_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["made_for"], ["users.id"], name=op.f("fk_briefings_made_for_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefings")),
    )
    with op.batch_alter_table("briefings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefings_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_briefings_made_for"), ["made_for"], unique=False)

    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("number_folded", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=250), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("renews_months", sa.Integer(), nullable=True),
        sa.Column("index_clause", sa.String(length=500), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=True),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("notice_by", sa.Date(), nullable=True),
        sa.Column("start_by", sa.Date(), nullable=True),
        sa.Column("start_by_why", sa.JSON(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_contracts_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_contracts_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_contracts_owner_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["path_id"], ["approval_paths.id"], name=op.f("fk_contracts_path_id_approval_paths")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["contracts.id"], name=op.f("fk_contracts_predecessor_id_contracts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
    )
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contracts_client_id_ends_on"), ["client_id", "ends_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_number_folded"), ["number_folded"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_path_id"), ["path_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_predecessor_id"), ["predecessor_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contracts_source_external_id"), ["source", "external_id"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_contracts_start_by"), ["start_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_state"), ["state"], unique=False)

    op.create_table(
        "interactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("door", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=250), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_interactions_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_interactions_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_interactions_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_in"],
            ["dossier_changes.id"],
            name=op.f("fk_interactions_taken_back_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions")),
    )
    with op.batch_alter_table("interactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interactions_change_id"), ["change_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_interactions_client_id_happened_at"),
            ["client_id", "happened_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_interactions_door_external_id"), ["door", "external_id"], unique=True
        )

    op.create_table(
        "contract_files",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["users.id"], name=op.f("fk_contract_files_added_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_contract_files_attachment_id_attachments"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_files_contract_id_contracts")
        ),
        sa.PrimaryKeyConstraint("contract_id", "attachment_id", name=op.f("pk_contract_files")),
    )
    op.create_table(
        "contract_versions",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_contract_versions_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_contract_versions_contract_id_contracts"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_contract_versions_saved_by_users")
        ),
        sa.PrimaryKeyConstraint("contract_id", "number", name=op.f("pk_contract_versions")),
    )
    with op.batch_alter_table("contract_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_versions_change_id"), ["change_id"], unique=False
        )

    op.create_table(
        "interaction_colleagues",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_interaction_colleagues_interaction_id_interactions"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_interaction_colleagues_user_id_users")
        ),
        sa.PrimaryKeyConstraint(
            "interaction_id", "user_id", name=op.f("pk_interaction_colleagues")
        ),
    )
    with op.batch_alter_table("interaction_colleagues", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interaction_colleagues_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "interaction_persons",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_interaction_persons_interaction_id_interactions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_interaction_persons_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "person_id", name=op.f("pk_interaction_persons")),
    )
    with op.batch_alter_table("interaction_persons", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interaction_persons_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "interaction_quotes",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_interaction_quotes_interaction_id_interactions"),
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_interaction_quotes_page_id_pages")
        ),
        sa.PrimaryKeyConstraint(
            "interaction_id", "number", "page_id", name=op.f("pk_interaction_quotes")
        ),
    )
    with op.batch_alter_table("interaction_quotes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interaction_quotes_page_id"), ["page_id"], unique=False
        )

    op.create_table(
        "interaction_texts",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_interaction_texts_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_interaction_texts_interaction_id_interactions"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_interaction_texts_saved_by_users")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "number", name=op.f("pk_interaction_texts")),
    )
    with op.batch_alter_table("interaction_texts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interaction_texts_change_id"), ["change_id"], unique=False
        )

    op.create_table(
        "interaction_topics",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_interaction_topics_interaction_id_interactions"),
        ),
        sa.PrimaryKeyConstraint(
            "interaction_id", "kind", "ref", name=op.f("pk_interaction_topics")
        ),
    )
    with op.batch_alter_table("interaction_topics", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interaction_topics_kind_ref"), ["kind", "ref"], unique=False
        )

    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("by_us", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_promises_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_promises_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name=op.f("fk_promises_interaction_id_interactions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_promises_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_promises_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promises_client_id_state_due_on"),
            ["client_id", "state", "due_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_promises_interaction_id"), ["interaction_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_promises_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_promises_user_id_state_due_on"),
            ["user_id", "state", "due_on"],
            unique=False,
        )

    op.create_table(
        "renewal_opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_renewal_opinions_by_users")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_renewal_opinions_contract_id_contracts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_opinions")),
    )
    with op.batch_alter_table("renewal_opinions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_renewal_opinions_contract_id_days_before_voice"),
            ["contract_id", "days_before", "voice"],
            unique=False,
        )

    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("since_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_reviews_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_reviews_contract_id_contracts")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["users.id"], name=op.f("fk_reviews_opened_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["users.id"], name=op.f("fk_reviews_signed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["since_id"], ["reviews.id"], name=op.f("fk_reviews_since_id_reviews")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_state"), ["state"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_follow_ups_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_follow_ups_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], name=op.f("fk_follow_ups_ended_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_follow_ups_review_id_reviews")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_follow_ups_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_review_id"), ["review_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_follow_ups_user_id_state_due_on"),
            ["user_id", "state", "due_on"],
            unique=False,
        )

    op.create_table(
        "promise_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_promise_events_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promises.id"], name=op.f("fk_promise_events_promise_id_promises")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_promise_events_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_in"],
            ["dossier_changes.id"],
            name=op.f("fk_promise_events_taken_back_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_promise_events_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_events")),
    )
    with op.batch_alter_table("promise_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promise_events_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_promise_events_promise_id"), ["promise_id"], unique=False
        )

    op.create_table(
        "review_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_review_remarks_by_users")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_review_remarks_review_id_reviews")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_remarks")),
    )
    with op.batch_alter_table("review_remarks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_remarks_review_id"), ["review_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("review_remarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_remarks_review_id"))

    op.drop_table("review_remarks")
    with op.batch_alter_table("promise_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_events_promise_id"))
        batch_op.drop_index(batch_op.f("ix_promise_events_change_id"))

    op.drop_table("promise_events")
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_user_id_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_review_id"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_client_id"))

    op.drop_table("follow_ups")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_state"))
        batch_op.drop_index(batch_op.f("ix_reviews_contract_id"))
        batch_op.drop_index(batch_op.f("ix_reviews_client_id"))

    op.drop_table("reviews")
    with op.batch_alter_table("renewal_opinions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_renewal_opinions_contract_id_days_before_voice"))

    op.drop_table("renewal_opinions")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_user_id_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_promises_person_id"))
        batch_op.drop_index(batch_op.f("ix_promises_interaction_id"))
        batch_op.drop_index(batch_op.f("ix_promises_client_id_state_due_on"))

    op.drop_table("promises")
    with op.batch_alter_table("interaction_topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_topics_kind_ref"))

    op.drop_table("interaction_topics")
    with op.batch_alter_table("interaction_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_texts_change_id"))

    op.drop_table("interaction_texts")
    with op.batch_alter_table("interaction_quotes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_quotes_page_id"))

    op.drop_table("interaction_quotes")
    with op.batch_alter_table("interaction_persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_persons_person_id"))

    op.drop_table("interaction_persons")
    with op.batch_alter_table("interaction_colleagues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_colleagues_user_id"))

    op.drop_table("interaction_colleagues")
    with op.batch_alter_table("contract_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_versions_change_id"))

    op.drop_table("contract_versions")
    op.drop_table("contract_files")
    with op.batch_alter_table("interactions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interactions_door_external_id"))
        batch_op.drop_index(batch_op.f("ix_interactions_client_id_happened_at"))
        batch_op.drop_index(batch_op.f("ix_interactions_change_id"))

    op.drop_table("interactions")
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contracts_state"))
        batch_op.drop_index(batch_op.f("ix_contracts_start_by"))
        batch_op.drop_index(batch_op.f("ix_contracts_source_external_id"))
        batch_op.drop_index(batch_op.f("ix_contracts_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_contracts_path_id"))
        batch_op.drop_index(batch_op.f("ix_contracts_owner_id"))
        batch_op.drop_index(batch_op.f("ix_contracts_number_folded"))
        batch_op.drop_index(batch_op.f("ix_contracts_ends_on"))
        batch_op.drop_index(batch_op.f("ix_contracts_client_id_ends_on"))

    op.drop_table("contracts")
    with op.batch_alter_table("briefings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_briefings_made_for"))
        batch_op.drop_index(batch_op.f("ix_briefings_client_id"))

    op.drop_table("briefings")
    op.drop_table("weekly_digests")
    op.drop_table("review_rules")
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feeds_user_id"))

    op.drop_table("calendar_feeds")
