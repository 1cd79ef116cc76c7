import { Login } from './login.jsx';

/** A component of the server, around one of the browser. */
export default function Page() {
  return (
    <main>
      <h1>A Next.js application</h1>
      <Login />
    </main>
  );
}
