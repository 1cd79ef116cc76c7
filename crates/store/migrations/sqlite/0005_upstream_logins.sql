-- Logins that go on at another provider: what has to be known when the browser
-- comes back.
CREATE TABLE upstream_logins (
    state      BLOB    PRIMARY KEY NOT NULL,
    browser    BLOB    NOT NULL,
    connection TEXT    NOT NULL,
    parameters TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX upstream_logins_by_expiry ON upstream_logins (expires_at);
