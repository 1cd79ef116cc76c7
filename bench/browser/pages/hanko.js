import { register } from '@teamhanko/hanko-elements';
import { candidate } from './form.js';

await register(location.origin, { enablePasskeys: false, sessionCheckInterval: 1e9 });

candidate((place) => {
  const box = document.createElement('hanko-login');
  place.append(box);
  return () => box.remove();
});
