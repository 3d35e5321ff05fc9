/**
 * Loaded ahead of a script that runs a bot on wechaty-puppet-mock: the bot is logged in, Alice says
 * `ALICE_SAYS`, and every text that the bot says is printed behind `bot says: `.
 */
import { PuppetMock } from 'wechaty-puppet-mock';

function login({ mocker }: PuppetMock): void {
  const self = mocker.createContact({ id: 'bot', name: 'bot' });
  mocker.login(self);
  const alice = mocker.createContact({ id: 'alice', name: 'Alice', friend: true });
  alice.say(process.env['ALICE_SAYS'] ?? '').to(self);
}

Object.assign(PuppetMock.prototype, {
  async onStart(this: PuppetMock): Promise<void> {
    setImmediate(() => {
      this.mocker.start();
      login(this);
    });
  },
  async messageSendText(_conversationId: string, text: string): Promise<void> {
    console.log(`bot says: ${text}`);
  },
});
