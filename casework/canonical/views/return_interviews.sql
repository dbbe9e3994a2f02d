SELECT m.reference AS missing_id,
       whose.reference AS child_id,
       i.offered,
       i.accepted,
       i.held_on,
       i.held_at AT TIME ZONE 'Europe/London' AS held_at,
       i.offered_on,
       i.declined_on,
       coalesce(i.settled_recorded_at, i.recorded_at) AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM missing_returninterview i
JOIN missing_missingepisode m ON m.id = i.episode_id
JOIN {whose} whose ON whose.person = m.person_id
LEFT JOIN accounts_worker by ON by.id = i.recorded_by_id
