"""The workforce: workers, posts, allocation of children to workers, supervision, absence and DBS checks; population."""

from goldenthread.dataset.schema import (
    Episode,
    Table,
    child,
    code,
    day,
    flag,
    key,
    link,
    number,
    recorded,
    text,
    whole,
)

WORKERS = Table(
    "workers",
    "workforce",
    "People who work for or with children's services.",
    key=("worker_id",),
    columns=(
        key(
            "worker_id",
            "Identifier of the worker",
            ssda903="SWEpisodes.SW_ID",
            ssd="ssd_professionals.prof_professional_id",
        ),
        text("name", "Name", ssd="ssd_professionals.prof_professional_name"),
        code("role", "worker_role", "Role", ssd="ssd_professionals.prof_professional_job_title"),
        text(
            "registration",
            "Registration number with the professional regulator",
            ssd="ssd_professionals.prof_social_worker_registration_no",
        ),
        code(
            "part_of",
            "workforce_part",
            "Children's services or the rest of the council, for the workforce figures",
        ),
        text("service", "Service", ssd="ssd_professionals.prof_professional_department"),
        text("team", "Team"),
        flag("agency", "Whether an agency worker", ssd="ssd_professionals.prof_agency_worker_flag"),
        number(
            "fte",
            "Full-time equivalent, 1 being full time",
            unit="FTE",
            ssd="ssd_professionals.prof_full_time_equivalency",
        ),
        day("started_on", "Date of starting"),
        day("left_on", "Date of leaving", known="left_recorded_at"),
        *recorded("left_recorded_at"),
    ),
    episode=Episode("started_on", "left_on", owner="worker_id"),
    order=(("started_on", "left_on"),),
)

POSTS = Table(
    "posts",
    "workforce",
    "Established posts, and who fills each; an unfilled post is a vacancy.",
    key=("post_id", "started_on"),
    columns=(
        key("post_id", "Identifier of the post"),
        code("role", "worker_role", "Role of the post"),
        text("team", "Team"),
        number("fte", "Full-time equivalent", unit="FTE"),
        link("worker_id", "workers.worker_id", "Who fills it; empty while vacant"),
        day("started_on", "First day of this state", required=True),
        day("ended_on", "Last day of this state", known=None),
        *recorded(),
    ),
    order=(("started_on", "ended_on"),),
)

ALLOCATIONS = Table(
    "allocations",
    "workforce",
    "Which worker and team held a child's case, and when.",
    key=("allocation_id",),
    columns=(
        key("allocation_id", "Identifier of the allocation", ssd="ssd_involvements.invo_involvements_id"),
        child(ssda903="SWEpisodes.CHILD", ssd="ssd_involvements.invo_person_id"),
        link(
            "worker_id",
            "workers.worker_id",
            "The worker",
            ssda903="SWEpisodes.SW_ID",
            ssd="ssd_involvements.invo_professional_id",
        ),
        text("team", "The team", ssd="ssd_involvements.invo_professional_team"),
        text("service", "The service"),
        day(
            "started_on",
            "Date it began",
            required=True,
            ssda903="SWEpisodes.SW_DECOM",
            ssd="ssd_involvements.invo_involvement_start_date",
        ),
        day(
            "ended_on",
            "Date it ended",
            known="ended_recorded_at",
            ssda903="SWEpisodes.SW_DEC",
            ssd="ssd_involvements.invo_involvement_end_date",
        ),
        code(
            "change_reason",
            "worker_change_reason",
            "Why it changed",
            known_with="ended_on",
            ssda903="SWEpisodes.SW_REASON",
            ssd="ssd_involvements.invo_worker_change_reason",
        ),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on", overlap_allowed=False),
    order=(("started_on", "ended_on"),),
)

SUPERVISIONS = Table(
    "supervisions",
    "workforce",
    "Case supervision of a child's worker by a manager.",
    key=("supervision_id",),
    columns=(
        key("supervision_id", "Identifier of the supervision"),
        child(),
        link("worker_id", "workers.worker_id", "The worker supervised"),
        link("manager_id", "workers.worker_id", "The manager"),
        day("held_on", "Date of the supervision", required=True),
        flag("direction_given", "Whether direction was recorded"),
        *recorded(),
    ),
)

ABSENCES = Table(
    "absences",
    "workforce",
    "Sickness absence of workers.",
    key=("absence_id",),
    columns=(
        key("absence_id", "Identifier of the absence"),
        link("worker_id", "workers.worker_id", "The worker", required=True),
        day("started_on", "First day", required=True),
        day("ended_on", "Last day", known=None),
        number("days_lost", "Working days lost, in full-time equivalents", unit="FTE days"),
        *recorded(),
    ),
    order=(("started_on", "ended_on"),),
)

DBS_CHECKS = Table(
    "dbs_checks",
    "workforce",
    "Disclosure and Barring Service checks of workers.",
    key=("dbs_check_id",),
    columns=(
        key("dbs_check_id", "Identifier of the check"),
        link("worker_id", "workers.worker_id", "The worker", required=True),
        day("checked_on", "Date of the certificate", required=True),
        *recorded(),
    ),
)

WORKFORCE_COUNTS = Table(
    "workforce_counts",
    "workforce",
    "Monthly headcounts of a part of the council for the workforce figures that are not held person by person.",
    key=("part_of", "month_end"),
    columns=(
        code("part_of", "workforce_part", "Which part of the council", required=True),
        day("month_end", "Last day of the month", required=True, known=None),
        number("fte_in_post", "Full-time equivalents in post", unit="FTE"),
        number("days_lost", "Working days lost to sickness in the month", unit="FTE days"),
        whole("headcount", "People in post", unit="people"),
        whole("leavers", "People who left in the month", unit="people"),
    ),
)

POPULATION = Table(
    "population",
    "workforce",
    "Mid-year estimates of children aged 0 to 17 living in the authority.",
    key=("authority", "year", "ward", "age_band", "sex"),
    columns=(
        key("authority", "Nine-character code of the authority"),
        whole("year", "Year of the mid-year estimate", unit="calendar year"),
        text("ward", "Ward; empty for the whole authority"),
        text("age_band", "Age band; empty for 0 to 17"),
        text("sex", "Sex; empty for both"),
        whole("children", "Children", unit="children"),
    ),
)

TABLES = (
    WORKERS,
    POSTS,
    ALLOCATIONS,
    SUPERVISIONS,
    ABSENCES,
    DBS_CHECKS,
    WORKFORCE_COUNTS,
    POPULATION,
)
