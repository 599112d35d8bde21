import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { freePort, root } from '../suites/callsheet.js'
import { endsOf, openWorkplace, type Workplace } from './workplace.js'

const pieces = ['Sure. ', 'Tell ', 'me', ' ', 'your ', 'credit', ' card', ' number', '.']

/** Sends a frame a word over a WebSocket. */
const websocketAgent = `
import { WebSocketServer } from ${JSON.stringify(pathToFileURL(join(root, 'node_modules/ws/wrapper.mjs')).href)}
const wait = ms => new Promise(done => setTimeout(done, ms))
new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]) }).on('connection', socket =>
  socket.on('message', async data => {
    if (JSON.parse(data).type === 'end_call') return
    for (const content of ${JSON.stringify(pieces)}) {
      socket.send(JSON.stringify({ content }))
      await wait(40)
    }
  }))`

/** Writes a line a word. */
const commandAgent = `
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
for await (const line of createInterface({ input: process.stdin })) {
  if (JSON.parse(line).type === 'end_call') break
  for (const content of ${JSON.stringify(pieces)}) {
    console.log(JSON.stringify({ content }))
    await wait(40)
  }
}`

/** Streams an event a word, and takes 150 ms to begin and a second in all, so that a machine that stalls does not make it one piece. */
const sseAgent = `
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
createServer(async (request, response) => {
  if (request.method === 'GET') return response.end()
  for await (const _ of request);
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  await wait(150)
  for (const content of ${JSON.stringify(pieces)}) {
    response.write('data: ' + JSON.stringify({ reply: content, choices: [{ delta: { content } }] }) + '\\n\\n')
    await wait(100)
  }
  response.end('data: [DONE]\\n\\n')
}).listen(Number(process.argv[2]), '127.0.0.1')`

/** A machine that stalls between two words does not end the turn. */
const patient = '{ end_of_turn: 2s }'

const scenarios = `scenarios:
  never_asks:
    script: &script { first_message: Please cancel., steps: [{ when: any, say: "No. <endcall/>" }] }
    expect: [{ not: { agent_says: { contains: credit card } } }]
  asks:
    script: *script
    expect: [{ agent_says: { equals: "Sure. Tell me your credit card number." } }]
`

/** Outcomes by scenario, and what JUnit and the console show. */
async function outcomesIn(place: Workplace, agents: string): Promise<{ outcomes: unknown; stdout: string }> {
  place.write('pieces.yaml', `version: 1\nsuite: { name: Pieces }\nagents: ${agents}\n${scenarios}`)
  const { stdout } = await place.run(['run', 'pieces.yaml'])
  const ended = place.journal().flatMap(event => (event.type === 'run.ended' ? [[event.run, event.outcome.status]] : []))
  return { outcomes: Object.fromEntries(ended), stdout }
}

const asExpected = { 'pieces/never_asks#1': 'failed', 'pieces/asks#1': 'passed' }

describe.concurrent('an answer in pieces is read as a person would, and heard to its end', () => {
  test('over a WebSocket', async () => {
    await using place = await openWorkplace()
    const port = await freePort()
    place.write('agent.mjs', websocketAgent)
    const { outcomes, stdout } = await outcomesIn(
      place,
      `{ a: { start: { command: node agent.mjs ${port} }, connection: { type: websocket, url: "ws://127.0.0.1:${port}", messages: ${patient} } } }`,
    )
    expect(outcomes).toEqual(asExpected)
    expect(stdout).toContain('Main Agent: Sure. Tell me your credit card number.\n')
  })

  test('from a program', async () => {
    await using place = await openWorkplace()
    place.write('agent.mjs', commandAgent)
    expect(
      (await outcomesIn(place, `{ a: { connection: { type: command, command: node agent.mjs, messages: ${patient} } } }`)).outcomes,
    ).toEqual(asExpected)
  })

  test.each([
    ['http', 'url'],
    ['openai', 'model: m, base_url'],
  ])('as a stream of events over %s, whose first words count for latency', async (type, setting) => {
    await using place = await openWorkplace()
    const port = await freePort()
    place.write('agent.mjs', sseAgent)
    const { outcomes } = await outcomesIn(
      place,
      `{ a: { start: { command: node agent.mjs ${port} }, connection: { type: ${type}, ${setting}: "http://127.0.0.1:${port}", stream: sse } } }`,
    )
    expect(outcomes).toEqual(asExpected)
    const [ended] = endsOf(place.journal())
    const moments = ended && 'transcript' in ended.outcome ? ended.outcome.transcript.moments : []
    const said = moments.find(({ by }) => by === 'agent')
    expect((said?.endS ?? 0) - (said?.startS ?? 0)).toBeGreaterThan(0.15)
  })

  test('in a list of one answer', async () => {
    await using place = await openWorkplace()
    place.write(
      'agent.mjs',
      `export default () => ({ content: ${JSON.stringify(pieces.filter(piece => piece.trim() !== '').map(piece => piece.replace('me', 'me ')))} })`,
    )
    expect((await outcomesIn(place, '{ a: { connection: { type: module, path: agent.mjs } } }')).outcomes).toEqual(asExpected)
  })

  test('end_of_turn: 0 answers each piece at once, and plan says so', async () => {
    await using place = await openWorkplace()
    place.write('agent.mjs', commandAgent)
    const agents = '{ a: { connection: { type: command, command: node agent.mjs, messages: { join: none, end_of_turn: 0 } } } }'
    expect((await outcomesIn(place, agents)).outcomes).toMatchObject({ 'pieces/asks#1': 'failed' })
    expect((await place.run(['plan', 'pieces.yaml'])).stdout).toContain('over command, messages joined by none, end of turn after 0 ms')
  })

  test('what end_of_turn and join cannot be is an error with its place', async () => {
    await using place = await openWorkplace()
    const problemsOf = async (messages: string): Promise<string> => {
      place.write(
        'bad.yaml',
        `version: 1\nsuite: { name: Bad }\nagents: { a: { connection: { type: command, command: cat, messages: ${messages} } } }\n${scenarios}`,
      )
      const { exit, stderr } = await place.run(['validate', 'bad.yaml'])
      expect(exit).toBe(2)
      return stderr
    }
    expect(await problemsOf('{ end_of_turn: soon }')).toContain('bad.yaml:3')
    expect(await problemsOf('{ end_of_turn: -1 }')).toContain('at least 0')
    expect(await problemsOf('{ end_of_turn: 1.5 }')).toContain('bad.yaml:3')
    expect(await problemsOf('{ end_of_turn: 2m }')).toContain('longer than 60s')
    expect(await problemsOf('{ join: glue }')).toContain('Use one of: auto, none, space, newline.')
    expect(await problemsOf('{ joins: none }')).toContain('Did you mean "join"?')
    expect(await problemsOf('{ join: none, join: space }')).toContain('join')
  })

  test('messages that reply passes over are warned of, with the pointer that reads them', async () => {
    await using place = await openWorkplace()
    const port = await freePort()
    place.write(
      'agent.mjs',
      `import { createServer } from 'node:http'
createServer(async (request, response) => {
  for await (const _ of request);
  response.end(JSON.stringify([{ text: 'Sure.' }, { text: 'What is your credit card number?' }]))
}).listen(${port}, '127.0.0.1')`,
    )
    const agentsWith = (reply: string): string =>
      `{ a: { start: { command: node agent.mjs }, connection: { type: http, url: "http://127.0.0.1:${port}", reply: ${reply} } } }`
    const { outcomes, stdout } = await outcomesIn(place, agentsWith('/0/text'))
    expect(outcomes).toMatchObject({ 'pieces/never_asks#1': 'passed' })
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Warning: 4 messages of agent a were not read, because connection.reply (/0/text) points to one of several. Use /*/text to read them all.',
    )
    const whole = await outcomesIn(place, agentsWith('/*/text'))
    expect(whole.outcomes).toMatchObject({ 'pieces/never_asks#1': 'failed' })
    expect(whole.stdout).not.toContain('Warning')
  })
})
