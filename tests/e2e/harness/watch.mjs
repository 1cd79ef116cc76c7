// What no page of ours may do, in any test: break its policy, log an error,
// throw, or send a request to a third party.

/** Every server of the tests is on this machine. */
const isOurs = (url) => url === '' || /^(data:|http:\/\/127\.0\.0\.1:|https:\/\/[a-z.]+\.example:)/.test(url);

/** Watches a page from before its first request; answers with a judge. */
export async function watch(page) {
  const troubles = [];
  const allowed = [];
  const trouble = (what) => {
    if (!allowed.some((pattern) => pattern.test(what))) troubles.push(what);
  };
  page.on('pageerror', (error) => trouble(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // Chromium's own line for a reply such as 400, which the box handles.
    const aboutReply = text.startsWith('Failed to load resource') && isOurs(message.location().url);
    if (message.type() === 'error' && !aboutReply) trouble(`console: ${text}`);
  });
  page.on('request', (request) => {
    if (!isOurs(request.url())) trouble(`request to a third party: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
    }, true);
  });
  return {
    /** A test that provokes a trouble says which. */
    allow: (pattern) => allowed.push(pattern),
    troubles,
  };
}
