import { Authenticator } from '@aws-amplify/ui-react';
import '@aws-amplify/ui-react/styles.css';
import { Amplify } from 'aws-amplify';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { candidate, fields } from './form.js';

Amplify.configure({ Auth: { Cognito: { userPoolId: 'eu-central-1_abcdefghi', userPoolClientId: 'bench', loginWith: { email: true } } } });
const formFields = { signUp: Object.fromEntries(fields.map(({ name, label }) => [name, { label, placeholder: label }])) };

candidate((place) => {
  const root = createRoot(place);
  root.render(createElement(Authenticator, { initialState: 'signUp', loginMechanisms: ['email'], formFields }));
  return () => root.unmount();
});
