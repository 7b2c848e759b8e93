SELECT json_object(
  'id', e.public_id, 'slug', e.slug,
  'url', 'http://localhost:8000/api/v1/events/' || e.slug || '/',
  'html_url', 'http://localhost:8000/events/' || e.slug || '/',
  'title', e.title, 'summary', e.summary, 'status', e.status,
  'importance', e.importance, 'place', e.place, 'date', json(e.date),
  'stories', (SELECT json_group_array(json_object('id', s.public_id, 'slug', s.slug,
      'url', 'http://localhost:8000/api/v1/stories/' || s.slug || '/',
      'html_url', 'http://localhost:8000/stories/' || s.slug || '/', 'title', s.title))
    FROM ordinary_event_stories x JOIN ordinary_story s ON s.id = x.story_id
    WHERE x.event_id = e.id),
  'topics', (SELECT json_group_array(json_object('id', t.public_id, 'slug', t.slug,
      'url', 'http://localhost:8000/api/v1/topics/' || t.slug || '/',
      'html_url', 'http://localhost:8000/topics/' || t.slug || '/', 'name', t.name))
    FROM ordinary_event_topics x JOIN ordinary_topic t ON t.id = x.topic_id
    WHERE x.event_id = e.id),
  'actors', (SELECT json_group_array(json_object({actor:a}, 'role', x.role))
    FROM ordinary_participation x JOIN ordinary_actor a ON a.id = x.actor_id
    WHERE x.event_id = e.id),
  'related', json('[]'),
  'statements', (SELECT json_group_array(json_object(
      'id', t.public_id, 'slug', t.slug,
      'url', 'http://localhost:8000/api/v1/statements/' || t.slug || '/',
      'html_url', 'http://localhost:8000/events/' || e.slug || '/#' || t.slug,
      'kind', t.kind, 'mode', t.mode,
      'speaker', (SELECT json_object({actor:a}) FROM ordinary_actor a
        WHERE a.id = t.speaker_id),
      'described_as', t.described_as, 'described_number', t.described_number,
      'ground', NULL, 'reason_unnamed', NULL, 'on_behalf_of', NULL,
      'relayed_by', NULL, 'told_to', NULL, 'said_in', NULL, 'said', json(t.said),
      'text', t.text, 'language', t.language, 'quote', NULL,
      'attribution', t.attribution, 'standing', t.standing, 'links', json(t.links),
      'linked_by', json(t.linked_by), 'first_reported', json(t.first_reported),
      'origins', json(t.origins),
      'citations', (SELECT json_group_array(json_object(
          'source', {source:c.source_id}, 'via', {source:c.via_id},
          'origin', {source:c.origin_id}, 'read_in', NULL, 'copies', json('[]'),
          'own_words', json(iif(c.own_words, 'true', 'false')),
          'after_update', json(iif(c.after_update, 'true', 'false')),
          'credit', c.credit, 'passage', json(c.passage)))
        FROM ordinary_citation c WHERE c.statement_id = t.id)))
    FROM ordinary_statement t WHERE t.event_id = e.id),
  'first_reported', json(e.first_reported), 'origins', json(e.origins),
  'revision', json_object('number', e.number, 'sequence', e.sequence, 'kind', e.kind,
    'note', e.note, 'caused_by', NULL, 'published_at', e.published_at,
    'digest', e.digest)) AS entry
FROM (SELECT * FROM ordinary_event ORDER BY sort_key DESC LIMIT 50) e
