// An Angular application with the box.

import { Component, signal, viewChild } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { LatchletConfig } from 'latchlet/box';
import { LatchletBox } from './latchlet-box.js';

const options: LatchletConfig = await fetch('/options.json').then((reply) => reply.json());

@Component({
  selector: '#app',
  imports: [LatchletBox],
  template: `
    <main>
      <h1>An Angular application</h1>
      <button type="button" (click)="count.set(count() + 1)">Rendered {{ count() }}</button>
      <button type="button" (click)="isShown.set(!isShown())">{{ isShown() ? 'Take it away' : 'Bring it back' }}</button>
      <button type="button" (click)="box()?.element?.show({ initialScreen: 'login' })">Log in instead</button>
      @if (person(); as email) { <p role="status">Hello, {{ email }}</p> }
      @if (isShown()) {
        <latchlet-box [options]="options" (authenticated)="person.set($event.detail.idTokenPayload.email)">
          <a href="/hosted">Log in here</a>
        </latchlet-box>
      }
    </main>
  `,
})
class App {
  protected readonly options = options;
  protected readonly count = signal(0);
  protected readonly isShown = signal(true);
  protected readonly person = signal<unknown>(null);
  protected readonly box = viewChild(LatchletBox);
}

await bootstrapApplication(App);
