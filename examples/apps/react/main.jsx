// A React application with the box: options by a property, events by functions, and
// what the form has typed outlives a render of the page around it.

import { LatchletBox } from '@latchlet/react';
import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

function App({ options }) {
  const [person, setPerson] = useState(null);
  const [count, setCount] = useState(0);
  const [isShown, setShown] = useState(true);
  const box = useRef(null);
  return (
    <main>
      <h1>A React application</h1>
      <button type="button" onClick={() => setCount(count + 1)}>Rendered {count}</button>
      <button type="button" onClick={() => setShown(!isShown)}>{isShown ? 'Take it away' : 'Bring it back'}</button>
      <button type="button" onClick={() => box.current.show({ initialScreen: 'login' })}>Log in instead</button>
      {person && <p role="status">Hello, {person.email}</p>}
      {isShown && (
        <LatchletBox ref={box} options={{ ...options }} onAuthenticated={({ idTokenPayload }) => setPerson(idTokenPayload)}>
          <a href="/hosted">Log in here</a>
        </LatchletBox>
      )}
    </main>
  );
}

const options = await fetch('/options.json').then((reply) => reply.json());
createRoot(document.querySelector('#app')).render(<StrictMode><App options={options} /></StrictMode>);
