"""Learning the products, and facts that are looked after."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "field_lives",
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["field_id"], ["fact_fields.id"], name=op.f("fk_field_lives_field_id_fact_fields")
        ),
        sa.PrimaryKeyConstraint("field_id", name=op.f("pk_field_lives")),
    )
    op.create_table(
        "reading_paths",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_reading_paths_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_reading_paths_team_id_teams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_paths")),
    )
    op.create_table(
        "check_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("fact_key", sa.String(length=60), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_check_questions_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_check_questions_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_questions")),
    )
    with op.batch_alter_table("check_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_questions_page_id_archived"), ["page_id", "archived"], unique=False
        )

    op.create_table(
        "contradictions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(length=120), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_none", sa.Boolean(), nullable=False),
        sa.Column("word", sa.String(length=300), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_contradictions_decided_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["pages.id"], name=op.f("fk_contradictions_other_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_contradictions_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradictions")),
    )
    with op.batch_alter_table("contradictions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contradictions_key"), ["key"], unique=True)
        batch_op.create_index(batch_op.f("ix_contradictions_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contradictions_page_id"), ["page_id"], unique=False)

    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_enrolments_created_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["users.id"], name=op.f("fk_enrolments_mentor_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["path_id"], ["reading_paths.id"], name=op.f("fk_enrolments_path_id_reading_paths")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_enrolments_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolments_path_id_user_id"), ["path_id", "user_id"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_enrolments_user_id"), ["user_id"], unique=False)

    op.create_table(
        "fact_cares",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("verified_until", sa.Date(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("value", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_fact_cares_owner_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_fact_cares_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["users.id"], name=op.f("fk_fact_cares_verified_by_users")
        ),
        sa.PrimaryKeyConstraint("page_id", "key", name=op.f("pk_fact_cares")),
    )
    with op.batch_alter_table("fact_cares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_cares_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_fact_cares_verified_until"), ["verified_until"], unique=False
        )

    op.create_table(
        "fact_verifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=1000), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_fact_verifications_by_users")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_fact_verifications_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_verifications")),
    )
    with op.batch_alter_table("fact_verifications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_verifications_page_id_key"), ["page_id", "key"], unique=False
        )

    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_gaps_asked_by_users")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_gaps_category_id_categories")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_gaps_ended_by_users")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_gaps_owner_id_users")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_gaps_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
    )
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gaps_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gaps_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "pages_to_read",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.Integer(), nullable=False),
        sa.Column("material_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_pages_to_read_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_pages_to_read")),
    )
    op.create_table(
        "question_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_question_attempts_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_question_attempts_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_attempts")),
    )
    with op.batch_alter_table("question_attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_attempts_user_id_page_id"), ["user_id", "page_id"], unique=False
        )

    op.create_table(
        "reading_path_versions",
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["path_id"],
            ["reading_paths.id"],
            name=op.f("fk_reading_path_versions_path_id_reading_paths"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_reading_path_versions_saved_by_users")
        ),
        sa.PrimaryKeyConstraint("path_id", "number", name=op.f("pk_reading_path_versions")),
    )
    op.create_table(
        "readings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_questions", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_readings_page_id_pages")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_readings_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "page_id", name=op.f("pk_readings")),
    )
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_readings_page_id"), ["page_id"], unique=False)

    op.create_table(
        "revision_weights",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("material", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("overruled", sa.Boolean(), nullable=False),
        sa.Column("word", sa.String(length=300), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_revision_weights_by_users")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_revision_weights_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("page_id", "number", name=op.f("pk_revision_weights")),
    )
    op.create_table(
        "unclear_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(length=1000), nullable=False),
        sa.Column("before", sa.String(length=300), nullable=False),
        sa.Column("after", sa.String(length=300), nullable=False),
        sa.Column("now", sa.JSON(), nullable=False),
        sa.Column("gone_since", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_unclear_marks_asked_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], name=op.f("fk_unclear_marks_ended_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_unclear_marks_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclear_marks")),
    )
    with op.batch_alter_table("unclear_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unclear_marks_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_unclear_marks_page_id_state"), ["page_id", "state"], unique=False
        )

    op.create_table(
        "reading_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["question_attempts.id"],
            name=op.f("fk_reading_confirmations_attempt_id_question_attempts"),
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_reading_confirmations_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_reading_confirmations_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_confirmations")),
    )
    with op.batch_alter_table("reading_confirmations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_confirmations_user_id_page_id"),
            ["user_id", "page_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("reading_confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_confirmations_user_id_page_id"))

    op.drop_table("reading_confirmations")
    with op.batch_alter_table("unclear_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unclear_marks_page_id_state"))
        batch_op.drop_index(batch_op.f("ix_unclear_marks_asked_by"))

    op.drop_table("unclear_marks")
    op.drop_table("revision_weights")
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_readings_page_id"))

    op.drop_table("readings")
    op.drop_table("reading_path_versions")
    with op.batch_alter_table("question_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_attempts_user_id_page_id"))

    op.drop_table("question_attempts")
    op.drop_table("pages_to_read")
    with op.batch_alter_table("gaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gaps_owner_id"))
        batch_op.drop_index(batch_op.f("ix_gaps_category_id"))
        batch_op.drop_index(batch_op.f("ix_gaps_asked_by"))

    op.drop_table("gaps")
    with op.batch_alter_table("fact_verifications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_verifications_page_id_key"))

    op.drop_table("fact_verifications")
    with op.batch_alter_table("fact_cares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_cares_verified_until"))
        batch_op.drop_index(batch_op.f("ix_fact_cares_owner_id"))

    op.drop_table("fact_cares")
    with op.batch_alter_table("enrolments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolments_user_id"))
        batch_op.drop_index(batch_op.f("ix_enrolments_path_id_user_id"))

    op.drop_table("enrolments")
    with op.batch_alter_table("contradictions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contradictions_page_id"))
        batch_op.drop_index(batch_op.f("ix_contradictions_other_id"))
        batch_op.drop_index(batch_op.f("ix_contradictions_key"))

    op.drop_table("contradictions")
    with op.batch_alter_table("check_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_questions_page_id_archived"))

    op.drop_table("check_questions")
    op.drop_table("reading_paths")
    op.drop_table("field_lives")
