// The form that stands there before the Wasm does. It can be filled in; whatever
// is pressed meanwhile is done once the Wasm has taken the form over.

import { adopt } from '../place.js';
import { still } from '../still.js';
import { paint } from './paint.js';
import type { Sketch } from './sketch.js';
import css from './shell.css';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export class Shell {
  readonly #box: HTMLElement;
  #pressed: HTMLElement | undefined;
  /** Kept once no input method is at work. */
  #quiet: Promise<unknown> = Promise.resolve();

  constructor(sketch: Sketch, domain: string) {
    this.#box = paint(sketch, domain.includes('://') ? domain : `https://${domain}`);
    this.#box.addEventListener('click', this.#press);
    this.#box.addEventListener('compositionstart', this.#compose);
  }

  /** Puts it into a place, in place of what is in it. */
  stand(place: HTMLElement): void {
    if (this.#box.parentNode !== place) place.replaceChildren(this.#box);
    adopt(place, css);
  }

  /** What stays beside a message: what was typed, if anything was. Where there can be another attempt, it goes on being typed. */
  left(again: boolean): Element[] {
    if (!this.#controls().some(isTouched)) return [];
    return [again ? this.#box : still(this.#box)];
  }

  /** Waits until nobody is in the middle of a character. */
  async settle(): Promise<void> {
    await this.#quiet;
  }

  /** The Wasm has the form: it hears what was done before. */
  handOver(): void {
    this.#box.removeEventListener('click', this.#press);
    this.#box.removeEventListener('compositionstart', this.#compose);
    for (const control of this.#controls().filter(isTouched)) {
      control.dispatchEvent(new Event('input', { bubbles: true }));
      if (!control.matches(':focus')) control.dispatchEvent(new Event('blur'));
    }
    this.#pressed?.removeAttribute('aria-disabled');
    if (this.#pressed?.isConnected) this.#pressed.click();
  }

  #controls(): Control[] {
    return [...this.#box.querySelectorAll<Control>('input, textarea, select')];
  }

  #press = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>('button');
    if (!button) return;
    this.#pressed?.removeAttribute('aria-disabled');
    this.#pressed = button;
    button.setAttribute('aria-disabled', 'true');
  };

  #compose = ({ target }: Event): void => {
    this.#quiet = new Promise((resolve) => { target?.addEventListener('compositionend', resolve, { once: true }); });
  };
}

/** Whether somebody, or something of theirs, filled it in. */
function isTouched(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return control.selectedOptions[0]?.defaultSelected === false && control.value !== '';
  if (control instanceof HTMLInputElement && control.checked !== control.defaultChecked) return true;
  return control.value !== control.defaultValue;
}
