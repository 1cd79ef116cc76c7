// The floor: the same fields by hand, drawn by the script, with the least that
// a form does: an error at a field that was left, and a submit.

import { candidate, fields } from './form.js';

const builtIn = [
  { name: 'email', label: 'Email address', type: 'email' },
  { name: 'password', label: 'Password', type: 'password' },
];

function control({ name, type = 'text', required = true, options = [] }) {
  const element = document.createElement(type === 'select' ? 'select' : 'input');
  if (type !== 'select') element.type = type;
  for (const { value, label } of options) element.append(new Option(label, value));
  element.id = element.name = name;
  element.required = required && type !== 'checkbox';
  return element;
}

candidate((place) => {
  const form = document.createElement('form');
  form.noValidate = true;
  for (const field of [...builtIn, ...fields]) {
    const [row, label, error, input] = [document.createElement('div'), document.createElement('label'), document.createElement('p'), control(field)];
    label.append(field.label);
    label.htmlFor = field.name;
    const judge = () => { error.textContent = input.validationMessage; };
    input.addEventListener('blur', judge);
    input.addEventListener('input', () => { if (error.textContent) judge(); });
    row.append(label, input, error);
    form.append(row);
  }
  const button = document.createElement('button');
  button.append('Sign up');
  form.append(button);
  form.addEventListener('submit', (event) => event.preventDefault());
  place.append(form);
  return () => form.remove();
});
