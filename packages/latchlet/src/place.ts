// Where in `<latchlet-box>` the box stands: an element of ours, in the page or
// with a shadow root. Never the element itself: it would hide its own children.

import css from './element.css';

export class Place {
  /** What is put into the element. */
  readonly outer = document.createElement('div');
  /** What the box is put into. */
  readonly inner: HTMLElement;

  constructor(inShadow: boolean) {
    this.outer.className = 'latchlet-host';
    this.inner = this.outer;
    if (!inShadow) return;
    this.inner = document.createElement('div');
    this.inner.className = 'latchlet-host';
    this.outer.attachShadow({ mode: 'open' }).append(this.inner);
    adopt(this.inner);
  }

  /** What the keyboard comes to first, in whatever root it is. */
  first(): HTMLElement | null {
    const control = 'input:not([type="hidden"]), select, textarea, button';
    const isolated = this.inner.querySelector('[part~="isolated"]')?.shadowRoot;
    return (isolated ?? this.inner).querySelector<HTMLElement>(control);
  }
}

/** One sheet of a kind for the page, which every root of an element has. */
const sheets = new Map<string, CSSStyleSheet>();

export function adopt(element: Element, text = css): void {
  const root = element.getRootNode();
  // A sheet is of the document that it was made in.
  if (element.ownerDocument !== document || !('adoptedStyleSheets' in root)) return;
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  const { adoptedStyleSheets } = root as Document | ShadowRoot;
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}
