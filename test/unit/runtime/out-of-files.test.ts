import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compiled } from '../../support/compiled.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test.runIf(process.platform !== 'win32')(
  'a program that may open no more files blames neither its rules file nor the receiver',
  { timeout: 60_000 },
  () => {
    const file = temporaryFolder().write('.wechatyrc.yaml', 'rules: []\n');
    const child = compiled('test/unit/runtime/out-of-files-child.ts');
    const script = 'ulimit -n 400; exec "$0" "$@"';
    const stdout = execFileSync('sh', ['-c', script, process.execPath, child, file], {
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual({
      isGone: false,
      changesMeanwhile: 0,
      verdict: 'nothing',
      answer: { kind: 'connection', code: 'EMFILE' },
      refused: expect.stringContaining('ulimit -n'),
    });
  },
);
