// What stands in the place of a box that cannot be there, or that has stopped.

import type { LatchletError } from './result.js';

/** The page's own words, by the names that `languageDictionary` has for them. */
export type Words = Record<string, unknown> | null | undefined;

/** A word of the page's own, for what is there while the box is not. */
export function word(words: Words, key: string, fallback: string): string {
  const own = words?.[key];
  return typeof own === 'string' && own !== '' ? own : fallback;
}

const SENTENCES: Record<string, string> = {
  load_failed: 'The form could not be loaded. Check your connection and try again.',
  unsupported_browser: 'This browser is too old for this form. Please use a newer one.',
  internal_error: 'The form has stopped working. Please reload the page.',
};

/** A message with one way on, in place of what is in an element. */
export function showFailure(place: ParentNode, error: LatchletError, words: Words, retry: () => void): void {
  const failure = document.createElement('div');
  failure.className = 'latchlet-failure';
  failure.role = 'alert';
  place.replaceChildren(failure);
  // Said once it is on the page, so that a screen reader hears it.
  const text = document.createElement('p');
  text.textContent = word(
    words,
    'unrecoverableError',
    SENTENCES[error.code] ?? 'The form could not be loaded. Please tell the owner of this site.',
  );
  failure.append(text);
  if (error.code === 'load_failed') {
    failure.append(button(word(words, 'retryLabel', 'Try again'), () => {
      place.replaceChildren();
      retry();
    }));
  } else if (error.code === 'internal_error') {
    failure.append(button(word(words, 'reloadLabel', 'Reload the page'), () => location.reload()));
  }
}

/** A button that sends no form. */
export function button(text: string, press: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', press);
  return element;
}
