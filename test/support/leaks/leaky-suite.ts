import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { startModelServer } from '../../agents/model-server.js'
import { forms } from './forms.js'
import { httpPlaces, leakyProgram, programPlaces, websocketPlaces, type Leak, type LeakyAgents } from './leaky-agents.js'
import { makeSecret, type Dice } from './secrets.js'

const agents = { http: httpPlaces, websocket: websocketPlaces, program: programPlaces } as const
type AgentKey = keyof typeof agents

/** How many of the first secrets models let out too. */
const modelRuns = 6

/** Which secret is the key of all models. */
const keyOfModels = 2

/** Secrets, and by which agent each gets out. */
export interface Leakage {
  readonly secrets: readonly string[]
  readonly leaks: ReadonlyMap<number, Leak & { readonly agent: AgentKey }>
  readonly environment: Readonly<Record<string, string>>
}

export function makeLeakage(dice: Dice, count: number): Leakage {
  const secrets = Array.from({ length: count }, (_, nth) => usableSecret(dice, nth))
  const leaks = secrets.map((secret, nth) => {
    // Models call the agent over HTTP.
    const agent = nth < modelRuns ? 'http' : agentOf(dice)
    const form = forms[dice.of(Object.keys(forms))]!(secret)
    // Some stand where what is long is cut.
    const before = dice.of(['', '', 'It is ', 'x'.repeat(dice.below(600)), 'word '.repeat(dice.below(200))])
    const middle = 1 + dice.below(Math.max(secret.trim().length - 1, 1))
    const halves = [before + secret.trim().slice(0, middle), secret.trim().slice(middle)] as const
    return [nth, { agent, place: dice.of(agents[agent]), text: before + form + dice.of(['', '.', ' and more']), halves }] as const
  })
  const environment = Object.fromEntries(secrets.map((secret, nth) => [nameOf(nth), secret]))
  return { secrets, leaks: new Map(leaks), environment }
}

/** One that a check may hold, where two braces begin a placeholder; and for models, one that can be sent as a key. */
function usableSecret(dice: Dice, nth: number): string {
  const secret = makeSecret(dice, nth)
  const isUsable = !secret.includes('{{') && (nth !== keyOfModels || /^[!-~]+$/.test(secret))
  return isUsable ? secret : usableSecret(dice, nth)
}

/** Rarely the program: each of its conversations starts one. */
function agentOf(dice: Dice): AgentKey {
  return dice.below(16) === 0 ? 'program' : dice.of<AgentKey>(['http', 'http', 'websocket'])
}

/** Every other name says that it is secret. */
export function nameOf(nth: number): string {
  return nth % 2 === 0 ? `SECRET_${nth}` : `PRINTED_${nth}`
}

/** Writes a suite whose agents let its secrets out, one in each scenario, and whose checks ask for secrets. */
export function writeLeakySuite(folder: string, { secrets, leaks }: Leakage, running: LeakyAgents, modelUrl: string): void {
  const names = secrets.map((_, nth) => nameOf(nth))
  const conversations = [...leaks].map(([nth, { agent }]) => {
    const expect = [
      // The value of a variable, as a check that a key never leaks has it; and a check that fails, which quotes what was said.
      nth % 3 === 0 ? { not: { agent_says: { contains: `\${${nameOf(nth)}}` } } } : { agent_says: { contains: 'nothing of this' } },
      ...(nth % 5 === 0 ? [{ tool_called: { name: 'look', arguments: { of: `\${${nameOf(nth)}}` } } }] : []),
      ...(nth % 7 === 0 ? [{ metadata: { pointer: '/note', equals: `\${${nameOf(nth)}}` } }] : []),
    ]
    const said = nth % 11 === 0 ? `Leak ${nth}. I am \${${nameOf(nth)}}.` : `Leak ${nth}.`
    return [`${agent}_${nth}`, { tags: [agent], expect, script: { first_message: said, steps: [{ when: 'any', say: '<endcall/>' }] } }]
  })
  const byModel = secrets
    .slice(0, 6)
    .map((_, nth) => [
      `model_${nth}`,
      { tags: ['model'], instructions: `You want number ${nth}.`, expected_outcome: `The agent gives number ${nth}.` },
    ])
  const url = (address: string): string => `${address}?k=\${${nameOf(0)}}`
  const suite = {
    version: 1,
    suite: { name: 'Leaks' },
    models: {
      caller: { base_url: modelUrl, model: 'stand-in', api_key: `\${${nameOf(keyOfModels)}}`, retries: 0 },
      judge: { base_url: modelUrl, model: 'stand-in', api_key: `\${${nameOf(keyOfModels)}}`, retries: 0 },
    },
    agents: {
      http: {
        connection: {
          type: 'http',
          url: url(running.http),
          headers: { Authorization: `Bearer ${nameOf(4)}` },
          body: { message: '{{message}}', thread: '{{captured.thread?}}' },
          reply: '/reply',
          tool_calls: '/tools',
          metadata: '/meta',
          capture: { thread: '/thread' },
        },
      },
      websocket: { connection: { type: 'websocket', url: url(running.websocket), timeout: '2s' } },
      program: { connection: { type: 'command', command: ['node', 'leaky-program.mjs'], env: { K: `\${${nameOf(6)}}` }, timeout: '2s' } },
    },
    scenarios: Object.fromEntries([...conversations, ...byModel]),
    runs: [
      ...Object.keys(agents).map(agent => ({ name: agent, agent, tags: [agent] })),
      { name: 'models', agent: 'http', tags: ['model'] },
    ],
    retries: { infra_error: 0 },
    limits: { concurrency: 20 },
  }
  const text = JSON.stringify(suite)
  // What the suite does not read by itself, its agents know from elsewhere.
  const listed = names.filter((name, nth) => nth % 2 === 1 || !text.includes(`\${${name}}`))
  writeFileSync(join(folder, 'suite.yaml'), JSON.stringify({ ...suite, secrets: { names: listed } }, null, 1))
  writeFileSync(join(folder, 'leaky-program.mjs'), leakyProgram)
  writeFileSync(join(folder, 'leaks.json'), JSON.stringify([...leaks]))
}

/** The number that a model is asked for. */
function wanted(body: object): number {
  return Number(/number (\d+)/.exec(JSON.stringify(body))?.[1] ?? Number.NaN)
}

/** How a model lets secrets out: as a caller, in an answer that is no JSON, and in an error. */
export function leakyModel({ secrets, leaks }: Leakage): Parameters<typeof startModelServer>[0] {
  return {
    keepsRequests: false,
    mishap: body => {
      const nth = wanted(body)
      const text = leaks.get(nth)?.text
      if (text === undefined) return undefined
      if (nth === 1) return { status: 400, message: `What is ${text}` }
      if (nth === 2) return { raw: `<html>${text}` }
      if (nth === 3) return { text: `I will not say ${text}` }
      return nth === 4 ? { refusal: `Not ${text}` } : undefined
    },
    rules: {
      caller_move: body => ({
        why: secrets[wanted(body)],
        goal: 'open',
        say: `Leak ${wanted(body)}. ${leaks.get(wanted(body))?.text}`,
        asks: false,
        next: 'reply',
        digits: '',
        hold_s: 0,
      }),
    },
  }
}
