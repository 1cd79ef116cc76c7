'use client';

import './trusted-types.js';
import { LatchletBox } from '@latchlet/react';
import { useEffect, useRef, useState } from 'react';

export function Login() {
  const [options, setOptions] = useState(null);
  const [person, setPerson] = useState(null);
  const [count, setCount] = useState(0);
  const [isShown, setShown] = useState(true);
  const box = useRef(null);
  useEffect(() => {
    fetch('/options.json').then((reply) => reply.json()).then(setOptions);
  }, []);
  return (
    <>
      <button type="button" onClick={() => setCount(count + 1)}>Rendered {count}</button>
      <button type="button" onClick={() => setShown(!isShown)}>{isShown ? 'Take it away' : 'Bring it back'}</button>
      <button type="button" onClick={() => box.current.show({ initialScreen: 'login' })}>Log in instead</button>
      {person && <p role="status">Hello, {person.email}</p>}
      {isShown && (
        <LatchletBox ref={box} options={options} onAuthenticated={({ idTokenPayload }) => setPerson(idTokenPayload)}>
          <a href="/hosted">Log in here</a>
        </LatchletBox>
      )}
    </>
  );
}
