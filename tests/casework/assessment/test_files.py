"""Files of an assessment: the child's own, or the family's, which are on the record of each child assessed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.access.models import Restriction
from casework.assessment.models import Assessment, FamilyPart
from casework.documents.models import Document, StoredFile
from casework.people.models import Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
TODAY = FRIDAY_TEATIME.date()


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "files", ""


def assessed(*children: Person) -> list[Assessment]:
    family = FamilyPart.objects.create()
    return [Assessment.objects.create(person=one, family=family, kind="single", started_on=TODAY) for one in children]


def attached(client: Any, one: Assessment, **answers: str) -> Any:
    drawing = SimpleUploadedFile("drawing.png", PNG)
    return client.post(f"/assessments/{one.pk}/files", {"attached": drawing, "title": "A drawing", **answers})


def test_a_file_is_the_child_s_alone_or_the_family_s(sign_in: Any) -> None:
    worker, (ada, ben) = a_user("social_worker"), (a_child("Ada"), a_child("Ben"))
    for child in (ada, ben):
        allocated(child, worker.worker)
    first, second = assessed(ada, ben)
    client = sign_in(worker)
    assert attached(client, first).status_code == 422  # whose it is has to be said
    attached(client, first, whose="own")
    assert "A drawing" in client.get(f"/assessments/{first.pk}").content.decode()
    assert "A drawing" not in client.get(f"/assessments/{second.pk}").content.decode()
    attached(client, first, whose="all", title="The home")
    assert StoredFile.objects.count() == 2
    assert list(Document.objects.filter(person=ben).values_list("title", flat=True)) == ["The home"]
    assert "The home" in client.get(f"/assessments/{second.pk}").content.decode()


def test_no_file_is_put_on_the_record_of_a_child_who_may_not_be_seen(sign_in: Any) -> None:
    worker, (ada, ben) = a_user("social_worker"), (a_child("Ada"), a_child("Ben"))
    for child in (ada, ben):
        allocated(child, worker.worker)
    first, _ = assessed(ada, ben)
    Restriction.objects.create(person=ben, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    client = sign_in(worker)
    assert "Ben" not in client.get(f"/assessments/{first.pk}/files").content.decode()
    attached(client, first, whose="all")
    assert list(Document.objects.values_list("person", flat=True)) == [ada.pk]


def test_nothing_is_added_to_an_assessment_that_is_authorised(sign_in: Any) -> None:
    worker, ada = a_user("social_worker"), a_child("Ada")
    allocated(ada, worker.worker)
    (one,) = assessed(ada)
    Assessment.objects.filter(pk=one.pk).update(authorised_on=TODAY)
    refused = attached(sign_in(worker), one)
    assert refused.status_code == 422
    assert not Document.objects.exists()
