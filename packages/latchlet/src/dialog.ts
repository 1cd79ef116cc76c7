// The modal: a native dialog, whose focus, top layer and inert page are the
// browser's own work.

import css from './dialog.css';
import { button } from './failure.js';

/** One sheet for all dialogs of a page, which goes with the last of them. */
let sheet: CSSStyleSheet | undefined;
let dialogs = 0;
let lastId = 0;

const SVG = 'http://www.w3.org/2000/svg';

export class Dialog {
  readonly #element = document.createElement('dialog');
  readonly #button: HTMLButtonElement;
  /** The element that had focus, and what it stood in, outwards. */
  #opener: Element[] = [];
  #closable = true;
  /** Whether a press began on the backdrop: selecting text may end there. */
  #pressed = false;

  /** `close` is called when a person asks for it. */
  constructor(host: HTMLElement, close: () => void) {
    adopt();
    const dialog = this.#element;
    const ask = () => {
      if (this.#closable) close();
    };
    this.#button = button('', ask);
    dialog.className = 'latchlet-dialog';
    dialog.tabIndex = -1;
    this.#button.append(cross());
    dialog.append(this.#button, host);

    dialog.addEventListener('keydown', (event) => {
      // Else Chromium closes at the second Escape, whatever `cancel` says.
      if (event.key === 'Escape' && !this.#closable) event.preventDefault();
    });
    dialog.addEventListener('cancel', (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      ask();
    });
    dialog.addEventListener('pointerdown', (event) => {
      this.#pressed = event.target === dialog;
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog && this.#pressed) ask();
    });
  }

  open(closable: boolean, closeLabel: string, name: string): void {
    this.#closable = closable;
    this.#button.hidden = !closable;
    this.#button.ariaLabel = closeLabel;
    const dialog = this.#element;
    if (dialog.open) return;
    const root = document.documentElement;
    // A page that reserves the room itself needs no help.
    const moves = innerWidth > root.clientWidth && getComputedStyle(root).scrollbarGutter === 'auto';
    dialog.toggleAttribute('data-gutter', moves);
    this.#opener = [...upwards(document.activeElement)];
    if (!dialog.isConnected) document.body.append(dialog);
    // Until there is a title.
    dialog.ariaLabel = name;
    dialog.showModal();
    // Not on the button that closes: the box may still have to come.
    dialog.focus();
  }

  /** Calls the dialog as the box's title calls itself. */
  label(): void {
    const title = this.#element.querySelector('[part~="title"]');
    if (!title) return;
    title.id ||= `latchlet-title-${(lastId += 1)}`;
    this.#element.setAttribute('aria-labelledby', title.id);
  }

  close(): void {
    const dialog = this.#element;
    if (!dialog.open) return;
    dialog.close();
    const [opener] = this.#opener;
    if (!opener?.isConnected) focusNear(this.#opener);
    this.#opener = [];
  }

  destroy(): void {
    this.close();
    this.#element.remove();
    dialogs -= 1;
    if (dialogs === 0) {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
      sheet = undefined;
    }
  }
}

function adopt(): void {
  dialogs += 1;
  if (sheet) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

function* upwards(element: Element | null): Generator<Element> {
  for (let it = element; it && it !== document.body; it = it.parentElement) yield it;
}

/**
 * What opened the dialog is gone, and the browser would start again at the
 * top of the page: focus goes to the nearest thing around it that is left.
 */
function focusNear(path: Element[]): void {
  const place = path.find((it) => it.isConnected);
  if (!(place instanceof HTMLElement)) return;
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  }
  place.focus({ preventScroll: true });
}

function cross(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.ariaHidden = 'true';
  path.setAttribute('d', 'M5 5l10 10M15 5L5 15');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '2');
  path.setAttribute('stroke-linecap', 'round');
  svg.append(path);
  return svg;
}
