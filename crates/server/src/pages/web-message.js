// Tells the page that asked, in a frame or from a popup, and no other: the
// origin is one that the application is registered with.
const { origin, response } = document.currentScript.dataset;
const asked = window.parent === window ? window.opener : window.parent;
asked?.postMessage({ type: 'authorization_response', response: JSON.parse(response) }, origin);
