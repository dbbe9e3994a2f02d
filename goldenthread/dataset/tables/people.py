"""People: children, parents, their identifiers, relationships, addresses and disabilities."""

from goldenthread.dataset.schema import Episode, Table, code, day, flag, key, link, postcode, recorded, text

PEOPLE = Table(
    "people",
    "people",
    "Everyone the record knows: children (born or unborn), parents, carers and household members.",
    key=("person_id",),
    columns=(
        key(
            "person_id",
            "The authority's own identifier of the person",
            annex_a="Child Unique ID",
            ssda903="Header.CHILD",
            cin="ChildIdentifiers.LAchildID",
            ssd="ssd_person.pers_person_id",
        ),
        flag("is_child", "Whether the person is recorded as a child the authority works or worked with"),
        text("forename", "First name", ssd="ssd_person.pers_forename"),
        text("surname", "Family name", ssd="ssd_person.pers_surname"),
        day(
            "born_on",
            "Date of birth",
            known=None,
            annex_a="Date of Birth",
            ssda903="Header.DOB",
            cin="ChildIdentifiers.PersonBirthDate",
            ssd="ssd_person.pers_dob",
        ),
        flag(
            "birth_date_estimated",
            "Whether the day of birth is a stand-in (an unknown day is held as the 15th)",
        ),
        day(
            "expected_on",
            "Expected date of birth of an unborn child",
            known=None,
            annex_a="Date of Birth",
            cin="ChildIdentifiers.ExpectedPersonBirthDate",
            ssd="ssd_person.pers_expected_dob",
        ),
        day(
            "died_on",
            "Date of death",
            cin="ChildIdentifiers.PersonDeathDate",
            ssd="ssd_person.pers_death_date",
        ),
        code("sex", "sex", "Sex", ssda903="Header.SEX", cin="ChildIdentifiers.Sex", ssd="ssd_person.pers_sex"),
        code(
            "gender",
            "gender",
            "Gender",
            annex_a="Gender",
            cin="ChildIdentifiers.GenderCurrent",
            ssd="ssd_person.pers_gender",
        ),
        code(
            "ethnicity",
            "ethnicity",
            "Ethnic background",
            annex_a="Ethnicity",
            ssda903="Header.ETHNIC",
            cin="ChildCharacteristics.Ethnicity",
            ssd="ssd_person.pers_ethnicity",
        ),
        flag(
            "disabled",
            "Whether the child has a disability; empty when not known",
            annex_a="Does the Child have a Disability",
        ),
        text("upn", "Unique pupil number", ssda903="Header.UPN", cin="ChildIdentifiers.UPN"),
        text("former_upn", "Earlier unique pupil number", cin="ChildIdentifiers.FormerUPN"),
        code(
            "upn_unknown_reason",
            "upn_unknown",
            "Why there is no unique pupil number",
            cin="ChildIdentifiers.UPNunknown",
            ssd="ssd_person.pers_upn_unknown",
        ),
        flag(
            "is_mother",
            "Whether the child is a mother",
            ssda903="Header.MOTHER",
            ssd="ssd_person.pers_is_mother",
        ),
        flag(
            "unaccompanied",
            "Whether the child is or was an unaccompanied asylum-seeking child",
            ssda903="Header.UASC",
        ),
        day(
            "unaccompanied_until",
            "Date the child stopped being unaccompanied asylum-seeking",
            known=None,
            ssda903="UASC.DUC",
        ),
        text("first_language", "Language first spoken at home"),
        text("ward", "Electoral ward of the home address"),
        *recorded(),
    ),
)

IDENTIFIERS = Table(
    "identifiers",
    "people",
    "Other identifiers of a person: NHS number, another system's number, a number held before a merge.",
    key=("person_id", "kind", "value"),
    columns=(
        link(
            "person_id",
            "people.person_id",
            "The person",
            required=True,
            ssd="ssd_linked_identifiers.link_person_id",
        ),
        code(
            "kind",
            "identifier_kind",
            "What sort of identifier",
            required=True,
            ssd="ssd_linked_identifiers.link_identifier_type",
        ),
        text("value", "The identifier", ssd="ssd_linked_identifiers.link_identifier_value"),
        day("valid_from", "First day it applied", ssd="ssd_linked_identifiers.link_valid_from_date"),
        day("valid_to", "Last day it applied", ssd="ssd_linked_identifiers.link_valid_to_date"),
        *recorded(),
    ),
    order=(("valid_from", "valid_to"),),
)

RELATIONSHIPS = Table(
    "relationships",
    "people",
    "How two people are related, and whether the second holds parental responsibility for the first.",
    key=("person_id", "related_person_id", "relationship"),
    columns=(
        link("person_id", "people.person_id", "The person, usually the child", required=True),
        link("related_person_id", "people.person_id", "The related person", required=True),
        code("relationship", "relationship", "What the related person is to the person", required=True),
        flag("parental_responsibility", "Whether the related person holds parental responsibility"),
        day("started_on", "First day of the relationship"),
        day("ended_on", "Last day of the relationship"),
        *recorded(),
    ),
    order=(("started_on", "ended_on"),),
)

ADDRESSES = Table(
    "addresses",
    "people",
    "Where a person lives or lived.",
    key=("address_id",),
    columns=(
        key("address_id", "Identifier of the row", ssd="ssd_address.addr_table_id"),
        link("person_id", "people.person_id", "The person", required=True, ssd="ssd_address.addr_person_id"),
        code(
            "kind",
            "address_kind",
            "Home, placement, correspondence and so on",
            ssd="ssd_address.addr_address_type",
        ),
        text("lines", "The address without its postcode", ssd="ssd_address.addr_address_json"),
        postcode("postcode", "Postcode", ssda903="Episodes.HOME_POST", ssd="ssd_address.addr_address_postcode"),
        text("ward", "Electoral ward"),
        day("started_on", "First day at the address", ssd="ssd_address.addr_address_start_date"),
        day("ended_on", "Last day at the address", ssd="ssd_address.addr_address_end_date"),
        *recorded(),
    ),
    episode=Episode("started_on", "ended_on", owner="person_id"),
    order=(("started_on", "ended_on"),),
)

DISABILITIES = Table(
    "disabilities",
    "people",
    "Each disability recorded for a child.",
    key=("child_id", "disability"),
    columns=(
        link("child_id", "people.person_id", "The child", required=True, ssd="ssd_disability.disa_person_id"),
        code(
            "disability",
            "disability",
            "Kind of disability",
            required=True,
            cin="Disabilities.Disability",
            ssd="ssd_disability.disa_disability_code",
        ),
        *recorded(),
    ),
)

TABLES = (PEOPLE, IDENTIFIERS, RELATIONSHIPS, ADDRESSES, DISABILITIES)
