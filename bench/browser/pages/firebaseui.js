import firebase from 'firebase/compat/app';
import 'firebase/compat/auth';
import * as firebaseui from 'firebaseui';
import 'firebaseui/dist/firebaseui.css';
import { candidate } from './form.js';

firebase.initializeApp({ apiKey: 'bench', authDomain: location.host, projectId: 'bench' });
const ui = new firebaseui.auth.AuthUI(firebase.auth());

candidate((place) => {
  ui.start(place, { signInOptions: [firebase.auth.EmailAuthProvider.PROVIDER_ID], credentialHelper: 'none' });
  return () => ui.reset();
});
