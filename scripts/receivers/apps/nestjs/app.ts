// A receiver with NestJS, on Express.
import { setTimeout as pause } from 'node:timers/promises';
import {
  Body,
  Controller,
  Headers,
  type MessageEvent,
  Module,
  Post,
  type RawBodyRequest,
  Req,
  RequestMethod,
  Sse,
  UnauthorizedException,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { from, type Observable } from 'rxjs';
import { Webhook } from 'standardwebhooks';

class Task {
  question!: string;
}

const said = ({ question }: Task) => `You said: ${question}`;
const answer = (task: Task) => ({ success: true, message: said(task) });

async function* events(pieces: string[]): AsyncGenerator<MessageEvent> {
  for (const data of pieces) {
    yield { data };
    await pause(100);
  }
}

async function* breaks(pieces: string[]): AsyncGenerator<MessageEvent> {
  yield* events(pieces);
  throw new Error('The model is gone.');
}

@Controller()
class Receiver {
  @Post('json')
  json(@Body() task: Task) {
    return answer(task);
  }

  @Post('slow')
  async slow(@Body() task: Task) {
    await pause(3000);
    return answer(task);
  }

  @Post('text')
  text(@Body() task: Task) {
    return said(task);
  }

  @Sse('stream', { method: RequestMethod.POST })
  stream(@Body() task: Task): Observable<MessageEvent> {
    return from(events([said(task), '\n', ' It', ' grows.']));
  }

  @Sse('broken', { method: RequestMethod.POST })
  broken(@Body() task: Task): Observable<MessageEvent> {
    return from(breaks([said(task), ' It']));
  }

  @Post('signed')
  signed(
    @Req() { rawBody }: RawBodyRequest<object>,
    @Headers() headers: Record<string, string>,
    @Body() task: Task,
  ) {
    try {
      new Webhook(process.env.CALLBACK_SECRET ?? '').verify(rawBody ?? '', headers);
    } catch {
      throw new UnauthorizedException();
    }
    return answer(task);
  }
}

@Module({ controllers: [Receiver] })
// oxlint-disable-next-line typescript/no-extraneous-class
class App {}

const app = await NestFactory.create(App, { rawBody: true });
await app.listen(Number(process.env.PORT), '127.0.0.1');
