// Paints the first form of a box as the Wasm would (src/fields, src/parts), which
// then takes these very elements over. What is made here and what is made there is
// held equal by tests/e2e/shell.spec.mjs.

import type { Sketch, SketchField, SketchWords } from './sketch.js';

type Attributes = Record<string, string | boolean | undefined>;
type Child = Node | string | false | undefined;

/** An element as src/browser/element.rs makes it. `true` is an attribute without a value. */
function el(tag: string, part: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  const all: Attributes = { class: 'latchlet', part, ...attributes };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

let painted = 0;

export function paint(sketch: Sketch, origin: string): HTMLElement {
  const id = `latchlet-p${painted += 1}-`;
  const { words } = sketch;
  const form = el(
    'form', 'form', { method: 'post', action: origin + sketch.endpoint, novalidate: true, 'aria-labelledby': `${id}form-title` },
    el(
      'div', 'summary', { role: 'group', tabindex: '-1', 'aria-labelledby': `${id}form-summary`, hidden: true },
      el('h3', 'summary-title', { id: `${id}form-summary` }), el('ul', 'summary-list', { role: 'list' }),
    ),
    ...steps(sketch, id),
    el('p', 'notice', { role: 'alert' }),
    buttons(sketch),
  );
  return el(
    'section', 'box', { lang: sketch.language, 'data-painted': true },
    sketch.logo !== undefined && el('img', 'logo', { src: sketch.logo, alt: '' }),
    el('p', 'unseen', { role: 'status' }),
    el('p', 'flash'),
    el(
      'div', 'screen', {},
      el('h2', 'title', { id: `${id}form-title`, tabindex: '-1' }, sketch.title),
      sketch.intro && el('p', 'text intro', {}, sketch.intro),
      el('div', 'federated'),
      form,
      ...sketch.ways.map(({ question, action, link }) => {
        const way = link === undefined
          ? el('button', 'link', { type: 'button' }, action)
          : el('a', 'link', { href: link }, action);
        return el('p', 'switch', {}, question, question && ' ', way);
      }),
    ),
    el('div', 'frame'),
  );

  function steps({ steps: all }: Sketch, of: string): HTMLElement[] {
    return all.flatMap((step, place) => {
      const groups = step.groups.flatMap((group, at) => {
        const fields = group.fields.map((it) => field(it, words, sketch.language, of));
        if (!group.heading && !group.columns) return fields;
        const heading = group.heading ? `${of}form-group-${place}-${at}` : undefined;
        return [el(
          'div', 'section', { 'data-columns': group.columns, role: heading && 'group', 'aria-labelledby': heading },
          heading && el('h3', 'section-title', { id: heading }, group.heading),
          el('div', 'section-fields', {}, ...fields),
        )];
      });
      if (all.length === 1) return groups;
      const title = `${of}form-step-${place}`;
      return [el(
        'div', 'step', { role: 'group', 'aria-labelledby': title, hidden: place > 0 },
        el('h3', 'step-title', { id: title, tabindex: '-1' }, el('span', 'step-count', {}, step.count), ' ', step.title),
        ...groups,
      )];
    });
  }
}

function buttons({ submit, back, steps }: Sketch): HTMLElement {
  const send = el('button', 'submit', { type: 'submit' }, submit);
  return steps.length === 1 ? send : el('div', 'buttons', {}, el('button', 'back', { type: 'button', hidden: true }, back), send);
}

function field(it: SketchField, words: SketchWords, language: string, of: string): HTMLElement {
  const id = of + it.name;
  const { kind, label } = it;
  const isBox = kind === 'checkbox' || kind === 'consent';
  const isGroup = kind === 'radio' || kind === 'checkboxes';
  const isSecret = /password/i.test(kind);
  const help = it.help?.length ? el('p', 'help', { id: `${id}-help` }, ...it.help.map((line) => el('span', 'help-line', {}, line))) : undefined;
  const name = `latchlet-${it.name}`;
  const ariaLabel = it.ariaLabel && !it.ariaLabel.startsWith(label) ? `${label}: ${it.ariaLabel}` : it.ariaLabel;
  const about = {
    'aria-label': ariaLabel,
    'aria-describedby': `${id}-error${help ? ` ${id}-help` : ''}${it.policy ? ` ${id}-policy` : ''}`,
  };
  const required = it.required ? 'true' : undefined;
  const control = (tag: string, part: string, more: Attributes, ...children: Child[]) => el(
    tag, part, { name, id, autocomplete: it.autocomplete, 'aria-required': required, ...about, ...more }, ...children,
  );
  const named = [label, ...(it.required ? [] : [' ', el('span', 'optional', {}, words.optional)])];
  const above = () => [el('label', 'label', { for: id }, ...named), help];
  const line = (...children: Child[]) => el('div', 'control', {}, it.icon !== undefined && el('img', 'icon', { src: it.icon, alt: '' }), ...children);
  const below = [el('p', 'error', { id: `${id}-error` }), it.checked && el('p', 'progress')];
  const loads = it.loads && el('p', 'loading');
  const busy = it.loads ? 'true' : undefined;
  const whole = (...children: Child[]) => el('div', 'field', { hidden: it.hidden }, ...children);

  if (isBox) {
    const box = control('input', 'checkbox', { type: 'checkbox', checked: it.value === true });
    const link = it.document !== undefined && el(
      'a', 'link document', { href: it.document, target: '_blank', rel: 'noopener noreferrer' },
      words.read, el('span', 'unseen', {}, ': ', label), el('span', 'unseen', {}, ' ', words.newTab),
    );
    return whole(el('div', 'choice', {}, box, el('label', 'choice-label', { for: id }, label)), link, help, ...below);
  }
  if (isGroup) {
    const type = kind === 'radio' ? 'radio' : 'checkbox';
    const chosen = [it.value].flat();
    const choices = it.loads ? [el('p', 'help', {}, words.loading)] : (it.options ?? []).map(([value, text], place) => {
      const one = place ? `${id}-${place}` : id;
      const isChosen = chosen.includes(value) && (value !== '' || Array.isArray(it.value));
      return el(
        'div', 'choice', {},
        el('input', type, { name, type, id: one, value, checked: isChosen }),
        el('label', 'choice-label', { for: one }, text),
      );
    });
    return whole(el(
      'fieldset', 'group', { role: type === 'radio' ? 'radiogroup' : 'group', ...about, tabindex: it.loads && '-1', 'aria-required': type === 'radio' ? required : undefined },
      el('legend', 'label', {}, ...named), help, el('div', 'choices', { 'aria-busy': busy }, ...choices),
    ), ...below, loads);
  }
  if (isSecret) {
    const input = control('input', 'input', {
      type: 'password', autocapitalize: 'none', spellcheck: 'false', dir: 'ltr', enterkeyhint: kind === 'currentPassword' ? 'go' : 'next',
    });
    const reveal = el('button', 'reveal', { type: 'button', 'aria-controls': id, 'aria-label': words.showPassword }, words.show);
    const policy = it.policy && el(
      'div', 'policy', { id: `${id}-policy` },
      el('p', 'policy-title', {}, words.policy),
      el('ul', 'rules', { role: 'list' }, ...it.policy.map(([text, isItem]) => (
        el('li', 'rule', { 'data-item': isItem }, text, el('span', 'unseen', {}, words.notMet))
      ))),
    );
    return whole(...above(), el('div', 'control', {}, input, reveal), ...below, policy);
  }
  if (kind === 'select' || kind === 'country') {
    const text = it.loads ? words.loading : it.placeholder ?? words.chooseOne;
    const options = kind === 'country' ? countries(it.options ?? [], language) : it.options ?? [];
    const none = options.every(([value]) => value !== '') && el('option', 'option', { value: '' }, text);
    return whole(...above(), line(control(
      'select', 'input select', { 'aria-busy': busy },
      none, ...options.map(([value, of]) => el('option', 'option', { value, selected: value === (it.value ?? '') }, of)),
    )), ...below, loads);
  }
  if (kind === 'combobox') {
    const list = `${id}-list`;
    const input = control('input', 'input combobox', {
      type: 'text', role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list, dir: 'auto', spellcheck: 'false',
      autocapitalize: 'none', 'aria-busy': busy, 'aria-expanded': 'false', placeholder: it.placeholder,
    });
    return whole(...above(), line(input, el(
      'ul', 'list', { id: list, role: 'listbox', 'aria-label': label, tabindex: '-1', hidden: true },
      el('li', 'list-note', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, words.noMatch),
    )), ...below, loads);
  }
  const placeholder = it.placeholder;
  const text = typeof it.value === 'string' ? it.value : '';
  if (kind === 'textarea') {
    return whole(...above(), line(control('textarea', 'input area', { rows: '3', dir: 'auto', spellcheck: 'true', placeholder }, text)), ...below);
  }
  const isFree = !Object.hasOwn(SYNTAX, kind);
  const { type, mode } = isFree ? { type: 'text', mode: 'text' } : SYNTAX[kind]!;
  const isName = isFree && it.autocomplete.endsWith('name');
  return whole(...above(), line(control('input', 'input', {
    type,
    autocapitalize: isFree ? (isName ? 'words' : 'sentences') : 'none',
    spellcheck: isFree && !isName ? 'true' : 'false',
    dir: isFree ? 'auto' : 'ltr',
    enterkeyhint: 'next',
    placeholder,
    value: text,
    inputmode: mode,
  })), ...below);
}

/** What has a syntax: `type` and `inputmode`. */
const SYNTAX: Record<string, { type: string; mode?: string | undefined }> = {
  email: { type: 'email', mode: 'email' },
  either: { type: 'text', mode: 'email' },
  username: { type: 'text', mode: 'text' },
  tel: { type: 'tel', mode: 'tel' },
  url: { type: 'text', mode: 'url' },
  number: { type: 'text', mode: 'decimal' },
  code: { type: 'text', mode: 'numeric' },
  date: { type: 'date' },
};

/** Countries by their names, as src/browser/page.rs has them. */
function countries(codes: [string, string][], language: string): [string, string][] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return codes.map(([code]) => [code, names.of(code) ?? code] as [string, string]).sort(([, a], [, b]) => a.localeCompare(b, language));
}
