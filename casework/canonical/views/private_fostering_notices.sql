SELECT n.reference AS private_fostering_notice_id,
       whose.reference AS child_id,
       a.reference AS private_fostering_id,
       n.kind,
       (n.told_at AT TIME ZONE 'Europe/London')::date AS told_on,
       n.told_at AT TIME ZONE 'Europe/London' AS told_at,
       n.proposed_on,
       CASE WHEN n.kind = 'proposal' THEN
           coalesce((n.happened_at AT TIME ZONE 'Europe/London')::date, a.due_to_begin_on, a.started_on)
       END AS expected_on,
       CASE WHEN n.kind <> 'proposal' THEN (n.happened_at AT TIME ZONE 'Europe/London')::date END AS happened_on,
       CASE WHEN n.kind <> 'proposal' THEN n.happened_at AT TIME ZONE 'Europe/London' END AS happened_at,
       n.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM private_fostering_carernotice n
JOIN private_fostering_arrangement a ON a.id = n.arrangement_id
JOIN {whose} whose ON whose.person = a.person_id
LEFT JOIN accounts_worker by ON by.id = n.recorded_by_id
