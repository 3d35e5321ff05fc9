import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../../src/core/clock.js';
import { registerCard } from './rest/cards.js';
import { keepMedia } from './rest/media.js';
import { restServer } from './rest/server.js';
import {
  type FakeApp,
  type FakeCall,
  type FakeMedia,
  type FakeMember,
  type Fault,
  randomId,
  type Shown,
  type World,
} from './world.js';

export interface FakeWeComOptions {
  /** Default: the machine's. */
  readonly clock?: Clock;
  readonly apps?: readonly FakeApp[];
  readonly members?: readonly FakeMember[];
}

/** A WeCom platform on the loopback interface, as strict as its description, with one corp. */
export interface FakeWeCom {
  /** The base of the REST API, `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly corpId: string;
  /** The first app. */
  readonly app: FakeApp;
  /** Everything else, to look at and to change. */
  readonly world: World;
  readonly calls: readonly FakeCall[];
  /** Connections opened so far. */
  readonly connections: number;
  /** The calls of one API. */
  callsOf(api: string): readonly FakeCall[];
  /** What a member (or customer) sees, in order. */
  shownTo(userid: string): readonly Shown[];
  /** How many messages to a member were taken and silently not shown. */
  droppedFor(userid: string): number;
  /** The next calls of an API suffer these, in order. */
  fault(api: string, ...faults: readonly Fault[]): void;
  /** Makes all tokens bad. Default: 40014. */
  revokeTokens(errcode?: number): void;
  /** A file that a member sent. */
  addMedia(file: Pick<FakeMedia, 'kind' | 'name' | 'bytes'> & Partial<FakeMedia>): FakeMedia;
  /** The code that the event of a click on a shown card carries. */
  clickCode(userid: string): string;
  addWelcomeCode(customer: string): string;
  close(): Promise<void>;
}

const secret = 'Fake-Secret_of-the-first-app_0123456789abcd';

const corpMembers: readonly FakeMember[] = [
  { userid: 'AliceWang', name: '王爱丽', department: [1, 2] },
  { userid: 'bob', name: 'Bob', department: [2] },
  { userid: 'Carol', name: 'Carol', isUnlicensed: true },
];

/** Starts the platform; `close` it in `afterEach`. */
export async function startFakeWeCom(options: FakeWeComOptions = {}): Promise<FakeWeCom> {
  const world = createWorld(options);
  const server = restServer(world);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const [app] = world.apps;
  if (!app) throw new Error('a corp without apps');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    corpId: world.corpId,
    app,
    world,
    calls: world.calls,
    get connections() {
      return connections;
    },
    callsOf: (api) => world.calls.filter((call) => call.api === api),
    shownTo: (userid) => world.shown.get(userid.toLowerCase()) ?? [],
    droppedFor: (userid) => world.dropped.get(userid.toLowerCase()) ?? 0,
    fault: (api, ...faults) => {
      world.faults.set(api, [...(world.faults.get(api) ?? []), ...faults]);
    },
    revokeTokens: (errcode = 40_014) => {
      for (const token of world.tokens) token.refusedAs = errcode;
    },
    addMedia: (file) => keepMedia(world, file),
    clickCode: (userid) =>
      registerCard(world, app.agentId, world.shown.get(userid.toLowerCase())?.slice(-1) ?? []),
    addWelcomeCode: (customer) => {
      const code = randomId('welcome_');
      world.welcomeCodes.set(code, { customer, at: world.clock.now() });
      return code;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createWorld(options: FakeWeComOptions): World {
  const { clock = systemClock, members = corpMembers } = options;
  const { apps = [{ agentId: 1_000_002, secret, name: '测试应用' }] } = options;
  return {
    corpId: 'ww0123456789abcdef',
    clock,
    apps: [...apps],
    members: [...members],
    departments: new Map([
      [1, '总部'],
      [2, '研发部'],
    ]),
    tags: new Map([[7, { name: '值班', members: ['bob'] }]]),
    customers: new Map([['wmCustomer1', { name: '客户甲', followers: ['bob'] }]]),
    customerGroups: new Map([
      ['wrGroup1', { name: '客户群', owner: 'bob', members: ['bob', 'wmCustomer1'] }],
    ]),
    tokens: [],
    media: new Map(),
    chats: new Map(),
    cards: new Map(),
    welcomeCodes: new Map(),
    shown: new Map(),
    dropped: new Map(),
    faults: new Map(),
    calls: [],
    trustedIps: [],
    tokenLife: 7200,
    isTokenStuck: false,
    duplicates: new Map(),
    pace: new Map(),
  };
}
