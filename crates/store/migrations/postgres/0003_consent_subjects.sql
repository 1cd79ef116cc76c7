-- What consents call a person: a pseudonym that stands in the row of the user
-- alone, so that nothing leads from a record to anybody once that row is gone.
-- Records are chained by hashes over it, so accounts that are older keep what
-- they are called there.
ALTER TABLE users ADD COLUMN consent_subject TEXT NOT NULL DEFAULT '';
UPDATE users SET consent_subject = provider || '|' || id;
