"""The report that an agency gives for a conference: the paper stands with the invitation and on the child's record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.access.models import Restriction
from casework.child_protection.actions import asking, conferences, reports
from casework.common.refused import Refused
from casework.documents.actions import mark_in_error
from casework.documents.checking import check
from casework.documents.models import Document
from tests.casework.child_protection.making import AT, a_conference
from tests.casework.making import a_child, a_user, allocated

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)
    settings.MEDIA_ROOT = tmp_path


def came(on: Any = TODAY, **more: Any) -> dict[str, Any]:
    return {"arrived_on_day": on.day, "arrived_on_month": on.month, "arrived_on_year": on.year, **more}


def the_letter(name: str = "gp.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"She is well.")


def with_a_brother() -> tuple[Any, Any, Any]:
    """Two parts of one conference, and its chair."""
    child, chair = a_conference()
    brother = a_child("Ben")
    allocated(brother, chair.worker)
    together = {"kind": "transfer_in", "requested_on": TODAY, "with_conference": child.conference_id}
    return child, asking.ask_for_conference(brother, **together, by=chair, at=AT), chair


def test_a_report_that_came_is_attached_and_opened_from_the_conference(sign_in: Any) -> None:
    child, chair = a_conference()
    doctor = child.conference.invitations.get(agency="health")
    client, page = sign_in(chair), reverse("conference", args=[child.pk])
    address = reverse("conference_report", args=[child.pk, doctor.pk])
    assert client.post(address, came(attached=the_letter())).status_code == 302
    paper = Document.objects.get()
    assert (paper.person, paper.attached_to, paper.title) == (
        child.person, doctor.reference, "Report of Dr Sample: gp.txt",
    )  # fmt: skip
    text = client.get(page).content.decode()
    shown = reverse("document", args=[child.person.reference, paper.reference])
    assert shown in text and "Came 27 November 2026" in text and "attach more" in text
    assert "She is well." in client.get(shown).content.decode()


def test_a_report_that_came_without_a_file_gets_it_later_also_once_the_conference_was_held(sign_in: Any) -> None:
    child, chair = a_conference()
    doctor = child.conference.invitations.get(agency="health")
    reports.note_report(doctor, arrived_on=TODAY - timedelta(days=1), by=chair, at=AT)
    meeting = conferences.Meeting(TODAY, {}, why_without_quorum="x")
    conferences.hold(child.conference, meeting, by=chair, at=AT)
    client, address = sign_in(chair), reverse("conference_report", args=[child.pk, doctor.pk])
    assert address in client.get(reverse("conference", args=[child.pk])).content.decode()
    assert client.post(address, came(attached=the_letter())).status_code == 302
    assert Document.objects.get().attached_to == doctor.reference


def test_a_report_goes_on_the_records_of_the_children_it_is_about_and_no_others(sign_in: Any) -> None:
    child, brother, chair = with_a_brother()
    doctor = child.conference.invitations.get(agency="health")
    client, address = sign_in(chair), reverse("conference_report", args=[child.pk, doctor.pk])
    nobody = client.post(address, came(attached=the_letter()))
    assert nobody.status_code == 422 and "Choose the children it is about." in nobody.content.decode()
    client.post(address, came(attached=the_letter(), about=[child.person_id]))
    client.post(address, came(attached=the_letter("both.txt"), about=[child.person_id, brother.person_id]))
    for part, names in ((child, ["gp.txt", "both.txt"]), (brother, ["both.txt"])):
        text = client.get(reverse("conference", args=[part.pk])).content.decode()
        assert [name for name in ("gp.txt", "both.txt") if name in text] == names


def test_a_report_is_not_put_on_the_record_of_a_brother_who_is_closed_to_the_one_who_attaches_it(sign_in: Any) -> None:
    child, brother, chair = with_a_brother()
    Restriction.objects.create(person=brother.person, reason="x", owner=a_user("director"), started_at=AT)
    doctor = child.conference.invitations.get(agency="health")
    client, address = sign_in(chair), reverse("conference_report", args=[child.pk, doctor.pk])
    assert "Ben" not in client.get(address).content.decode()
    client.post(address, came(attached=the_letter(), about=[child.person_id, brother.person_id]))
    assert [one.person for one in Document.objects.all()] == [child.person]
    paper = Document.objects.get()
    assert client.get(reverse("document", args=[brother.person.reference, paper.reference])).status_code == 404


def test_a_report_noted_by_mistake_has_not_come_unless_its_paper_is_there() -> None:
    child, chair = a_conference()
    doctor = child.conference.invitations.get(agency="health")
    about = [child.person_id]
    letter = [check(the_letter())]
    reports.note_report(doctor, arrived_on=TODAY, files=letter, about=about, by=chair, at=AT)
    with pytest.raises(Refused, match="A paper of this report is attached"):
        reports.note_report(doctor, arrived_on=None, by=chair, at=AT)
    mark_in_error(Document.objects.get(), reason="Another child's", asked_by="The surgery", by=chair, at=AT)
    reports.note_report(doctor, arrived_on=None, by=chair, at=AT)
    doctor.refresh_from_db()
    assert doctor.report_arrived_on is None
    with pytest.raises(Refused, match="cannot be later than today"):
        reports.note_report(doctor, arrived_on=TODAY + timedelta(days=1), by=chair, at=AT)


def test_a_child_whose_conference_is_put_off_alone_takes_the_reports_along(sign_in: Any) -> None:
    child, brother, chair = with_a_brother()
    doctor = child.conference.invitations.get(agency="health")
    about = [child.person_id, brother.person_id]
    reports.note_report(doctor, arrived_on=TODAY, files=[check(the_letter())], about=about, by=chair, at=AT)
    conferences.adjourn(child.conference, because="Ill", only=[brother.pk], by=chair, at=AT)
    brother.refresh_from_db()
    assert brother.conference_id != child.conference_id
    for part in (child, brother):
        text = sign_in(chair).get(reverse("conference", args=[part.pk])).content.decode()
        assert "gp.txt" in text and "Came 27 November 2026" in text
