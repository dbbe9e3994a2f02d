SELECT p.reference AS person_id,
       p.is_child,
       nullif(p.forename, '') AS forename,
       nullif(p.surname, '') AS surname,
       p.born_on,
       p.birth_date_estimated,
       p.expected_on,
       p.died_on,
       nullif(p.sex, '') AS sex,
       nullif(p.gender, '') AS gender,
       nullif(p.ethnicity, '') AS ethnicity,
       p.disabled,
       nullif(p.upn, '') AS upn,
       nullif(p.former_upn, '') AS former_upn,
       nullif(p.upn_unknown_reason, '') AS upn_unknown_reason,
       p.is_mother,
       p.unaccompanied,
       p.unaccompanied_until,
       nullif(p.first_language, '') AS first_language,
       nullif(p.ward, '') AS ward,
       p.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM people_person p
JOIN {whose} whose ON whose.person = p.id
LEFT JOIN accounts_worker by ON by.id = p.recorded_by_id
WHERE p.merged_into_id IS NULL
