/**
 * A receiver in Node with Express: what a rule's `callback.url` calls.
 *
 *     npm install express standardwebhooks
 *     node express.mjs        listens on http://127.0.0.1:4001/callback
 *
 * CALLBACK_SECRET is the `secret` of the rule (whsec_…), PORT another port.
 */
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const secret = process.env.CALLBACK_SECRET;
const port = Number(process.env.PORT ?? 4001);
/** How many answers are kept for repetitions. */
const kept = 1000;

/** The answers by `webhook-id`, the oldest first; also those still being worked on. */
const answers = new Map();
let worked = 0;

/** Your work: resolves with the whole answer, and hands over its pieces meanwhile if it grows. */
async function work(question, onPiece) {
  worked += 1;
  // The number shows that a repetition is not worked on twice.
  const said = `${worked}. 您说 You said: ${question}`;
  if (!onPiece) return said;
  let answer = '';
  for (const piece of [said, '。', '这段回答', '逐步', '显示。', ' This', ' answer', ' grows.']) {
    onPiece(piece);
    answer += piece;
    await pause(100);
  }
  return answer;
}

/** Works on a task once; one that comes again gets the same answer. */
function answerOnce(id, question, onPiece) {
  const known = answers.get(id);
  if (known) return known;
  const answer = work(question, onPiece);
  answers.set(id, answer);
  if (answers.size > kept) answers.delete(answers.keys().next().value);
  // What failed is worked on anew when the task comes again.
  answer.catch(() => answers.delete(id));
  return answer;
}

function isGenuine(req) {
  if (!secret) return true;
  try {
    new Webhook(secret).verify(req.body, req.headers);
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

const app = express();

// The raw body: what is signed are the bytes as they came. 100 kB, the default limit, is too little.
app.post('/callback', express.raw({ type: '*/*', limit: '1mb' }), async (req, res) => {
  if (!isGenuine(req)) {
    res.sendStatus(401);
    return;
  }
  const { question } = JSON.parse(req.body.toString());
  const id = req.get('webhook-id');
  if (/流|stream/.test(question)) await stream(res, id, question);
  else res.json({ success: true, message: await answerOnce(id, question) });
});

async function stream(res, id, question) {
  res.type('text/event-stream');
  // As a JSON string a piece may hold line breaks, or look like an object.
  const write = (piece) => res.write(`data: ${JSON.stringify(piece)}\n\n`);
  const isRepeated = answers.has(id);
  const answer = await answerOnce(id, question, write);
  if (isRepeated) write(answer);
  res.end('data: [DONE]\n\n');
}

if (!secret) console.warn('CALLBACK_SECRET is not set: signatures are not verified.');
app.listen(port, '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Listening on http://127.0.0.1:${port}/callback`);
});
