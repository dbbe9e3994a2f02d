-- Every time that a child's own words were written down, wherever they stand. The words themselves are no part of it.
SELECT found.words_id,
       found.child_id,
       found.said_on,
       found.occasion,
       nullif(found.how, '') AS how,
       heard.reference AS heard_by,
       coalesce(found.answered_on, (came.recorded_at AT TIME ZONE 'Europe/London')::date) AS answered_on,
       found.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       coalesce(found.answered_at, came.recorded_at) AT TIME ZONE 'Europe/London' AS answered_recorded_at
FROM (
    SELECT w.reference AS words_id, whose.reference AS child_id, w.said_on,
           CASE WHEN EXISTS (SELECT FROM visits_childvisited v WHERE v.said_id = w.id) THEN 'visit'
                WHEN EXISTS (SELECT FROM missing_returninterview i WHERE i.said_id = w.id) THEN 'return_interview'
                WHEN EXISTS (SELECT FROM court_policeprotection t WHERE t.said_id = w.id) THEN 'police_protection'
                WHEN EXISTS (SELECT FROM child_in_need_childinneedplan n WHERE n.said_id = w.id) THEN 'plan_end'
                WHEN EXISTS (SELECT FROM front_door_referral r WHERE r.said_id = w.id) THEN 'closing'
                WHEN EXISTS (SELECT FROM exploitation_riskassessment x WHERE x.said_id = w.id) THEN 'exploitation'
                WHEN EXISTS (SELECT FROM early_help_childheard h WHERE h.said_id = w.id) THEN 'early_help'
                ELSE 'alone' END AS occasion,
           w.how, w.heard_by_id, '' AS place, NULL::bigint AS its_row, w.recorded_at, w.recorded_by_id,
           (w.changed_recorded_at AT TIME ZONE 'Europe/London')::date AS answered_on, w.changed_recorded_at AS answered_at
    FROM voice_said w JOIN {whose} whose ON whose.person = w.person_id
    UNION ALL
    SELECT b.reference, whose.reference, b.said_on, nullif(b.occasion, ''), b.how, b.heard_by_id, '', NULL,
           b.recorded_at, b.recorded_by_id, b.answered_on, b.answered_recorded_at
    FROM voice_heardbefore b JOIN {whose} whose ON whose.person = b.person_id
    UNION ALL
    SELECT 'note-' || p.id, whose.reference, (n.happened_at AT TIME ZONE 'Europe/London')::date, 'case_note', '',
           n.recorded_by_id, 'note', p.id, n.recorded_at, n.recorded_by_id, NULL, NULL
    FROM notes_part p JOIN {whose} whose ON whose.person = p.person_id JOIN notes_note n ON n.id = p.note_id
    WHERE p.own_words <> '' AND p.in_error_at IS NULL
    UNION ALL
    SELECT 'assessment-' || a.id, whose.reference, coalesce(a.child_first_seen_on, a.started_on), 'assessment', '',
           a.worker_id, 'assessment', a.id, a.recorded_at, a.recorded_by_id, NULL, NULL
    FROM assessment_assessment a JOIN {whose} whose ON whose.person = a.person_id
    WHERE a.childs_words <> ''
    UNION ALL
    SELECT 'seen-' || s.id, whose.reference, s.seen_on, 'assessment', '', s.by_id, 'seen', s.id, s.recorded_at,
           s.recorded_by_id, NULL, NULL
    FROM assessment_assessment a JOIN {whose} whose ON whose.person = a.person_id
    JOIN assessment_seen s ON s.assessment_id = a.id
    WHERE s.what_was_said <> ''
    UNION ALL
    SELECT 'enquiry-' || s.id, whose.reference, (s.seen_at AT TIME ZONE 'Europe/London')::date, 'section_47', '',
           s.by_id, 'enquiry', s.id, s.recorded_at, s.recorded_by_id, NULL, NULL
    FROM child_protection_section47enquiry e JOIN {whose} whose ON whose.person = e.person_id
    JOIN child_protection_timeseen s ON s.enquiry_id = e.id
    WHERE s.what_was_said <> ''
    UNION ALL
    SELECT 'conference-' || c.id, whose.reference, m.held_on, 'conference', '', NULL, 'conference', c.id,
           coalesce(m.held_recorded_at, c.recorded_at), c.recorded_by_id, NULL, NULL
    FROM child_protection_childatconference c JOIN {whose} whose ON whose.person = c.person_id
    JOIN child_protection_conference m ON m.id = c.conference_id
    WHERE c.childs_views <> '' AND m.held_on IS NOT NULL
    UNION ALL
    SELECT 'meeting-' || c.id, whose.reference, m.held_on, 'meeting', '', c.written_by_id, 'meeting', c.id,
           coalesce(c.written_at, c.recorded_at), coalesce(c.written_by_id, c.recorded_by_id), NULL, NULL
    FROM meetings_childatmeeting c JOIN {whose} whose ON whose.person = c.person_id
    JOIN meetings_meeting m ON m.id = c.meeting_id
    WHERE c.childs_words <> '' AND m.held_on IS NOT NULL AND c.written
    UNION ALL
    SELECT 'plan-' || v.id, whose.reference, v.in_force_from, 'plan', '', NULL, 'plan', v.id,
           coalesce(v.in_force_recorded_at, v.recorded_at), v.recorded_by_id, NULL, NULL
    FROM planning_planversion v JOIN {whose} whose ON whose.person = v.person_id
    WHERE v.childs_view <> '' AND v.in_force_from IS NOT NULL
      AND NOT EXISTS (SELECT FROM planning_planversion b WHERE b.person_id = v.person_id AND b.id < v.id
                      AND b.in_force_from IS NOT NULL AND b.childs_view = v.childs_view)
) found
LEFT JOIN voice_cameof came ON came.place = found.place AND came.row = found.its_row
LEFT JOIN accounts_worker heard ON heard.id = found.heard_by_id
LEFT JOIN accounts_worker by ON by.id = found.recorded_by_id
