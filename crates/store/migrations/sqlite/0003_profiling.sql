-- What is learned of people after their sign-up: requests that must not be
-- done twice, and consents.

-- What was replied to a request, by the key that its sender gave it.
CREATE TABLE submissions (
    user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key         TEXT    NOT NULL,
    -- The SHA-256 of the request.
    fingerprint BLOB    NOT NULL,
    reply       TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT;

CREATE INDEX submissions_by_expiry ON submissions (expires_at);

-- The words that people saw, by their SHA-256.
CREATE TABLE consent_texts (
    sha256 TEXT PRIMARY KEY NOT NULL,
    text   TEXT NOT NULL
) STRICT;

-- What was said to consents, in the order in which it was said. Hashes are
-- SHA-256 in base64url; each row has that of the row before it. The subject
-- refers to no user: the proof outlives the account.
CREATE TABLE consent_events (
    id           INTEGER PRIMARY KEY NOT NULL,
    subject      TEXT    NOT NULL,
    document     TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    text_sha256  TEXT    NOT NULL REFERENCES consent_texts (sha256),
    locale       TEXT    NOT NULL,
    decision     TEXT    NOT NULL,
    method       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    form_version TEXT    NOT NULL,
    origin       TEXT    NOT NULL,
    request_id   TEXT    NOT NULL,
    prev_hash    TEXT    NOT NULL,
    hash         TEXT    NOT NULL
) STRICT;

CREATE INDEX consent_events_by_subject ON consent_events (subject, id);

-- Both tables only grow. `INSERT OR REPLACE` deletes without a trigger for
-- deletes, so what is there is not inserted again either.
CREATE TRIGGER consent_events_stay_as_they_are BEFORE UPDATE ON consent_events
BEGIN SELECT RAISE (ABORT, 'consent_events is append-only'); END;

CREATE TRIGGER consent_events_stay BEFORE DELETE ON consent_events
BEGIN SELECT RAISE (ABORT, 'consent_events is append-only'); END;

CREATE TRIGGER consent_events_are_not_replaced BEFORE INSERT ON consent_events
WHEN EXISTS (SELECT 1 FROM consent_events WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'consent_events is append-only'); END;

CREATE TRIGGER consent_texts_stay_as_they_are BEFORE UPDATE ON consent_texts
BEGIN SELECT RAISE (ABORT, 'consent_texts is append-only'); END;

CREATE TRIGGER consent_texts_stay BEFORE DELETE ON consent_texts
BEGIN SELECT RAISE (ABORT, 'consent_texts is append-only'); END;

CREATE TRIGGER consent_texts_are_not_replaced BEFORE INSERT ON consent_texts
WHEN EXISTS (SELECT 1 FROM consent_texts WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE (IGNORE); END;
