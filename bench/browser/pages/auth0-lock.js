import { Auth0Lock } from 'auth0-lock';
import { candidate, fields } from './form.js';

// Lock knows no labels and calls its own types otherwise.
const additionalSignUpFields = fields.map(({ name, label, type = 'text', options }) => (
  type === 'checkbox' ? { type, name, placeholder: label, prefill: 'false' } : { type, name, placeholder: label, options }));

candidate((place) => {
  place.id = 'place';
  const lock = new Auth0Lock('bench', location.host, {
    container: 'place', initialScreen: 'signUp', additionalSignUpFields, configurationBaseUrl: location.origin,
    auth: { redirect: true, responseType: 'code' }, avatar: null, hashCleanup: false,
  });
  lock.show();
  return () => { lock.hide(); lock.destroy?.(); };
});
