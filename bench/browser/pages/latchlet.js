// The tag, made by a script: for mounting it again and again. The page that is
// visited has it in its HTML.

import { fields } from './form.js';

export const options = {
  clientId: 'bench', domain: location.origin, initialScreen: 'signUp',
  connections: [{ name: 'db' }], additionalSignUpFields: fields,
};

globalThis.mountCandidate = (place) => {
  const box = document.createElement('latchlet-box');
  box.options = options;
  place.append(box);
  return () => box.remove();
};
globalThis.unmountCandidate = () => document.querySelector('latchlet-box').remove();
