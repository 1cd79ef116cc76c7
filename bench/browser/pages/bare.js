// One bare input: what a key costs the browser itself.

import { candidate } from './form.js';

candidate((place) => {
  const input = document.createElement('input');
  input.type = 'email';
  place.append(input);
  return () => input.remove();
});
