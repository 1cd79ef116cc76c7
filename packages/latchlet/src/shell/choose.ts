// Whether a form can be painted before the Wasm is there, and from what.

import type { Options } from '../box.js';
import { plain } from './plain.js';
import { Shell } from './shell.js';
import type { Sketch } from './sketch.js';

/** What a page may say beside a compiled config without having said another form. */
const BESIDE = ['accessToken', 'auth', 'clientId', 'connectionResolver', 'domain', 'hooks', 'idTokenPayload', 'theme', 'user'];

/** `compiled` is what came with the config, `said` what was said beside it. */
export function shell(options: Options, compiled: Sketch | undefined, said: object): Shell | undefined {
  // The end of a login is no form.
  if (/[?&]state=latchlet\./.test(location.search)) return undefined;
  if (typeof options.domain !== 'string' || typeof options.clientId !== 'string') return undefined;
  const sketch = compiled && Object.keys(said).every((name) => BESIDE.includes(name)) ? compiled : plain(options);
  return sketch && new Shell(sketch, options.domain);
}
