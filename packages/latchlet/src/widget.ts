// The Wasm module: fetched once for a page, and not before it is needed. Its
// bytes are those that the build has seen, or it does not start.

import { LatchletError } from './result.js';
import { onTrap } from './trap.js';

type Widget = typeof import('./latchlet.js');

// Of the files beside this one, put in by the build. A bundler changes the glue:
// it has no digest there, and is verified with what the bundler made of it.
declare const GLUE_DIGEST: string;
declare const WASM_DIGEST: string;

let wasmUrl: string | URL | undefined;
let loading: Promise<Widget> | undefined;

/** Where things are, for a page that moves them. Before the first box. */
export function configure(settings: { wasmUrl?: string | URL }): void {
  wasmUrl = settings.wasmUrl;
}

/** The module, started. A fetch that failed is tried again by the next call. */
export function load(): Promise<Widget> {
  loading ??= start().catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}

/** Who has to know that the module has trapped. */
export const mourners = new Set<(error: LatchletError) => void>();

/** Nothing is to be had of a module that has trapped. */
function giveUp(): void {
  const error = new LatchletError('internal_error', 'Latchlet has stopped; the console says where');
  loading = Promise.reject(error);
  loading.catch(() => undefined);
  for (const mourn of [...mourners]) mourn(error);
}

/** Where the module lies. A literal, so that bundlers take it along. */
export function address(): URL {
  return wasmUrl ? new URL(wasmUrl, document.baseURI) : new URL('./latchlet_bg.wasm', import.meta.url);
}

async function start(): Promise<Widget> {
  if (typeof WebAssembly !== 'object' || !('adoptedStyleSheets' in document)) {
    throw refusal('unsupported_browser', 'the browser has no WebAssembly or no constructable style sheets');
  }
  const refused: string[] = [];
  const note = ({ blockedURI }: SecurityPolicyViolationEvent) => refused.push(blockedURI);
  document.addEventListener('securitypolicyviolation', note);
  try {
    const [widget, module] = await Promise.all([glue(), wasm()]);
    await widget.default({ module_or_path: module });
    onTrap(address().href, giveUp);
    return widget;
  } catch (cause) {
    console.error(cause);
    // Violations are told by a task of their own.
    await new Promise((resolve) => { setTimeout(resolve); });
    const about = [address().href, glueAddress().href, 'wasm-eval'];
    const blocked = refused.find((it) => about.includes(it));
    if (blocked) throw refusal('blocked_by_policy', `the content security policy forbids ${blocked}`);
    throw cause instanceof LatchletError ? cause : refusal('load_failed', String(cause));
  } finally {
    document.removeEventListener('securitypolicyviolation', note);
  }
}

function glueAddress(): URL {
  return new URL('./latchlet.js', import.meta.url);
}

async function glue(): Promise<Widget> {
  if (GLUE_DIGEST) {
    // What a preload has verified is what the import then finds.
    const { href } = glueAddress();
    const link = document.createElement('link');
    Object.assign(link, { rel: 'modulepreload', crossOrigin: 'anonymous', integrity: GLUE_DIGEST, href });
    const verified = new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));
    document.documentElement.append(link);
    try {
      await verified;
    } catch {
      throw await why(href, 'javascript');
    } finally {
      link.remove();
    }
  }
  return import('./latchlet.js');
}

async function wasm(): Promise<WebAssembly.Module> {
  const { href } = address();
  // Without a prototype: what a page has put there is no option of ours.
  const options: RequestInit = Object.assign(Object.create(null), { integrity: WASM_DIGEST });
  const response = await fetch(href, options).catch(() => undefined);
  if (!response?.ok) throw await why(href, 'wasm');
  try {
    if (isOf(response, 'application/wasm')) return await WebAssembly.compileStreaming(response);
    console.warn(`Latchlet: ${href} should be served as application/wasm.`);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    console.error(cause);
    throw refusal('unsupported_browser', 'the browser cannot run the WebAssembly module');
  }
}

/** Why a file did not come, by asking for it without any condition. */
async function why(href: string, type: string): Promise<LatchletError> {
  const response = await fetch(href).catch(() => undefined);
  if (!response?.ok) return refusal('load_failed', `${href} cannot be reached (${response?.status ?? 'no reply'})`);
  if (!isOf(response, type)) return refusal('wrong_type', `${href} is served as ${response.headers.get('content-type')}`);
  return refusal('integrity_mismatch', `${href} is not what this version of Latchlet was built with`);
}

function isOf(response: Response, type: string): boolean {
  return response.headers.get('content-type')?.includes(type) ?? false;
}

function refusal(code: string, what: string): LatchletError {
  return new LatchletError(code, `Latchlet could not be loaded: ${what}`);
}
