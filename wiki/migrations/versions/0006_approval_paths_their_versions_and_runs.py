"""Approval paths, their versions and runs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval_paths",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("subject_folded", sa.String(length=250), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("lessons", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_approval_paths_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_approval_paths_created_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_paths")),
    )
    with op.batch_alter_table("approval_paths", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_paths_client_id"), ["client_id"], unique=False
        )

    op.create_table(
        "approval_path_positions",
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["path_id"],
            ["approval_paths.id"],
            name=op.f("fk_approval_path_positions_path_id_approval_paths"),
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.id"],
            name=op.f("fk_approval_path_positions_position_id_positions"),
        ),
        sa.PrimaryKeyConstraint(
            "path_id", "step", "position_id", "stands_in", name=op.f("pk_approval_path_positions")
        ),
    )
    with op.batch_alter_table("approval_path_positions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_path_positions_position_id"), ["position_id"], unique=False
        )

    op.create_table(
        "approval_path_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_path_versions_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["path_id"],
            ["approval_paths.id"],
            name=op.f("fk_approval_path_versions_path_id_approval_paths"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_approval_path_versions_saved_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_path_versions")),
    )
    with op.batch_alter_table("approval_path_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_path_versions_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approval_path_versions_path_id_number"),
            ["path_id", "number"],
            unique=True,
        )

    op.create_table(
        "approval_lesson_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(length=120), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_lesson_decisions_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_approval_lesson_decisions_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["path_id"],
            ["approval_paths.id"],
            name=op.f("fk_approval_lesson_decisions_path_id_approval_paths"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_in"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_lesson_decisions_taken_back_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["approval_path_versions.id"],
            name=op.f("fk_approval_lesson_decisions_version_id_approval_path_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_lesson_decisions")),
    )
    with op.batch_alter_table("approval_lesson_decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_lesson_decisions_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approval_lesson_decisions_path_id_lesson"),
            ["path_id", "lesson"],
            unique=False,
        )

    op.create_table(
        "approval_path_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_path_confirmations_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_approval_path_confirmations_recorded_by_users"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_in"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_path_confirmations_taken_back_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["told_by_id"],
            ["persons.id"],
            name=op.f("fk_approval_path_confirmations_told_by_id_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["approval_path_versions.id"],
            name=op.f("fk_approval_path_confirmations_version_id_approval_path_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_path_confirmations")),
    )
    with op.batch_alter_table("approval_path_confirmations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_path_confirmations_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approval_path_confirmations_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "approval_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("deal", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("new_vendor", sa.Boolean(), nullable=False),
        sa.Column("personal_data", sa.Boolean(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("managers_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("compared", sa.JSON(), nullable=True),
        sa.Column("fitness", sa.Double(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_runs_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_approval_runs_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_approval_runs_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["path_id"], ["approval_paths.id"], name=op.f("fk_approval_runs_path_id_approval_paths")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_in"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_runs_taken_back_in_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["approval_path_versions.id"],
            name=op.f("fk_approval_runs_version_id_approval_path_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_runs")),
    )
    with op.batch_alter_table("approval_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_runs_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_runs_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_runs_path_id"), ["path_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_runs_state"), ["state"], unique=False)

    op.create_table(
        "approval_run_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("mail", sa.String(length=300), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachments.id"],
            name=op.f("fk_approval_run_events_attachment_id_attachments"),
        ),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_run_events_change_id_dossier_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_approval_run_events_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.id"],
            name=op.f("fk_approval_run_events_position_id_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_approval_run_events_recorded_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["approval_runs.id"],
            name=op.f("fk_approval_run_events_run_id_approval_runs"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_in"],
            ["dossier_changes.id"],
            name=op.f("fk_approval_run_events_taken_back_in_dossier_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_run_events")),
    )
    with op.batch_alter_table("approval_run_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approval_run_events_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_approval_run_events_run_id"), ["run_id"], unique=False)

    op.create_table(
        "signature_forecasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("early", sa.Date(), nullable=False),
        sa.Column("likely", sa.Date(), nullable=False),
        sa.Column("late", sa.Date(), nullable=False),
        sa.Column("managers_date", sa.Date(), nullable=True),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_signature_forecasts_made_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["approval_runs.id"],
            name=op.f("fk_signature_forecasts_run_id_approval_runs"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_forecasts")),
    )
    with op.batch_alter_table("signature_forecasts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_forecasts_run_id"), ["run_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("signature_forecasts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_forecasts_run_id"))

    op.drop_table("signature_forecasts")
    with op.batch_alter_table("approval_run_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_run_events_run_id"))
        batch_op.drop_index(batch_op.f("ix_approval_run_events_change_id"))

    op.drop_table("approval_run_events")
    with op.batch_alter_table("approval_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_runs_state"))
        batch_op.drop_index(batch_op.f("ix_approval_runs_path_id"))
        batch_op.drop_index(batch_op.f("ix_approval_runs_client_id"))
        batch_op.drop_index(batch_op.f("ix_approval_runs_change_id"))

    op.drop_table("approval_runs")
    with op.batch_alter_table("approval_path_confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_path_confirmations_version_id"))
        batch_op.drop_index(batch_op.f("ix_approval_path_confirmations_change_id"))

    op.drop_table("approval_path_confirmations")
    with op.batch_alter_table("approval_lesson_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_lesson_decisions_path_id_lesson"))
        batch_op.drop_index(batch_op.f("ix_approval_lesson_decisions_change_id"))

    op.drop_table("approval_lesson_decisions")
    with op.batch_alter_table("approval_path_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_path_versions_path_id_number"))
        batch_op.drop_index(batch_op.f("ix_approval_path_versions_change_id"))

    op.drop_table("approval_path_versions")
    with op.batch_alter_table("approval_path_positions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_path_positions_position_id"))

    op.drop_table("approval_path_positions")
    with op.batch_alter_table("approval_paths", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_paths_client_id"))

    op.drop_table("approval_paths")
