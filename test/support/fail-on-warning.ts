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

process.on('warning', (warning) => {
  const text = `${warning.name}: ${warning.message}`;
  if (!known.some((pattern) => pattern.test(text))) warnings.push(text);
});

afterAll(() => {
  expect(warnings).toEqual([]);
});
