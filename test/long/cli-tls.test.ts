import { readFileSync } from 'node:fs'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import { createServer as createPlainServer } from 'node:http'
import { createServer as createNetServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '../../src/domain/fault.js'
import { listen } from '../agents/server.js'
import { root } from '../suites/callsheet.js'
import { endsOf, openWorkplace, type Workplace } from '../cli/workplace.js'

// Real handshakes, with an agent of each kind, a model and a hosted service.

const certificate = join(root, 'test/agents/self-signed.crt')
const own = { cert: readFileSync(certificate), key: readFileSync(join(root, 'test/agents/self-signed.key')) }
const overTls = (more: ServerOptions = {}): Server => createTlsServer({ ...own, ...more }, (_, answer) => answer.end('{}'))
const onFirstBytes = (then: (socket: Socket) => void): Server =>
  createNetServer(socket => void socket.once('data', () => then(socket)).on('error', () => undefined))

const fixed = 'Check that it speaks TLS 1.2 or later and asks for no client certificate, or correct the address.'
const cutOff = 'Client network socket disconnected before secure TLS connection was established'
/** What becomes of a call, by what the other side does. */
const sides: Readonly<Record<string, { readonly server: Server; readonly host?: string; readonly fault: RegExp }>> = {
  other_host: {
    server: overTls(),
    host: 'localhost',
    fault: /^tls: TLS with PLACE failed \(.* not match .*\)\. Put a host that its certi/,
  },
  plain: { server: createPlainServer(), fault: new RegExp(`^tls: TLS with PLACE failed \\(wrong version number\\)\\. ${fixed}$`) },
  closes: {
    server: onFirstBytes(socket => socket.end()),
    fault: new RegExp(`^tls: TLS with PLACE failed \\(${cutOff}\\)\\. ${fixed}$`),
  },
  resets: {
    server: onFirstBytes(socket => socket.resetAndDestroy()),
    fault: /^unreachable: PLACE cannot be reached \(read ECONNRESET\)\. Check the network in between\.$/,
  },
  wants_ours: {
    server: overTls({ requestCert: true, rejectUnauthorized: true }),
    fault: new RegExp(`^tls: TLS with PLACE failed \\(tlsv13 alert certificate required\\)\\. ${fixed}$`),
  },
}

let place: Workplace
let faults: ReadonlyMap<string, string>
const ports = new Map<string, number>()
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  place = await openWorkplace()
  for (const [side, { server }] of Object.entries(sides)) {
    const running = await listen(server, 0)
    ports.set(side, running.port)
    closing.push(running.close)
  }
  const origins = Object.entries(sides).map(([side, { host = '127.0.0.1' }]) => [side, `${host}:${ports.get(side)}`] as const)
  const agents = origins.flatMap(([side, at]) => [
    `  ${side}_http: { connection: { type: http, url: "https://${at}/" } }`,
    `  ${side}_openai: { connection: { type: openai, base_url: "https://${at}/", model: m } }`,
    `  ${side}_websocket: { connection: { type: websocket, url: "wss://${at}/" } }`,
  ])
  const entries = agents.map(line => /\w+/.exec(line)?.[0] ?? '').map(agent => `  - { name: ${agent}, agent: ${agent}, scenarios: all }`)
  place.write(
    'suite.yaml',
    `version: 1
suite: { name: Hands }
agents:
${agents.join('\n')}
scenarios:
  greets: { script: { first_message: Hello., steps: [{ when: any, say: Bye. <endcall/> }] }, expect: [{ agent_says: { contains: a } }] }
runs:
${entries.join('\n')}
`,
  )
  const { stderr } = await place.run(['run', 'suite.yaml'], { NODE_EXTRA_CA_CERTS: certificate })
  const ends = endsOf(place.journal())
  if (ends.length !== agents.length) throw new Error(stderr)
  faults = new Map(
    ends.map(({ run, outcome }) => [
      run.replace(/\/.*/, '').replaceAll('-', '_'),
      'fault' in outcome ? wordsOf(outcome.fault) : outcome.status,
    ]),
  )
}, 60_000)

afterAll(async () => {
  for (const close of closing) await close()
  await place[Symbol.asyncDispose]()
})

function wordsOf({ by, code, message }: Fault): string {
  return `${by === 'agent' ? 'agent ' : ''}${code}: ${message.replace(/\w+:\/\/[\w.]+:\d+[\w/]*/, 'PLACE')}`
}

test.each(Object.entries(sides))('%s: it is no fault of the agent, in the same words for every connection', (side, { fault }) => {
  const [http, openai, websocket] = ['http', 'openai', 'websocket'].map(type => faults.get(`${side}_${type}`))
  expect(http).toMatch(fault)
  expect(openai).toBe(http)
  expect(websocket).toBe(http)
})

test('a model and a hosted service whose certificates cannot be used are told in these words too, at once', async () => {
  const at = `https://localhost:${ports.get('other_host')}`
  place.write('agent.mjs', "export default () => 'Hi.'\n")
  place.write(
    'model.yaml',
    `version: 1
suite: { name: Model }
models: { caller: { base_url: "${at}", model: m } }
agents: { bakery: { connection: { type: module, path: agent.mjs } } }
scenarios: { greets: { instructions: Greet., expect: [{ agent_says: { contains: a } }] } }
`,
  )
  place.write(
    'hosted.yaml',
    `version: 1
suite: { name: Hosted }
agents: { clinic: { connection: { type: hosted, base_url: "${at}", agent_id: 7 } } }
runs: [{ name: Nightly, scenarios: [11] }]
`,
  )
  const startedMs = performance.now()
  const env = { NODE_EXTRA_CA_CERTS: certificate }
  place.write('ca.env', `\uFEFFNODE_EXTRA_CA_CERTS=${certificate}\n`)
  const ways = ['model.yaml', 'hosted.yaml'].flatMap(suite => [
    place.run(['run', suite], env),
    place.run(['run', suite, '--env-file', 'ca.env']),
  ])
  const ended = await Promise.all(ways)
  expect(performance.now() - startedMs).toBeLessThan(12_000)
  for (const { exit, stderr } of ended) {
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringMatching(/TLS with https:\/\/localhost:\d+\S* failed \(.* not match /),
    })
    expect(stderr).toContain('Put a host that its certificate names into ')
  }
})

describe('NODE_EXTRA_CA_CERTS in an --env-file', () => {
  test('makes a certificate trusted for every connection, also after a byte order mark', async () => {
    const at = `localhost:${ports.get('other_host')}`
    place.write('ca.env', `\uFEFFNODE_EXTRA_CA_CERTS=${certificate}\n`)
    place.write(
      'trusted.yaml',
      `version: 1
suite: { name: Trusted }
agents:
  a: { connection: { type: http, url: "https://${at}/" } }
  b: { connection: { type: openai, base_url: "https://${at}/", model: m } }
  c: { connection: { type: websocket, url: "wss://${at}/" } }
scenarios: { greets: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: a } }] } }
runs: [{ name: a, agent: a }, { name: b, agent: b }, { name: c, agent: c }]
`,
    )
    const faultsOf = async (args: readonly string[], env = {}): Promise<string[]> => {
      await place.run(['run', 'trusted.yaml', '--out', `r${args.length}`, ...args], env)
      const ends = endsOf(place.journal(`r${args.length}`))
      expect(ends).toHaveLength(3)
      return ends.map(({ outcome }) => ('fault' in outcome ? wordsOf(outcome.fault) : outcome.status))
    }
    const another = { NODE_EXTRA_CA_CERTS: join(place.path, 'nowhere.pem') }
    for (const fault of await faultsOf(['--env-file', 'ca.env'], another)) expect(fault).toMatch(/^tls: .* not match /)
    for (const fault of await faultsOf([])) expect(fault).toMatch(/^tls: .*self-signed certificate/)
  })

  test.each([
    ['is missing', 'nowhere.pem', /ENOENT/],
    ['has no certificate', 'suite.yaml', /./],
  ])('is refused if its file %s', async (_, file, reason) => {
    place.write('wrong.env', `NODE_EXTRA_CA_CERTS=${file}\n`)
    const { exit, stderr } = await place.run(['validate', 'suite.yaml', '--env-file', 'wrong.env'])
    expect(exit).toBe(2)
    expect(stderr).toMatch(`error: NODE_EXTRA_CA_CERTS in --env-file names ${file}, which cannot be read as certificates: `)
    expect(stderr).toMatch(reason)
  })
})
