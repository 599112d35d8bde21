import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace, type Workplace } from '../cli/workplace.js'

// An installation without the optional packages, as far as the real binary can tell.

let place: Workplace

beforeAll(async () => {
  place = await openWorkplace()
  place.write(
    'hide.mjs',
    `import { register } from 'node:module'
const hook = \`export async function resolve(name, context, next) {
  if (\${JSON.stringify((process.env.HIDDEN ?? '').split(','))}.includes(name.split('/')[0]))
    throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' })
  return next(name, context)
}\`
register('data:text/javascript,' + encodeURIComponent(hook))
`,
  )
  place.write('agent.mjs', "export default () => 'Hi.'\n")
  place.write(
    'model.yaml',
    `version: 1
suite: { name: Model }
models: { caller: { base_url: "http://127.0.0.1:9", model: m } }
agents: { bakery: { connection: { type: module, path: agent.mjs } } }
scenarios: { greets: { instructions: Greet., expect: [{ agent_says: { contains: a } }] } }
`,
  )
})

beforeAll(() => {
  const engine = "{ engine: command, command: ['false'] }"
  place.write(
    'voice.yaml',
    `version: 1
suite: { name: Voice }
recording_format: opus
models: { tts: ${engine}, stt: ${engine} }
agents: { bakery: { connection: { type: chirp, url: "ws://127.0.0.1:9" } } }
scenarios: { greets: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: a } }] } }
`,
  )
})

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

const postgres = { CALLSHEET_DATABASE: 'postgres://nobody@127.0.0.1:9/none' }

test.each<[string, string, string, Readonly<Record<string, string>>?]>([
  [
    'serve suite.yaml',
    'fastify',
    'callsheet serve needs packages that are not installed. Install them: npm install --save-dev fastify@5 kysely@0.28 libsql@0.5',
  ],
  [
    'serve suite.yaml',
    'kysely',
    'callsheet serve needs packages that are not installed. Install them: npm install --save-dev fastify@5 kysely@0.28 libsql@0.5',
  ],
  ['serve suite.yaml', 'libsql', 'The database needs packages that are not installed. Install them: npm install --save-dev libsql@0.5'],
  ['serve suite.yaml', 'pg', 'The database needs packages that are not installed. Install them: npm install --save-dev pg@8', postgres],
  [
    'report 1',
    'kysely',
    'A result in a database needs packages that are not installed. Install them: npm install --save-dev kysely@0.28 libsql@0.5',
    postgres,
  ],
  [
    'compare 1 2',
    'kysely',
    'A result in a database needs packages that are not installed. Install them: npm install --save-dev kysely@0.28 libsql@0.5',
    postgres,
  ],
  [
    'ids suite.yaml',
    'kysely',
    'callsheet ids needs packages that are not installed. Install them: npm install --save-dev kysely@0.28 libsql@0.5',
  ],
  [
    'run suite.yaml --queue redis://127.0.0.1:9',
    'bullmq',
    'A queue needs packages that are not installed. Install them: npm install --save-dev bullmq@6 ioredis@5',
  ],
  [
    'worker --queue redis://127.0.0.1:9',
    'ioredis',
    'callsheet worker needs packages that are not installed. Install them: npm install --save-dev bullmq@6 ioredis@5',
  ],
  [
    'run voice.yaml',
    '@evan',
    'A recording in Opus needs packages that are not installed. Install them: npm install --save-dev @evan/opus@1',
  ],
  ['run model.yaml', 'openai', 'A language model needs packages that are not installed. Install them: npm install --save-dev openai@6'],
])('%s without %s says which package to install', async (command, hidden, sentence, env = {}) => {
  const loader = `--import ${pathToFileURL(join(place.path, 'hide.mjs')).href}`
  const { exit, stderr } = await place.run(command.split(' '), { ...env, HIDDEN: hidden, NODE_OPTIONS: loader })
  expect({ exit, stderr }).toEqual({ exit: 2, stderr: `error: ${sentence}\n` })
})
