import { expect, test } from 'vitest';
import { fileName } from '../../../src/reply/file-reply.js';

test.each([
  ['image', '周报.PNG', 'image/png', '周报.PNG'],
  ['image', 'photo', 'image/webp', 'photo.webp'],
  ['image', 'photo.php', 'image/png; charset=binary', 'photo.php.png'],
  ['image', 'photo', 'text/html', 'photo.jpg'],
  ['image', '', '', 'image.jpg'],
  ['audio', 'voice', 'audio/silk', 'voice.silk'],
  ['audio', '', '', 'audio.mp3'],
  ['video', 'clip', '', 'clip.mp4'],
  ['file', '周报.pdf', 'application/pdf', '周报.pdf'],
  ['file', 'README', '', 'README'],
  ['file', '', '', 'file'],
  ['file', 'a/../b\\c\0\n.txt', '', 'a .. b c .txt'],
] as const)('%s named %j of type %j is said as %j', (type, name, mediaType, said) => {
  expect(fileName(type, name, mediaType)).toBe(said);
});
