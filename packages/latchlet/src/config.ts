// The config of an element: at an address, or in a script of data inside of it.

import { isPlain } from './merge.js';
import { LatchletError } from './result.js';

/** The config that an element names, or has; nothing if it does neither. */
export async function read(element: HTMLElement, address: string | null): Promise<Record<string, unknown> | undefined> {
  if (address !== null) return parse(await fetchText(address), address);
  // While the page is still coming, what is in an element may not be there yet.
  if (document.readyState === 'loading') {
    await new Promise((resolve) => { document.addEventListener('DOMContentLoaded', resolve, { once: true }); });
  }
  const script = element.querySelector(':scope > script[type="application/json"]');
  return script ? parse(script.textContent ?? '', 'the config in the element') : undefined;
}

async function fetchText(address: string): Promise<string> {
  const response = await fetch(new URL(address, document.baseURI)).catch(() => undefined);
  if (!response?.ok) {
    throw new LatchletError('load_failed', `Latchlet: ${address} cannot be reached (${response?.status ?? 'no reply'})`);
  }
  return response.text();
}

function parse(text: string, where: string): Record<string, unknown> {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (cause) {
    throw new LatchletError('invalid_config', `Latchlet: ${where} is not JSON: ${String(cause)}`);
  }
  if (!isPlain(config)) throw new LatchletError('invalid_config', `Latchlet: ${where} is not an object`);
  return config;
}
