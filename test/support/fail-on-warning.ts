import { afterAll, expect } from 'vitest';

// A warning of the process (a leaked listener, a deprecated call of ours) is a defect, not noise.
// The packages of the Wechaty family emit these by themselves.
const known = [
  /punycode/u,
  /url\.parse\(\)/u,
  /Calling start\(\) is no longer necessary/u,
  /DEP0040/u,
  /DEP0169/u,
];
const warnings: string[] = [];

function note(warning: Error): void {
  const text = `${warning.name}: ${warning.message}`;
  if (!known.some((pattern) => pattern.test(text))) warnings.push(text);
}

process.on('warning', note);

afterAll(() => {
  // The next file of this process has a listener of its own.
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
