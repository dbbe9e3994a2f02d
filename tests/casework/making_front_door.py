"""A front door on a busy day: contacts that wait, and one with everything that a contact can hold."""

from __future__ import annotations

from datetime import date, timedelta

from casework.accounts.models import User
from casework.early_help.models import AssessedChild, FamilyAssessment
from casework.front_door.actions.contacts import Said, name_people, set_sharing_basis
from casework.front_door.actions.decisions import correct, decide
from casework.front_door.actions.partners import answer_question, ask_agency
from casework.front_door.actions.referrals import Step, decide_next_step
from casework.front_door.actions.telling import tell_referrer
from casework.front_door.models import Contact, Referral
from casework.people.models import Address, Professional, WarningNote
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, an_adult, related
from tests.casework.making_contacts import AN_HOUR, a_contact, a_verdict

SATURDAY = FRIDAY_TEATIME + timedelta(hours=23)


def a_busy_front_door(manager: User) -> Contact:
    """Several contacts; the one given back is of two children and an unborn one, with everything a contact can hold."""
    mother, ada, ben = an_adult("Mo", "Sample"), a_child("Ada", "Sample"), a_child("Ben", "Sample")
    baby = a_child("", "Sample", born_on=None, expected_on=date(2027, 3, 1))
    brother = a_child("Cal", "Sample", born_on=date(2011, 2, 3))
    for child in (ada, ben, brother):
        related(child, mother)
        Address.objects.create(person=child, kind="home", lines="3 Example Street", postcode="AM1 1AA")
    WarningNote.objects.create(person=mother, what="Dog in the yard.", what_to_do="Ring first.",
                               started_on=date(2026, 1, 1), review_on=date(2027, 1, 1))  # fmt: skip
    Professional.objects.create(person=ada, name="Ms Head", role="Teacher", agency="Example School", telephone="01632")
    Referral.objects.create(person=ada, received_on=date(2026, 2, 3), closed_on=date(2026, 5, 1), outcome="assessment",
                            decided_on=date(2026, 2, 4), closure_reason="RC8", source="2A")  # fmt: skip
    helped = FamilyAssessment.objects.create(started_on=date(2025, 2, 3), organisation="Local area team")
    AssessedChild.objects.create(reference="Busy", assessment=helped, person=ben)
    a_contact(
        brother, at=FRIDAY_TEATIME - timedelta(days=300), source="2A", agency="Example School", urgency="next_day"
    )
    a_contact(at=FRIDAY_TEATIME - timedelta(hours=30), source="3B", agency="Health visiting", urgency="next_day")
    contact = a_contact(ada, ben, baby, mother, out_of_hours=True, caller_name="PC Pat Sample",
                        caller_telephone="01632 960123")  # fmt: skip
    name_people(contact, [Said(forename="Adda", surname="Sample", age_said=4)], by=manager, at=FRIDAY_TEATIME)
    set_sharing_basis(contact, basis="risk", reason="Asking would warn him.", by=manager, at=FRIDAY_TEATIME)
    asked = [ask_agency(contact, kind=kind, agency=agency, question="Any injuries seen in the last year?",
                        about=[ada, ben], by=manager, at=FRIDAY_TEATIME)
             for kind, agency in (("health", "Amberford Health"), ("school", "Example School"))]  # fmt: skip
    answer_question(asked[1], answer="known", said="Tired and hungry since September.", said_by="Ms Head",
                    by=manager, at=FRIDAY_TEATIME + AN_HOUR)  # fmt: skip
    first, second, _ = contact.children.order_by("pk")
    team = a_team("Amber assessment")
    decide([first], a_verdict(team=team, evidence={"Health": "Bruise on the arm."}), by=manager, at=SATURDAY)
    decide([second], a_verdict("information", given="Number of the helpline."), by=manager, at=SATURDAY)
    correct(second, a_verdict("referral", team=team), correction_reason="The school rang.", by=manager, at=SATURDAY)
    decide_next_step(first.referrals.all(), Step("strategy_discussion", "Injury.", "N1"), by=manager, at=SATURDAY)
    tell_referrer([first], kind="outcome", how="email", to_whom="PC Pat Sample", what="Accepted.", by=manager,
                  at=SATURDAY)  # fmt: skip
    return contact
