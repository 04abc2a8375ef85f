"""Clients, positions and people."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


_DEEDS = ("UPDATE", "DELETE")
_SENTENCE = "the history is only ever added to"


def _make_history_append_only() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$"
        )
        for deed in _DEEDS:
            op.execute(
                f"CREATE TRIGGER history_keeps_from_{deed.lower()} BEFORE {deed} ON history "
                "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_history()"
            )
        return
    for deed in _DEEDS:
        op.execute(
            f"CREATE TRIGGER history_keeps_from_{deed.lower()} BEFORE {deed} ON history "
            f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
        )


def _let_history_be_changed() -> None:
    on_table = " ON history" if op.get_bind().dialect.name == "postgresql" else ""
    for deed in _DEEDS:
        op.execute(f"DROP TRIGGER history_keeps_from_{deed.lower()}{on_table}")
    if on_table:
        op.execute("DROP FUNCTION refuse_to_change_history()")


def upgrade() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_folded", sa.String(length=250), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["persons.id"], name=op.f("fk_persons_merged_into_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_persons_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_persons_name_folded"), ["name_folded"], unique=False)

    op.create_table(
        "positions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
    )
    op.create_table(
        "import_mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_import_mappings_created_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mappings")),
    )
    with op.batch_alter_table("import_mappings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_mappings_target"), ["target"], unique=False)

    op.create_table(
        "not_the_same",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_not_the_same_decided_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_the_same")),
    )
    with op.batch_alter_table("not_the_same", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_not_the_same_kind_low_id_high_id"),
            ["kind", "low_id", "high_id"],
            unique=True,
        )

    op.create_table(
        "clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("name_folded", sa.String(length=300), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("legal_name", sa.String(length=300), nullable=False),
        sa.Column("tax_number", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("segment", sa.String(length=100), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=60), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["clients.id"], name=op.f("fk_clients_merged_into_id_clients")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_clients_page_id_pages")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["clients.id"], name=op.f("fk_clients_parent_id_clients")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_clients_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("page_id", name=op.f("uq_clients_page_id")),
    )
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clients_audience_name_folded"), ["audience", "name_folded"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_clients_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_clients_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_clients_name_folded"), ["name_folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_clients_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clients_region"), ["region"], unique=False)
        batch_op.create_index(batch_op.f("ix_clients_segment"), ["segment"], unique=False)
        batch_op.create_index(batch_op.f("ix_clients_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_clients_tax_number"), ["tax_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_clients_team_id"), ["team_id"], unique=False)

    op.create_table(
        "client_domains",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_client_domains_client_id_clients")
        ),
        sa.PrimaryKeyConstraint("client_id", "domain", name=op.f("pk_client_domains")),
    )
    with op.batch_alter_table("client_domains", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_domains_domain"), ["domain"], unique=False)

    op.create_table(
        "dossier_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_dossier_changes_actor_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_dossier_changes_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["dossier_changes.id"],
            name=op.f("fk_dossier_changes_undoes_id_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_changes")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_dossier_changes_undoes_id")),
    )
    with op.batch_alter_table("dossier_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dossier_changes_client_id"), ["client_id"], unique=False
        )

    op.create_table(
        "client_assignments",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_client_assignments_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_client_assignments_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_client_assignments_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_client_assignments_superseded_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_client_assignments_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_assignments")),
    )
    with op.batch_alter_table("client_assignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_assignments_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_assignments_client_id"), ["client_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_assignments_superseded_in"), ["superseded_in"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_assignments_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "client_card_facts",
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_client_card_facts_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_client_card_facts_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_client_card_facts_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_client_card_facts_superseded_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_card_facts")),
    )
    with op.batch_alter_table("client_card_facts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_card_facts_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_card_facts_client_id"), ["client_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_client_card_facts_superseded_in"), ["superseded_in"], unique=False
        )

    op.create_table(
        "employments",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_employments_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_employments_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_employments_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_employments_position_id_positions")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_employments_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_employments_superseded_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employments")),
    )
    with op.batch_alter_table("employments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employments_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_employments_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_employments_client_id_person_id"),
            ["client_id", "person_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_employments_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_employments_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_employments_superseded_in"), ["superseded_in"], unique=False
        )

    op.create_table(
        "influences",
        sa.Column("from_person_id", sa.Integer(), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("both_ways", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_influences_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_influences_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["from_person_id"], ["persons.id"], name=op.f("fk_influences_from_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_influences_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_influences_superseded_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["to_person_id"], ["persons.id"], name=op.f("fk_influences_to_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_influences")),
    )
    with op.batch_alter_table("influences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_influences_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_influences_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_influences_from_person_id"), ["from_person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_influences_superseded_in"), ["superseded_in"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_influences_to_person_id"), ["to_person_id"], unique=False
        )

    op.create_table(
        "judgements",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deal", sa.String(length=100), nullable=False),
        sa.Column("aspect", sa.String(length=20), nullable=False),
        sa.Column("slot", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_judgements_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_judgements_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_judgements_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_judgements_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_judgements_superseded_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgements_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgements_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_judgements_client_id_person_id"),
            ["client_id", "person_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_judgements_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_judgements_superseded_in"), ["superseded_in"], unique=False
        )

    op.create_table(
        "people_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=250), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_people_imports_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_people_imports_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_people_imports_created_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_imports")),
    )
    with op.batch_alter_table("people_imports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_imports_client_id"), ["client_id"], unique=False
        )

    op.create_table(
        "person_contacts",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("folded", sa.String(length=254), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_person_contacts_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_person_contacts_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_person_contacts_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_person_contacts_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_person_contacts_superseded_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_contacts")),
    )
    with op.batch_alter_table("person_contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_contacts_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_contacts_client_id"), ["client_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_contacts_folded"), ["folded"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_contacts_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_contacts_superseded_in"), ["superseded_in"], unique=False
        )

    op.create_table(
        "person_names",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slot", sa.String(length=250), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_person_names_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_person_names_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_person_names_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_person_names_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_person_names_superseded_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_names")),
    )
    with op.batch_alter_table("person_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_names_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_names_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_names_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_names_superseded_in"), ["superseded_in"], unique=False
        )

    op.create_table(
        "position_facts",
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("unit", sa.String(length=250), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_position_facts_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_position_facts_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_position_facts_position_id_positions")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_position_facts_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_position_facts_superseded_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_facts")),
    )
    with op.batch_alter_table("position_facts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_position_facts_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_position_facts_client_id"), ["client_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_position_facts_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_position_facts_superseded_in"), ["superseded_in"], unique=False
        )

    op.create_table(
        "relationships",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("coverage", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("wanted", sa.String(length=20), nullable=True),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_relationships_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_relationships_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_relationships_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_relationships_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_relationships_superseded_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_relationships_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationships")),
    )
    with op.batch_alter_table("relationships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relationships_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relationships_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_relationships_client_id_person_id"),
            ["client_id", "person_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_relationships_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_relationships_superseded_in"), ["superseded_in"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_relationships_user_id"), ["user_id"], unique=False)

    op.create_table(
        "side_lines",
        sa.Column("from_position_id", sa.Integer(), nullable=False),
        sa.Column("to_position_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_side_lines_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_side_lines_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["from_position_id"],
            ["positions.id"],
            name=op.f("fk_side_lines_from_position_id_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_side_lines_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_side_lines_superseded_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["to_position_id"],
            ["positions.id"],
            name=op.f("fk_side_lines_to_position_id_positions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_lines")),
    )
    with op.batch_alter_table("side_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_side_lines_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_side_lines_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_side_lines_from_position_id"), ["from_position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_side_lines_superseded_in"), ["superseded_in"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_side_lines_to_position_id"), ["to_position_id"], unique=False
        )

    op.create_table(
        "solid_lines",
        sa.Column("from_position_id", sa.Integer(), nullable=False),
        sa.Column("to_position_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("superseded_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_solid_lines_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_solid_lines_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["from_position_id"],
            ["positions.id"],
            name=op.f("fk_solid_lines_from_position_id_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_solid_lines_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_in"],
            ["dossier_changes.id"],
            name=op.f("fk_solid_lines_superseded_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["to_position_id"],
            ["positions.id"],
            name=op.f("fk_solid_lines_to_position_id_positions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solid_lines")),
    )
    with op.batch_alter_table("solid_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solid_lines_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solid_lines_client_id"), ["client_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_solid_lines_from_position_id"), ["from_position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_solid_lines_superseded_in"), ["superseded_in"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_solid_lines_to_position_id"), ["to_position_id"], unique=False
        )

    # Not in a batch: SQLite would copy the whole table, and others refer to it.
    op.add_column("pages", sa.Column("room", sa.String(length=20), nullable=True))
    _make_history_append_only()


def downgrade() -> None:
    _let_history_be_changed()
    op.drop_column("pages", "room")

    with op.batch_alter_table("solid_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solid_lines_to_position_id"))
        batch_op.drop_index(batch_op.f("ix_solid_lines_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_solid_lines_from_position_id"))
        batch_op.drop_index(batch_op.f("ix_solid_lines_client_id"))
        batch_op.drop_index(batch_op.f("ix_solid_lines_change_id"))

    op.drop_table("solid_lines")
    with op.batch_alter_table("side_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_side_lines_to_position_id"))
        batch_op.drop_index(batch_op.f("ix_side_lines_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_side_lines_from_position_id"))
        batch_op.drop_index(batch_op.f("ix_side_lines_client_id"))
        batch_op.drop_index(batch_op.f("ix_side_lines_change_id"))

    op.drop_table("side_lines")
    with op.batch_alter_table("relationships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relationships_user_id"))
        batch_op.drop_index(batch_op.f("ix_relationships_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_relationships_person_id"))
        batch_op.drop_index(batch_op.f("ix_relationships_client_id_person_id"))
        batch_op.drop_index(batch_op.f("ix_relationships_client_id"))
        batch_op.drop_index(batch_op.f("ix_relationships_change_id"))

    op.drop_table("relationships")
    with op.batch_alter_table("position_facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_facts_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_position_facts_position_id"))
        batch_op.drop_index(batch_op.f("ix_position_facts_client_id"))
        batch_op.drop_index(batch_op.f("ix_position_facts_change_id"))

    op.drop_table("position_facts")
    with op.batch_alter_table("person_names", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_names_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_person_names_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_names_client_id"))
        batch_op.drop_index(batch_op.f("ix_person_names_change_id"))

    op.drop_table("person_names")
    with op.batch_alter_table("person_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_contacts_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_person_contacts_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_contacts_folded"))
        batch_op.drop_index(batch_op.f("ix_person_contacts_client_id"))
        batch_op.drop_index(batch_op.f("ix_person_contacts_change_id"))

    op.drop_table("person_contacts")
    with op.batch_alter_table("people_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_imports_client_id"))

    op.drop_table("people_imports")
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgements_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_judgements_person_id"))
        batch_op.drop_index(batch_op.f("ix_judgements_client_id_person_id"))
        batch_op.drop_index(batch_op.f("ix_judgements_client_id"))
        batch_op.drop_index(batch_op.f("ix_judgements_change_id"))

    op.drop_table("judgements")
    with op.batch_alter_table("influences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_influences_to_person_id"))
        batch_op.drop_index(batch_op.f("ix_influences_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_influences_from_person_id"))
        batch_op.drop_index(batch_op.f("ix_influences_client_id"))
        batch_op.drop_index(batch_op.f("ix_influences_change_id"))

    op.drop_table("influences")
    with op.batch_alter_table("employments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employments_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_employments_position_id"))
        batch_op.drop_index(batch_op.f("ix_employments_person_id"))
        batch_op.drop_index(batch_op.f("ix_employments_client_id_person_id"))
        batch_op.drop_index(batch_op.f("ix_employments_client_id"))
        batch_op.drop_index(batch_op.f("ix_employments_change_id"))

    op.drop_table("employments")
    with op.batch_alter_table("client_card_facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_card_facts_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_client_card_facts_client_id"))
        batch_op.drop_index(batch_op.f("ix_client_card_facts_change_id"))

    op.drop_table("client_card_facts")
    with op.batch_alter_table("client_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_assignments_user_id"))
        batch_op.drop_index(batch_op.f("ix_client_assignments_superseded_in"))
        batch_op.drop_index(batch_op.f("ix_client_assignments_client_id"))
        batch_op.drop_index(batch_op.f("ix_client_assignments_change_id"))

    op.drop_table("client_assignments")
    with op.batch_alter_table("dossier_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_changes_client_id"))

    op.drop_table("dossier_changes")
    with op.batch_alter_table("client_domains", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_domains_domain"))

    op.drop_table("client_domains")
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clients_team_id"))
        batch_op.drop_index(batch_op.f("ix_clients_tax_number"))
        batch_op.drop_index(batch_op.f("ix_clients_state"))
        batch_op.drop_index(batch_op.f("ix_clients_segment"))
        batch_op.drop_index(batch_op.f("ix_clients_region"))
        batch_op.drop_index(batch_op.f("ix_clients_parent_id"))
        batch_op.drop_index(batch_op.f("ix_clients_name_folded"))
        batch_op.drop_index(batch_op.f("ix_clients_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_clients_changed_at"))
        batch_op.drop_index(batch_op.f("ix_clients_audience_name_folded"))

    op.drop_table("clients")
    with op.batch_alter_table("not_the_same", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_not_the_same_kind_low_id_high_id"))

    op.drop_table("not_the_same")
    with op.batch_alter_table("import_mappings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_mappings_target"))

    op.drop_table("import_mappings")
    op.drop_table("positions")
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_persons_name_folded"))
        batch_op.drop_index(batch_op.f("ix_persons_merged_into_id"))

    op.drop_table("persons")
