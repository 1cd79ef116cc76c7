// What is measured of a page, each by a visit of its own.

/** Where the e-mail address goes, in whatever root: what a person waits for. */
export const watchFirstInput = () => {
  const wanted = 'input[type="email"], input[name="email"], input[name="identifier"], input[autocomplete~="username"]';
  const find = (scope) => scope.querySelector(wanted)
    ?? [...scope.querySelectorAll('*')].map((it) => it.shadowRoot && find(it.shadowRoot)).find(Boolean);
  const hit = (x, y, scope = document) => {
    const at = scope.elementFromPoint(x, y);
    return at?.shadowRoot && at.shadowRoot !== scope ? hit(x, y, at.shadowRoot) : at;
  };
  globalThis.findInput = () => {
    const input = find(document);
    if (!input || input.disabled) return undefined;
    const { x, y, width, height } = input.getBoundingClientRect();
    return width > 0 && hit(x + width / 2, y + height / 2) === input ? input : undefined;
  };
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });
  globalThis.memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await real.apply(WebAssembly, given);
      const { exports } = result.instance ?? result;
      if (exports.memory) globalThis.memories.push(exports.memory);
      return result;
    };
  }
  const look = () => {
    if (globalThis.findInput?.()) globalThis.firstInput = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

/** Opens a page as somebody who has never been there. */
export async function open(browser, address, { isSlow = false } = {}) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await page.addInitScript(watchFirstInput);
  await session.send('Network.enable');
  if (isSlow) {
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  const loaded = { requests: 0, bytes: 0 };
  session.on('Network.responseReceived', ({ response }) => { if (response.url.startsWith('http')) loaded.requests += 1; });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { loaded.bytes += encodedDataLength; });
  try {
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.firstInput !== undefined, undefined, { timeout: 30_000, polling: 100 });
  } catch (error) {
    await context.close();
    throw error;
  }
  return { page, session, loaded, close: () => context.close() };
}

/** Of all processes of the browser, in milliseconds. */
async function cpu(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((all, { cpuTime }) => all + cpuTime * 1000, 0);
}

/** From the address to a form that somebody may type into. */
export async function arrival(browser, address, isSlow) {
  const before = await cpu(browser);
  const { page, session, loaded, close } = await open(browser, address, { isSlow });
  const ready = await page.evaluate(() => document.querySelector('latchlet-box')?.ready.then(() => performance.now()));
  await page.waitForTimeout(300);
  const spent = (await cpu(browser)) - before;
  const seen = await page.evaluate(() => ({
    firstInput: globalThis.firstInput,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    blocked: globalThis.longTasks.reduce((all, duration) => all + Math.max(0, duration - 50), 0),
    wasm: globalThis.memories.reduce((all, { buffer }) => all + buffer.byteLength, 0),
  }));
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await close();
  return {
    ...seen, takenOver: ready, requests: loaded.requests, transfer: loaded.bytes / 1024,
    memory: (usedSize + seen.wasm) / 1024 / 1024, cpu: spent,
  };
}

const KEYS = 60;

/** What the main thread does for a key, by the tasks in a trace: microtasks, layout and painting too. */
export async function typing(browser, address) {
  const { page, close } = await open(browser, address);
  await page.evaluate(() => globalThis.findInput().focus());
  await page.keyboard.type('warm');
  await page.waitForTimeout(300);
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] });
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press('x');
  await page.waitForTimeout(100);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await close();
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const spent = mains.map(({ pid, tid }) => traceEvents
    .filter((it) => it.pid === pid && it.tid === tid && it.ph === 'X' && it.name === 'RunTask')
    .reduce((all, { tdur, dur }) => all + (tdur ?? dur), 0));
  return Math.max(...spent) / 1000 / KEYS;
}

/** What is left of so many boxes that came and went. */
export async function turnover(browser, address, times) {
  const { page, session, close } = await open(browser, address);
  const turns = (most) => page.evaluate(async (count) => {
    const frame = () => new Promise((done) => { requestAnimationFrame(done); });
    globalThis.unmountCandidate();
    const main = document.querySelector('main');
    document.querySelector('#place').remove();
    for (let turn = 0; turn < count; turn += 1) {
      const place = document.createElement('div');
      place.id = 'place';
      main.append(place);
      const unmount = globalThis.mountCandidate(place);
      // Until it is there, for as long as a slow one may take.
      const until = performance.now() + 3000;
      while (!globalThis.findInput() && performance.now() < until) await frame();
      if (!globalThis.findInput()) throw new Error('no form');
      await unmount();
      place.remove();
    }
    // As it was.
    const place = document.createElement('div');
    place.id = 'place';
    main.append(place);
    globalThis.unmountCandidate = () => undefined;
    await new Promise((done) => { setTimeout(done, 500); });
  }, most);
  const left = async () => {
    for (let time = 0; time < 3; time += 1) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { heap: usedSize / 1024, nodes, listeners: jsEventListeners };
  };
  await turns(30);
  const before = await left();
  await turns(times);
  const after = await left();
  await close();
  return Object.fromEntries(Object.keys(before).map((name) => [name, (after[name] - before[name]) / times]));
}

/** Fifty at once: how long until each has a form, and what they hold. */
export async function fifty(browser, address) {
  const { page, session, close } = await open(browser, address);
  const took = await page.evaluate(async () => {
    const controls = () => document.querySelectorAll('input[type="email"]').length;
    const before = controls();
    const began = performance.now();
    for (let turn = 0; turn < 50; turn += 1) globalThis.mountCandidate(document.body.appendChild(document.createElement('div')));
    while (controls() < before + 50) await new Promise((done) => { requestAnimationFrame(done); });
    return performance.now() - began;
  });
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await close();
  return { took, memory: usedSize / 1024 / 1024 };
}
