import { startRedis, type TestRedis } from '../support/redis.js'
import { startCountingAgent, type CountingAgent } from '../cli/counting-agent.js'
import { openWorkplace, until, type Running, type Workplace } from '../cli/workplace.js'

/** A workplace with a queue of its own, and an agent that is there for whoever calls. */
export interface QueuePlace extends AsyncDisposable {
  readonly place: Workplace
  readonly redis: TestRedis
  readonly agent: CountingAgent
  /** Resolves once the worker takes jobs. */
  worker(flags?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Running>
  run(flags?: readonly string[], env?: Readonly<Record<string, string>>): Running
  /** Writes `suite.yaml` anew. @param limits  Of the agent, in YAML. */
  write(shape: { readonly frequency: number; readonly concurrency?: number; readonly limits?: string; readonly headers?: string }): void
}

export async function openQueuePlace({ delayMs = 100, durable = false } = {}): Promise<QueuePlace> {
  const [place, redis, agent] = await Promise.all([openWorkplace(), startRedis({ durable }), startCountingAgent({ delayMs })])
  return {
    place,
    redis,
    agent,
    async worker(flags = [], env = {}) {
      const running = place.start(['worker', '--queue', redis.url, ...flags], env)
      await until('the worker takes jobs', () => running.stdout().includes('Taking conversations from'))
      return running
    },
    run: (flags = [], env = {}) => place.start(['run', 'suite.yaml', '--queue', redis.url, ...flags], env),
    write: ({ frequency, concurrency = 20, limits = '{}', headers = '{}' }) =>
      place.write(
        'suite.yaml',
        `version: 1
suite: { name: Queue }
agents:
  agent:
    connection: { type: http, url: "${agent.url}", headers: ${headers} }
    limits: ${limits}
scenarios:
  talks:
    frequency: ${frequency}
    script:
      first_message: One.
      steps: [{ when: { contains: One }, say: "Bye. <endcall/>" }]
    expect: [{ agent_says: { contains: One } }]
limits: { concurrency: ${concurrency} }
`,
      ),
    async [Symbol.asyncDispose]() {
      await place[Symbol.asyncDispose]()
      await Promise.all([redis[Symbol.asyncDispose](), agent[Symbol.asyncDispose]()])
    },
  }
}
