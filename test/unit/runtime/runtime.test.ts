import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { startRuntime } from '../../../src/runtime/runtime.js';
import { notingPino } from '../../support/noting-pino.js';

const noRules = { rules: [], journal: { store: 'memory' } };

describe('a runtime', () => {
  test('that cannot start for a defect says so, without the words of the defect', async () => {
    const { logger, lines } = notingPino();
    const clock = {
      ...systemClock,
      now: () => {
        throw new RangeError('somebody said 订阅');
      },
    };
    const runtime = startRuntime(noRules, { clock, logger });
    await runtime.ready;
    await runtime.close(Date.now());
    const error = lines.find(({ level }) => level === 50);
    expect(error?.msg).toMatch(/^(?:The plugin could not start: |插件无法启动：)RangeError$/u);
    expect(JSON.stringify(lines)).not.toContain('订阅');
  });

  test('writes to the logger that it is given, within `log.level`', async () => {
    const { logger, lines } = notingPino('debug');
    const start = async (level: string) => {
      const runtime = startRuntime({ ...noRules, log: { level } }, { logger });
      onTestFinished(() => runtime.close(Date.now()));
      await runtime.ready;
    };
    await start('info');
    expect(lines.map(({ msg }) => msg)).toEqual([expect.stringMatching(/0/u)]);
    await start('warn');
    expect(lines).toHaveLength(1);
  });
});
