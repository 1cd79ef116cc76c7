-- Times are milliseconds since 1970 (UTC). Secrets that a client holds are
-- kept as their SHA-256 alone. Objects are JSON in a text, byte for byte: JSONB
-- would lose the order of keys, the digits of numbers, and U+0000.
--
-- A unique key is named by its table and its last column, which tells the
-- store what was taken.

CREATE TABLE users (
    id                  TEXT    PRIMARY KEY,
    -- What stands before the `|` in `sub`, such as `auth0`, `email` or `sms`.
    provider            TEXT    NOT NULL,
    connection          TEXT    NOT NULL,
    email               TEXT,
    email_verified      BOOLEAN NOT NULL,
    phone_number        TEXT,
    phone_verified      BOOLEAN NOT NULL,
    username            TEXT,
    password_hash       TEXT,
    last_password_reset BIGINT,
    blocked             BOOLEAN NOT NULL DEFAULT FALSE,
    attributes          TEXT    NOT NULL,
    user_metadata       TEXT    NOT NULL,
    app_metadata        TEXT    NOT NULL,
    created_at          BIGINT  NOT NULL,
    updated_at          BIGINT  NOT NULL,
    last_login          BIGINT,
    logins_count        BIGINT  NOT NULL,
    CONSTRAINT users_email        UNIQUE (connection, email),
    CONSTRAINT users_phone_number UNIQUE (connection, phone_number),
    CONSTRAINT users_username     UNIQUE (connection, username)
);

CREATE INDEX users_by_email ON users (email);
CREATE INDEX users_by_age ON users (created_at, id);

-- The passwords that a person had before, the newest last.
CREATE TABLE password_history (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    password_hash TEXT   NOT NULL,
    replaced_at   BIGINT NOT NULL
);

CREATE INDEX password_history_by_user ON password_history (user_id, id);

-- Who users are at other identity providers, with what those said last.
CREATE TABLE identities (
    id         BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider   TEXT    NOT NULL,
    connection TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    is_social  BOOLEAN NOT NULL,
    profile    TEXT    NOT NULL,
    CONSTRAINT identities_subject UNIQUE (connection, subject)
);

CREATE INDEX identities_by_user ON identities (user_id, id);

-- What /co/authenticate gives and /authorize takes.
CREATE TABLE login_tickets (
    ticket     BYTEA  PRIMARY KEY,
    cookie     BYTEA  NOT NULL,
    client_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX login_tickets_by_user ON login_tickets (user_id);
CREATE INDEX login_tickets_by_expiry ON login_tickets (expires_at);

-- One sign-in, and everything that was issued for it.
CREATE TABLE sessions (
    id           TEXT    PRIMARY KEY,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id    TEXT    NOT NULL,
    scope        TEXT    NOT NULL,
    audience     TEXT,
    signed_in_at BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    revoked      BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE authorization_codes (
    code           BYTEA   PRIMARY KEY,
    session_id     TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    redirect_uri   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    nonce          TEXT,
    expires_at     BIGINT  NOT NULL,
    used           BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX authorization_codes_by_session ON authorization_codes (session_id);

-- The family of a refresh token is its session.
CREATE TABLE refresh_tokens (
    token      BYTEA   PRIMARY KEY,
    session_id TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at BIGINT  NOT NULL,
    used       BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- A browser in which somebody is signed in to this server.
CREATE TABLE browser_sessions (
    id           BYTEA  PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    signed_in_at BIGINT NOT NULL,
    -- Until when it lives unused, and until when it lives at all.
    idle_end     BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE INDEX browser_sessions_by_user ON browser_sessions (user_id);
CREATE INDEX browser_sessions_by_idle_end ON browser_sessions (idle_end);
CREATE INDEX browser_sessions_by_expiry ON browser_sessions (expires_at);

-- What a link in a mail about a forgotten password carries. A person has one
-- at most: the newest.
CREATE TABLE reset_tickets (
    user_id    TEXT   PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    ticket     BYTEA  NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT reset_tickets_ticket UNIQUE (ticket)
);

CREATE INDEX reset_tickets_by_expiry ON reset_tickets (expires_at);

-- What /passwordless/start sends as six digits, the newest for each recipient.
CREATE TABLE one_time_codes (
    connection TEXT   NOT NULL,
    recipient  TEXT   NOT NULL,
    client_id  TEXT   NOT NULL,
    code_hash  TEXT   NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (connection, recipient, client_id)
);

CREATE INDEX one_time_codes_by_expiry ON one_time_codes (expires_at);

-- What /passwordless/start sends as a link, with what `/authorize` would be
-- asked, as JSON.
CREATE TABLE magic_links (
    ticket     BYTEA  PRIMARY KEY,
    connection TEXT   NOT NULL,
    recipient  TEXT   NOT NULL,
    client_id  TEXT   NOT NULL,
    parameters TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX magic_links_by_recipient ON magic_links (connection, recipient, client_id);
CREATE INDEX magic_links_by_expiry ON magic_links (expires_at);

-- What was replied to a request, by the key that its sender gave it.
CREATE TABLE submissions (
    user_id     TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key         TEXT   NOT NULL,
    -- The SHA-256 of the request.
    fingerprint BYTEA  NOT NULL,
    reply       TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);

CREATE INDEX submissions_by_expiry ON submissions (expires_at);

-- How often something was done, by the SHA-256 of what it is.
CREATE TABLE limits (
    key     BYTEA  PRIMARY KEY,
    used    BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX limits_by_end ON limits (ends_at);

-- Private keys in PKCS #8.
CREATE TABLE signing_keys (
    kid        TEXT   PRIMARY KEY,
    pkcs8      BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

-- What only one transaction may do at a time: it locks the row.
CREATE TABLE locks (name TEXT PRIMARY KEY);
INSERT INTO locks (name) VALUES ('consents'), ('signing keys');

-- The words that people saw, by their SHA-256.
CREATE TABLE consent_texts (
    sha256 TEXT PRIMARY KEY,
    text   TEXT NOT NULL
);

-- What was said to consents, in the order in which it was said. Hashes are
-- SHA-256 in base64url; each row has that of the row before it. The subject
-- refers to no user: the proof outlives the account.
CREATE TABLE consent_events (
    id           BIGINT PRIMARY KEY,
    subject      TEXT   NOT NULL,
    document     TEXT   NOT NULL,
    version      TEXT   NOT NULL,
    text_sha256  TEXT   NOT NULL REFERENCES consent_texts (sha256),
    locale       TEXT   NOT NULL,
    decision     TEXT   NOT NULL,
    method       TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    form_version TEXT   NOT NULL,
    origin       TEXT   NOT NULL,
    request_id   TEXT   NOT NULL,
    prev_hash    TEXT   NOT NULL,
    hash         TEXT   NOT NULL
);

CREATE INDEX consent_events_by_subject ON consent_events (subject, id);

-- Both tables only grow.
CREATE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

CREATE TRIGGER consent_events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_events
EXECUTE FUNCTION refuse_to_change();

CREATE TRIGGER consent_texts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_texts
EXECUTE FUNCTION refuse_to_change();
