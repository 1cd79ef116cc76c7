// What is wrong with the options of a box. Few boxes need to know, so the
// module that does comes with the first one that refuses its options.

export async function problems(options) {
  const { default: init, check } = await import('./latchlet_check.js');
  await init();
  return check(options);
}
