// What a person should know after the run: what was left out and why, and where
// a tenant answered otherwise than the contract.

const TITLES = { skip: 'left out', difference: 'the tenant answers otherwise' };

export default class Report {
  #lines = { skip: new Set(), difference: new Set() };

  onTestEnd(test, { annotations }) {
    for (const { type, description } of annotations) {
      this.#lines[type]?.add(`${test.titlePath().slice(2).join(' › ')}: ${description}`);
    }
  }

  onEnd() {
    for (const [type, lines] of Object.entries(this.#lines)) {
      if (lines.size > 0) console.log(`\n${TITLES[type]}:\n${[...lines].map((line) => `  - ${line}`).join('\n')}`);
    }
  }

  printsToStdio() {
    return false;
  }
}
