import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { botName, type Scene, TerminalPuppet } from './terminal-puppet.js';

/** A chat in the terminal. */
export interface TerminalChat {
  readonly puppet: TerminalPuppet;
  /** Shows a line above the prompt. */
  print(text: string): void;
  /** Begins to read lines; resolves at the end of input or on `/quit`. */
  run(): Promise<void>;
}

/** Where the chat is read from and shown. */
export interface TerminalChatOptions {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  readonly chinese: boolean;
}

const help = {
  zh: `直接输入文字即可。命令：
  /room [群名]    进入群聊        /private      回到私聊
  /at [文字]      在群里 @机器人   /as 名字      换个身份
  /join 名字      有人入群        /quit         退出（或 Ctrl+D）`,
  en: `Type a message. Commands:
  /room [TOPIC]   go to a room      /private      back to the private chat
  /at [TEXT]      @ the bot there   /as NAME      be somebody else
  /join NAME      NAME joins        /quit         leave (or Ctrl+D)`,
};

/** How to use a command whose name is missing. */
function usage(command: string, chinese: boolean): string {
  return chinese
    ? `用法：/${command} 名字，例如 /${command} 小王`
    : `Usage: /${command} NAME, e.g. /${command} Bob`;
}

/** A puppet with a prompt: what is typed is a message from a contact. */
export function createTerminalChat(options: TerminalChatOptions): TerminalChat {
  const { input, output, chinese } = options;
  const interactive = input.isTTY === true;
  const usualRoom = chinese ? '产品群' : 'team';
  let scene: Scene = { name: 'Alice' };
  // Made when the chat runs: lines that come before somebody listens would be lost.
  let lines: Interface | undefined;
  let isOver = false;

  const prompt = () => {
    if (!interactive || lines === undefined) return;
    lines.setPrompt(scene.room ? `${scene.room} · ${scene.name}> ` : `${scene.name}> `);
    lines.prompt(true);
  };
  const print = (text: string) => {
    if (interactive) output.write('\r\u001B[K');
    output.write(`${text}\n`);
    prompt();
  };
  const puppet = new TerminalPuppet(
    ({ from, room, text }) => {
      // What is typed here stands on the screen already.
      if (from === 'bot') print(room ? `${room} · ${botName}: ${text}` : `${botName}: ${text}`);
    },
    [usualRoom],
    chinese,
  );

  const commands: Readonly<Record<string, (rest: string) => void>> = {
    room: (rest) => {
      scene = { ...scene, room: rest || usualRoom };
    },
    private: () => {
      scene = { name: scene.name };
    },
    as: (rest) => {
      if (rest) scene = { ...scene, name: rest };
      else print(usage('as', chinese));
    },
    at: (rest) => {
      puppet.hear(`@${botName} ${rest}`, { room: usualRoom, ...scene });
    },
    join: (rest) => {
      const room = scene.room ?? usualRoom;
      if (rest) puppet.join({ name: rest, room });
      else print(usage('join', chinese));
    },
    help: () => print(chinese ? help.zh : help.en),
    quit: () => {
      const closing = lines;
      // A prompt would open the input again.
      lines = undefined;
      closing?.close();
    },
  };
  // Whoever reads may stop reading (`| head`), or the terminal is gone: then the chat is over. A full
  // disk loses lines, and nothing else.
  output.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
    if (!['EPIPE', 'EIO'].includes(code)) return;
    isOver = true;
    commands['quit']?.('');
  });
  const onLine = (line: string) => {
    const text = line.trim();
    const [, name = '', rest = ''] = /^\/(\w+)\s*(.*)$/su.exec(text) ?? [];
    if (Object.hasOwn(commands, name)) commands[name]?.(rest);
    else if (text.startsWith('/')) print(chinese ? help.zh : help.en);
    else if (text) puppet.hear(text, scene);
    prompt();
  };

  return {
    puppet,
    print,
    run: async () => {
      if (isOver) return;
      if (interactive) print(chinese ? help.zh : help.en);
      lines = createInterface({ input, output, terminal: interactive });
      lines.on('line', onLine);
      prompt();
      await once(lines, 'close');
      lines = undefined;
    },
  };
}
