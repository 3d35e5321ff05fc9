/**
 * A receiver that passes questions on to a language model, and its stream back: no framework, no SDK.
 *
 *     npm install standardwebhooks
 *     MODEL_URL=https://api.example.com/v1/chat/completions MODEL_KEY=sk-… MODEL=… node model-bridge.mjs
 *
 * MODEL_URL is an address of an OpenAI-compatible API as a whole, or Dify's …/v1/chat-messages (MODEL is not
 * needed then). CALLBACK_SECRET is the `secret` of the rule (whsec_…), PORT another port than 4001.
 * The last turns of each talker are in memory: they are gone after a restart.
 */
import { createServer } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const { MODEL_URL, MODEL_KEY = '', MODEL = '', CALLBACK_SECRET } = process.env;
const port = Number(process.env.PORT ?? 4001);
const isDify = /\/chat-messages\/?$/.test(MODEL_URL ?? '');

/** How many questions and answers of a talker the model is shown, of how many talkers. */
const turnsKept = 10;
const talkersKept = 1000;
/** How many answers are kept for repetitions. */
const answersKept = 1000;
const bodyLimit = 1024 * 1024;
/** The longest that a model may take, in ms. */
const modelMs = 600_000;

/** By talker, the one longest silent first: the turns, or the id of the conversation in Dify. */
const talkers = new Map();
/** The answers by `webhook-id`, the oldest first; also those that the model still gives. */
const answers = new Map();

/** Puts an entry last, and drops the first when there are too many. */
function keep(map, key, value, most) {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value);
}

function requestFor(question, talker, memory = {}) {
  if (isDify) {
    const { conversationId: conversation_id = '' } = memory;
    const user = talker;
    return { inputs: {}, query: question, user, response_mode: 'streaming', conversation_id };
  }
  const messages = [...(memory.messages ?? []), { role: 'user', content: question }];
  return { model: MODEL, stream: true, messages };
}

/** Reads what passes by: the words, the id of the conversation, and whether the answer is whole. */
function createReader() {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const read = { text: '', conversationId: undefined, isWhole: false };
  const readLine = (line) => {
    const data = /^data: ?(.*)$/.exec(line)?.[1];
    if (data === undefined) return;
    if (data === '[DONE]') {
      read.isWhole = true;
      return;
    }
    if (isDify) readDify(jsonOf(data), read);
    else readChunk(jsonOf(data), read);
  };
  return {
    read,
    push: (chunk) => {
      const lines = (rest + decoder.write(chunk)).split(/\r?\n/);
      rest = lines.pop();
      for (const line of lines) readLine(line);
    },
  };
}

function readDify(object, read) {
  if (object.event === 'message' || object.event === 'agent_message') read.text += object.answer;
  if (object.event === 'message_end') read.isWhole = true;
  read.conversationId = object.conversation_id ?? read.conversationId;
}

function readChunk({ choices: [choice] = [] }, read) {
  const content = choice?.delta?.content;
  if (typeof content === 'string') read.text += content;
  if (choice?.finish_reason) read.isWhole = true;
}

function jsonOf(data) {
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}

function remember(talker, question, { text, conversationId }) {
  if (isDify) {
    keep(talkers, talker, { conversationId }, talkersKept);
    return;
  }
  const before = talkers.get(talker)?.messages ?? [];
  const turn = [
    { role: 'user', content: question },
    { role: 'assistant', content: text },
  ];
  keep(talkers, talker, { messages: [...before, ...turn].slice(-2 * turnsKept) }, talkersKept);
}

/** What a caller is answered when the model fails. */
class ModelError extends Error {
  constructor(model, text) {
    super(`The model answers ${model.status}: ${text.slice(0, 500)}`);
    // 429 and 5xx are tried again by the bot, all else would fail again. A 401 would blame the signature.
    const mayHeal = model.status === 429 || model.status >= 500;
    this.status = mayHeal ? model.status : 424;
    this.headers = pick(model.headers, 'retry-after');
  }
}

/** Lets the model answer, and passes its words on as they come; resolves with the whole text. */
async function passOn(task, response) {
  const talker = [task.payload?.roomId, task.userId].filter(Boolean).join('/');
  const model = await fetch(MODEL_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${MODEL_KEY}` },
    body: JSON.stringify(requestFor(task.question, talker, talkers.get(talker))),
    signal: AbortSignal.timeout(modelMs),
  });
  if (!model.ok) throw new ModelError(model, await model.text());
  const reader = createReader();
  if (!response.destroyed) response.writeHead(200, pick(model.headers, 'content-type'));
  for await (const chunk of model.body) {
    // The answer goes on when the caller hangs up: the task comes again, and gets it.
    if (!response.destroyed) response.write(chunk);
    reader.push(chunk);
  }
  response.end();
  if (!reader.read.isWhole) throw new Error('The stream of the model broke off.');
  remember(talker, task.question, reader.read);
  return reader.read.text;
}

function pick(headers, name) {
  const value = headers.get(name);
  return value === null ? {} : { [name]: value };
}

function isGenuine(body, headers) {
  if (!CALLBACK_SECRET) return true;
  try {
    new Webhook(CALLBACK_SECRET).verify(body, headers);
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function receive(request, response) {
  const body = await bodyOf(request);
  if (body === undefined) return response.writeHead(413).end();
  if (!isGenuine(body, request.headers)) return response.writeHead(401).end();
  const task = JSON.parse(body.toString());
  if (task.question === '') return response.writeHead(204).end();
  const id = request.headers['webhook-id'];
  const known = answers.get(id);
  if (known !== undefined) {
    const message = await known;
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ success: true, message }));
  }
  const answer = passOn(task, response);
  keep(answers, id, answer, answersKept);
  // What failed is asked anew when the task comes again.
  answer.catch(() => answers.delete(id));
  return await answer;
}

if (!MODEL_URL) throw new Error('Set MODEL_URL, e.g. https://api.example.com/v1/chat/completions');
if (!CALLBACK_SECRET) console.warn('CALLBACK_SECRET is not set: signatures are not verified.');
createServer((request, response) => {
  receive(request, response).catch((error) => {
    console.error(error instanceof ModelError ? error.message : error);
    if (response.destroyed || response.writableEnded) return;
    // Half an answer is broken off, so that it is not taken for a whole one.
    if (response.headersSent) response.destroy();
    else response.writeHead(error.status ?? 502, error.headers).end();
  });
}).listen(port, '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${port}/callback`);
});
