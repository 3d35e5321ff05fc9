import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type WatchOptions, watchConfig } from '../../../src/config/watch-config.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const quietMs = 150;

function watching(file: string, options: WatchOptions = { debounceMs: 20, pollMs: 60_000 }) {
  const onChange = vi.fn<() => void>();
  const watcher = watchConfig(file, onChange, options);
  onTestFinished(() => watcher.close());
  return {
    ...watcher,
    onChange,
    heard: async (times: number) => {
      await vi.waitUntil(() => onChange.mock.calls.length >= times, 5000);
      return onChange.mock.calls.length;
    },
  };
}

describe('a watched file', () => {
  test('that is written again is heard once', async () => {
    const file = temporaryFolder().write('.wechatyrc', 'a');
    const { heard, onChange } = watching(file);
    writeFileSync(file, 'b');
    writeFileSync(file, 'bc');
    expect(await heard(1)).toBe(1);
    await delay(quietMs);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test('that is replaced by another is heard, every time', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', 'a');
    const { heard } = watching(file);
    renameSync(folder.write('.wechatyrc.tmp', 'b'), file);
    expect(await heard(1)).toBe(1);
    renameSync(folder.write('.wechatyrc.tmp', 'c'), file);
    expect(await heard(2)).toBe(2);
  });

  test('that is deleted is silent, and heard when it comes back with another content', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', 'a');
    const { heard, onChange } = watching(file);
    rmSync(file);
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
    folder.write('.wechatyrc', 'b');
    expect(await heard(1)).toBe(1);
  });

  test('that is deleted and comes back the same is silent', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', 'a');
    const { onChange } = watching(file);
    rmSync(file);
    await delay(quietMs);
    folder.write('.wechatyrc', 'a');
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
  });

  test('that is touched is silent', async () => {
    const file = temporaryFolder().write('.wechatyrc', 'a');
    const { onChange } = watching(file, { debounceMs: 20, pollMs: 30 });
    utimesSync(file, new Date(), new Date());
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
  });

  test('that is empty for a moment is heard when it is whole', async () => {
    const file = temporaryFolder().write('.wechatyrc', 'a');
    const { heard, onChange } = watching(file);
    writeFileSync(file, '');
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
    writeFileSync(file, 'b');
    expect(await heard(1)).toBe(1);
  });

  test('that turns into a loop of links is silent, and heard when it is a file again', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', 'a');
    const { heard, onChange } = watching(file, { debounceMs: 20, pollMs: 30 });
    rmSync(file);
    symlinkSync(file, file);
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
    rmSync(file);
    folder.write('.wechatyrc', 'b');
    expect(await heard(1)).toBe(1);
  });

  test('that grows beyond any configuration is heard', async () => {
    const file = temporaryFolder().write('.wechatyrc', 'a');
    const { heard } = watching(file);
    writeFileSync(file, Buffer.alloc(1024 * 1024 + 1, '#'));
    expect(await heard(1)).toBe(1);
  });

  test('leaves its neighbours unheard', async () => {
    const folder = temporaryFolder();
    const { onChange } = watching(folder.write('.wechatyrc', 'a'));
    folder.write('other.yaml', 'b');
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
  });

  test('that is closed is silent', async () => {
    const file = temporaryFolder().write('.wechatyrc', 'a');
    const { close, onChange } = watching(file, { debounceMs: 20, pollMs: 30 });
    writeFileSync(file, 'b');
    close();
    await delay(quietMs);
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe('the poll', () => {
  const polled = { debounceMs: 20, pollMs: 50 };

  test('hears a link that turns to another file', async () => {
    const folder = temporaryFolder();
    folder.write('one/config', 'a');
    folder.write('two/config', 'b');
    symlinkSync(join(folder.path, 'one'), join(folder.path, 'current'));
    const { heard } = watching(join(folder.path, 'current', 'config'), polled);
    symlinkSync(join(folder.path, 'two'), join(folder.path, 'next'));
    renameSync(join(folder.path, 'next'), join(folder.path, 'current'));
    expect(await heard(1)).toBe(1);
  });

  test('hears a file whose folder is made later', async () => {
    const { path } = temporaryFolder();
    const file = join(path, 'later', '.wechatyrc');
    const { heard } = watching(file, polled);
    mkdirSync(join(path, 'later'));
    writeFileSync(file, 'a');
    expect(await heard(1)).toBe(1);
    writeFileSync(file, 'b');
    expect(await heard(2)).toBe(2);
  });

  test('hears a file whose folder is made anew', async () => {
    const folder = temporaryFolder();
    const file = folder.write('deep/.wechatyrc', 'a');
    const { heard } = watching(file, polled);
    rmSync(join(folder.path, 'deep'), { recursive: true });
    await delay(quietMs);
    folder.write('deep/.wechatyrc', 'b');
    expect(await heard(1)).toBe(1);
    folder.write('deep/.wechatyrc', 'c');
    expect(await heard(2)).toBe(2);
  });
});

describe('a file that is gone for longer than a replacement takes', () => {
  test.each([
    ['deleted', (file: string) => rmSync(file)],
    ['emptied', (file: string) => writeFileSync(file, '')],
  ])('is told of once when it is %s', async (_how, remove) => {
    const file = temporaryFolder().write('.wechatyrc', 'a');
    const onGone = vi.fn<() => void>();
    watching(file, { debounceMs: 5, pollMs: 20, onGone });
    remove(file);
    await vi.waitUntil(() => onGone.mock.calls.length > 0, 5000);
    await delay(quietMs);
    expect(onGone).toHaveBeenCalledTimes(1);
  });
});
