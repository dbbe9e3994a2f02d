"""Making accounts, changing them, and what a change ends."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from casework.access.roles import ROLES
from casework.accounts.models import User
from casework.history.models import Entry
from casework.notices.models import Notice
from tests.casework.making import a_user, a_worker

pytestmark = pytest.mark.django_db


def answers(**changed: Any) -> dict[str, Any]:
    return {
        "email": "New.Person@amberford.example", "name": "New Person",
        "role": "social_worker", "worker": "", "agency": "",
        "in_use": "yes", "new_password": "", **changed,
    }  # fmt: skip


def test_an_account_is_made_without_a_password_and_cannot_sign_in_with_one(sign_in: Any) -> None:
    client, worker = sign_in("administrator"), a_worker()
    assert client.post("/accounts/new", answers(worker=worker.pk)).status_code == 302
    made = User.objects.get(email="new.person@amberford.example")
    assert (made.role, made.worker, made.has_usable_password()) == ("social_worker", worker, False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "taken@amberford.example"}, "Another account has this address"),
        ({"role": "partner"}, "Say which agency"),
        ({"role": "emperor"}, "Select a valid choice"),
        ({"new_password": "short"}, "at least 14 characters"),
    ],
)
def test_wrong_answers_are_said_and_nothing_is_made(sign_in: Any, wrong: dict[str, str], sentence: str) -> None:
    client = sign_in("administrator")
    User.objects.create_user("taken@amberford.example", None, name="Taken", role="director")
    before = User.objects.count()
    sent = client.post("/accounts/new", answers(**wrong))
    assert sent.status_code == 422
    assert sentence in sent.content.decode()
    assert User.objects.count() == before


def test_a_change_of_role_signs_the_account_out(sign_in: Any) -> None:
    administrator, worker = sign_in("administrator"), sign_in("social_worker")
    assert worker.get("/").status_code == 200
    user = worker.user
    changed = answers(email=user.email, name=user.name, role="business_support", worker=user.worker_id)
    assert administrator.post(f"/accounts/{user.pk}", changed).status_code == 302
    assert worker.get("/").status_code == 302


def test_nobody_closes_their_own_account(sign_in: Any) -> None:
    client = sign_in("administrator")
    user = client.user
    own = answers(email=user.email, name=user.name, role=user.role, worker=user.worker_id, in_use="no")
    assert b"cannot change your own role" in client.post(f"/accounts/{user.pk}", own).content


def test_the_list_and_the_roles_are_shown(sign_in: Any) -> None:
    client, other = (
        sign_in("administrator"),
        a_user(
            "director",
        ),
    )
    assert other.email in client.get("/accounts").content.decode()
    shown = client.get("/accounts/roles").content.decode()
    assert all(role.title in shown for role in ROLES.values())


def test_a_lost_phone_is_taken_off_an_account_with_a_reason_that_is_kept_and_told(sign_in: Any) -> None:
    administrator, worker = sign_in("administrator"), sign_in("social_worker")
    user = worker.user
    totp.TOTP.activate(user, totp.generate_totp_secret())
    RecoveryCodes.activate(user)
    page = administrator.get(f"/accounts/{user.pk}").content.decode()
    assert "their password and an authenticator app" in page
    address = f"/accounts/{user.pk}/second-factor"
    assert administrator.post(address, {"reason": ""}).status_code == 422
    assert Authenticator.objects.filter(user=user).count() == 2
    assert administrator.post(address, {"reason": "Phone lost; spoke in person"}).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert worker.get("/").status_code == 302, "signed out everywhere"
    entry = Entry.objects.get(what=f"removed the second factor of {user.email}")
    assert (entry.who, entry.why) == (administrator.user.pk, "Phone lost; spoke in person")
    assert "Phone lost" in Notice.objects.get(user=user).text


def test_a_second_factor_is_not_removed_by_its_owner_nor_by_other_roles(sign_in: Any) -> None:
    administrator, manager = sign_in("administrator"), sign_in("director")
    totp.TOTP.activate(administrator.user, totp.generate_totp_secret())
    address = f"/accounts/{administrator.user.pk}/second-factor"
    assert b"Ask another administrator" in administrator.post(address, {"reason": "x"}).content
    assert manager.post(address, {"reason": "x"}).status_code == 404
    assert Authenticator.objects.filter(user=administrator.user).count() == 1
