import type { ConfiguredAdapter } from '../../adapters/create-puppet.js';
import {
  type AdapterFinding,
  isTestable,
  type ServedAt,
  testAdapter,
} from '../../adapters/self-tests.js';
import type { SelfTest, SelfTestStep } from '../../console/api/contract.js';
import type { Clock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** A platform may take so long for all checks together, in ms. */
const patienceMs = 30_000;

/** Whether there is a test for these settings. */
export function canTest(settings: ConfiguredAdapter | undefined): boolean {
  return settings !== undefined && isTestable(settings.key);
}

/** The checks of `doctor --adapter`, as the console shows them. Says nothing in a chat; never rejects. */
export async function selfTest(
  settings: ConfiguredAdapter,
  at: ServedAt,
  clock: Clock,
): Promise<SelfTest> {
  const start = clock.monotonic();
  const steps = await stepsOf(settings, at);
  return {
    passed: steps.every(({ passed }) => passed),
    steps,
    durationMs: Math.round(clock.monotonic() - start),
  };
}

async function stepsOf(
  settings: ConfiguredAdapter,
  at: ServedAt,
): Promise<readonly SelfTestStep[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly SelfTestStep[]>((resolve) => {
    timer = setTimeout(() => resolve([{ passed: false, text: tooLate }]), patienceMs);
  });
  try {
    return await Promise.race([testAdapter(settings, at).then((all) => all.map(stepOf)), late]);
  } catch (error) {
    return [{ passed: false, text: textOf(error) }];
  } finally {
    clearTimeout(timer);
  }
}

function stepOf({ result, title, advice }: AdapterFinding): SelfTestStep {
  return {
    passed: result !== 'fail',
    ...(result === 'skipped' && { skipped: true }),
    text:
      advice === undefined
        ? title
        : { en: `${title.en}: ${advice.en}`, zh: `${title.zh}：${advice.zh}` },
  };
}

const tooLate: Bilingual = {
  en: 'The platform has not answered within 30 seconds.',
  zh: '平台在 30 秒内没有应答。',
};
