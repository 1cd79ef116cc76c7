-- Other ways in than a password: codes and links that are sent, forgotten
-- passwords, and the session of a browser.

-- Accounts without a password, and accounts without an e-mail address. SQLite
-- cannot drop a NOT NULL, so the table is made again; what refers to it is put
-- aside meanwhile, because dropping a table deletes its rows first, and those
-- with them that refer to it.
CREATE TABLE kept_sessions AS SELECT * FROM sessions;
CREATE TABLE kept_codes    AS SELECT * FROM authorization_codes;
CREATE TABLE kept_tokens   AS SELECT * FROM refresh_tokens;

CREATE TABLE new_users (
    id                  TEXT    PRIMARY KEY NOT NULL,
    -- What stands before the `|` in `sub`: `auth0`, `email` or `sms`.
    provider            TEXT    NOT NULL,
    connection          TEXT    NOT NULL,
    email               TEXT,
    email_verified      INTEGER NOT NULL,
    phone_number        TEXT,
    phone_verified      INTEGER NOT NULL,
    username            TEXT,
    password_hash       TEXT,
    last_password_reset INTEGER,
    attributes          TEXT    NOT NULL,
    user_metadata       TEXT    NOT NULL,
    app_metadata        TEXT    NOT NULL,
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL,
    last_login          INTEGER,
    logins_count        INTEGER NOT NULL,
    UNIQUE (connection, email),
    UNIQUE (connection, phone_number),
    UNIQUE (connection, username)
) STRICT;

INSERT INTO new_users
SELECT id, 'auth0', connection, email, email_verified, NULL, 0, username, password_hash, NULL,
       attributes, user_metadata, app_metadata, created_at, updated_at, last_login, logins_count
FROM users;

DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

INSERT INTO sessions            SELECT * FROM kept_sessions;
INSERT INTO authorization_codes SELECT * FROM kept_codes;
INSERT INTO refresh_tokens      SELECT * FROM kept_tokens;
DROP TABLE kept_sessions;
DROP TABLE kept_codes;
DROP TABLE kept_tokens;

-- The passwords that a person had before, the newest last.
CREATE TABLE password_history (
    user_id       TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    password_hash TEXT    NOT NULL,
    replaced_at   INTEGER NOT NULL
) STRICT;

-- What a link in a mail about a forgotten password carries. A person has one
-- at most: the newest.
CREATE TABLE reset_tickets (
    user_id    TEXT    PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    ticket     BLOB    NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
) STRICT;

-- What /passwordless/start sends as six digits, the newest for each recipient.
CREATE TABLE one_time_codes (
    connection TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    client_id  TEXT    NOT NULL,
    code_hash  TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (connection, recipient, client_id)
) STRICT;

-- What /passwordless/start sends as a link, with what `/authorize` would be
-- asked, as JSON.
CREATE TABLE magic_links (
    ticket     BLOB    PRIMARY KEY NOT NULL,
    connection TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    client_id  TEXT    NOT NULL,
    parameters TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- A browser in which somebody is signed in to this server.
CREATE TABLE browser_sessions (
    id           BLOB    PRIMARY KEY NOT NULL,
    user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    signed_in_at INTEGER NOT NULL,
    -- Until when it lives unused, and until when it lives at all.
    idle_end     INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX password_history_by_user ON password_history (user_id, replaced_at);
CREATE INDEX reset_tickets_by_expiry ON reset_tickets (expires_at);
CREATE INDEX one_time_codes_by_expiry ON one_time_codes (expires_at);
CREATE INDEX magic_links_by_expiry ON magic_links (expires_at);
CREATE INDEX browser_sessions_by_user ON browser_sessions (user_id);
CREATE INDEX browser_sessions_by_expiry ON browser_sessions (expires_at);
CREATE INDEX sessions_by_user ON sessions (user_id);
