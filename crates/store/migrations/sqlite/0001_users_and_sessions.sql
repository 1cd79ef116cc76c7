-- Times are milliseconds since 1970 (UTC). Secrets that a client holds are
-- kept as their SHA-256 alone.

CREATE TABLE users (
    id             TEXT    PRIMARY KEY NOT NULL,
    connection     TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    email_verified INTEGER NOT NULL,
    username       TEXT,
    password_hash  TEXT    NOT NULL,
    attributes     TEXT    NOT NULL,
    user_metadata  TEXT    NOT NULL,
    app_metadata   TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    last_login     INTEGER,
    logins_count   INTEGER NOT NULL,
    UNIQUE (connection, email),
    UNIQUE (connection, username)
) STRICT;

-- What /co/authenticate gives and /authorize takes.
CREATE TABLE login_tickets (
    ticket     BLOB    PRIMARY KEY NOT NULL,
    cookie     BLOB    NOT NULL,
    client_id  TEXT    NOT NULL,
    user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- One sign-in, and everything that was issued for it.
CREATE TABLE sessions (
    id           TEXT    PRIMARY KEY NOT NULL,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id    TEXT    NOT NULL,
    scope        TEXT    NOT NULL,
    audience     TEXT,
    signed_in_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE authorization_codes (
    code           BLOB    PRIMARY KEY NOT NULL,
    session_id     TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    redirect_uri   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    nonce          TEXT,
    expires_at     INTEGER NOT NULL,
    used           INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The family of a refresh token is its session.
CREATE TABLE refresh_tokens (
    token      BLOB    PRIMARY KEY NOT NULL,
    session_id TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX login_tickets_by_expiry ON login_tickets (expires_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX authorization_codes_by_session ON authorization_codes (session_id);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- Private keys in PKCS #8.
CREATE TABLE signing_keys (
    kid        TEXT    PRIMARY KEY NOT NULL,
    pkcs8      BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
