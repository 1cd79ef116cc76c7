import { Auth } from '@supabase/auth-ui-react';
import { ThemeSupa } from '@supabase/auth-ui-shared';
import { createClient } from '@supabase/supabase-js';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { candidate } from './form.js';

const supabaseClient = createClient(location.origin, 'anonymous');

candidate((place) => {
  const root = createRoot(place);
  root.render(createElement(Auth, { supabaseClient, appearance: { theme: ThemeSupa }, providers: [], view: 'sign_up' }));
  return () => root.unmount();
});
