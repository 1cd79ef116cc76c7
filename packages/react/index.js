'use client';
// `<LatchletBox>` for React: `<latchlet-box>`, with options by properties and events by
// functions. Rendered on a server it is the empty element with its children.

import 'latchlet/box';
import { createElement, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';

/** `onProfileShown` hears of `latchlet:profileshown`, `onConfigError` of `latchlet:config-error`. */
const EVENTS = {
  onAuthenticated: 'authenticated', onBeforeSubmit: 'beforesubmit', onConfigError: 'config-error', onError: 'error',
  onFatal: 'fatal', onFederated: 'federated', onFieldError: 'fielderror', onProfileAnswered: 'profileanswered',
  onProfileShown: 'profileshown', onProfileSkipped: 'profileskipped', onProfileSnoozed: 'profilesnoozed',
  onScreen: 'screen', onSignup: 'signup', onSubmit: 'submit',
};

// A server has no layout, and React says so where one asks for it there.
const useEarly = typeof document === 'undefined' ? useEffect : useLayoutEffect;

export function LatchletBox({ ref, boxRef, options, isolation, theme, className, id, children, ...listeners }) {
  const element = useRef(null);
  const heard = useRef(listeners);
  useImperativeHandle(boxRef ?? ref, () => element.current, []);
  useEarly(() => {
    heard.current = listeners;
  });
  useEarly(() => {
    const box = element.current;
    const all = Object.entries(EVENTS).map(([property, name]) => {
      const hear = (event) => heard.current[property]?.(event.detail, event);
      box.addEventListener(`latchlet:${name}`, hear);
      return () => box.removeEventListener(`latchlet:${name}`, hear);
    });
    return () => all.forEach((stop) => stop());
  }, []);
  useEarly(() => {
    element.current.options = options;
  }, [options]);
  // What an attribute says is there on a server, too. The class of React 18 is `class`.
  return createElement('latchlet-box', { ref: element, id, class: className, isolation, theme }, children);
}
