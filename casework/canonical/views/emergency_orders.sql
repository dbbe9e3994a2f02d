SELECT o.reference AS emergency_order_id,
       whose.reference AS child_id,
       nullif(o.kind, '') AS kind,
       o.made_on,
       o.begins_on,
       nullif(o.applicant, '') AS applicant,
       o.extended_on,
       CASE WHEN o.extended_on IS NOT NULL THEN
           ((o.until_at - interval '1 microsecond') AT TIME ZONE 'Europe/London')::date + 1
       END AS extension_begins_on,
       o.ended_on,
       o.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       o.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM court_emergencyorder o
JOIN {whose} whose ON whose.person = o.person_id
LEFT JOIN accounts_worker by ON by.id = o.recorded_by_id
