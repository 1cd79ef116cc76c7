// `<latchlet-box>` for Angular: a component to copy. It makes the tag known to
// templates, gives it its options by a property, and has its events as outputs.

import { Component, ElementRef, effect, inject, input, output } from '@angular/core';
import type { BoxEvents, LatchletConfig, LatchletBox as LatchletBoxElement } from 'latchlet/box';
import 'latchlet/box';

type Emitted<Name extends string> = BoxEvents[`latchlet:${Name}` & keyof BoxEvents];

@Component({ selector: 'latchlet-box', template: '<ng-content />' })
export class LatchletBox {
  /** Everything about the box. Functions in it are the same only if they are one: make them once. */
  readonly options = input.required<LatchletConfig>();
  readonly authenticated = output<Emitted<'authenticated'>>();
  readonly beforesubmit = output<Emitted<'beforesubmit'>>();
  readonly configError = output<Emitted<'config-error'>>();
  readonly error = output<Emitted<'error'>>();
  readonly fatal = output<Emitted<'fatal'>>();
  readonly screen = output<Emitted<'screen'>>();
  readonly signup = output<Emitted<'signup'>>();

  /** The element, with its methods. */
  readonly element = inject<ElementRef<LatchletBoxElement>>(ElementRef).nativeElement;

  constructor() {
    effect(() => {
      this.element.options = this.options();
    });
    // A template cannot name them: it takes what stands before a colon for a target.
    const { element } = this;
    element.addEventListener('latchlet:authenticated', (event) => this.authenticated.emit(event));
    element.addEventListener('latchlet:beforesubmit', (event) => this.beforesubmit.emit(event));
    element.addEventListener('latchlet:config-error', (event) => this.configError.emit(event));
    element.addEventListener('latchlet:error', (event) => this.error.emit(event));
    element.addEventListener('latchlet:fatal', (event) => this.fatal.emit(event));
    element.addEventListener('latchlet:screen', (event) => this.screen.emit(event));
    element.addEventListener('latchlet:signup', (event) => this.signup.emit(event));
  }
}
