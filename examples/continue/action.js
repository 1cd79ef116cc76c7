/**
 * A post-login Action: asks people something in the middle of a login.
 *
 * Its secrets: LATCHLET_SECRET, the `secret` in the auth server's config, and
 * LATCHLET_URL, the address of the auth server.
 */
exports.onExecutePostLogin = async (event, api) => {
  // Not where nobody could answer: silent logins, refreshes.
  if (!api.redirect.canRedirect()) return;
  const { user, stats, connection, transaction } = event;
  const token = api.redirect.encodeToken({
    secret: event.secrets.LATCHLET_SECRET,
    expiresInSeconds: 900,
    payload: {
      user_metadata: user.user_metadata ?? {},
      logins_count: stats.logins_count,
      created_at: user.created_at,
      connection: connection.name,
      locale: transaction?.locale,
      claims: {
        email: user.email,
        name: user.name,
        given_name: user.given_name,
        family_name: user.family_name,
        nickname: user.nickname,
      },
    },
  });
  api.redirect.sendUserTo(`${event.secrets.LATCHLET_URL}/continue-profile`, {
    query: { session_token: token },
  });
};

exports.onContinuePostLogin = async (event, api) => {
  const { sub, user_metadata: answers } = api.redirect.validateToken({
    secret: event.secrets.LATCHLET_SECRET,
    tokenParameterName: 'session_token',
  });
  // Answers of another account, brought to this login.
  if (sub !== event.user.user_id) return api.access.deny('These answers are not yours.');
  // `null` takes an answer back. The key `latchlet` is what was asked before.
  for (const [name, value] of Object.entries(answers ?? {})) {
    api.user.setUserMetadata(name, value);
  }
};
