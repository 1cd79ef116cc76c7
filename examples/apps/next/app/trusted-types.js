// Turbopack loads what is imported later by scripts whose addresses it does not say
// to be trusted. Where the page wants that, those of its own origin are.

if (globalThis.trustedTypes && !trustedTypes.defaultPolicy) {
  trustedTypes.createPolicy('default', {
    createScriptURL: (address) => (new URL(address, location.href).origin === location.origin ? address : null),
  });
}
