import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { RunEnded, SuiteStarted } from '../../src/domain/event.js'
import { openWorkplace, type Workplace } from './workplace.js'

const suite = `version: 1
suite: { name: Shop }
agents:
  shop:
    connection: { type: module, path: agent.mjs }
    identity:
      version: "\${RELEASE}"
      uri: pkg:npm/shop-agent
      models: [gpt-4.1]
      prompt: prompt.md
scenarios:
  greets: { script: { first_message: "Hi. <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }
thresholds: { pass_rate: 0.5 }
`
const agent = `export default () => ({ content: 'hello', metadata: { agent_version: process.env.RELEASE + '+' + process.env.BUILD } })\n`

function writeSuite(place: Workplace): void {
  place.write('shop.yaml', suite)
  place.write('agent.mjs', agent)
  place.write('prompt.md', 'Be kind.\n')
}

function git(place: Workplace, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'init.defaultBranch=main']
  return execFileSync('git', [...who, ...args], { cwd: place.path, encoding: 'utf8' }).trim()
}

const startOf = (place: Workplace, at: string): SuiteStarted => place.journal(at)[0] as SuiteStarted
const endOf = (place: Workplace, at: string): RunEnded => place.journal(at).find(event => event.type === 'run.ended') as RunEnded

test('a result tells which agent was tested, in which build, from what, and by whom', async () => {
  await using place = await openWorkplace()
  writeSuite(place)
  git(place, 'init', '--quiet')
  git(place, 'remote', 'add', 'origin', 'https://ada:tok3n@git.example.com/shop.git')
  git(place, 'add', '.')
  git(place, 'commit', '--quiet', '--message', 'First')
  const commit = git(place, 'rev-parse', 'HEAD')
  const env = { RELEASE: '4.2.1', BUILD: '7', GITHUB_ACTIONS: '', GITLAB_CI: '' }
  const first = await place.run(['run', 'shop.yaml', '--out', 'a', '--env-name', 'staging', '--run-id', 'nightly-7'], env)
  expect(first).toMatchObject({ exit: 0 })

  const { plan, context, digests } = startOf(place, 'a')
  const prompt = { file: 'prompt.md', sha256: createHash('sha256').update('Be kind.\n').digest('hex') }
  expect(plan.entries[0]?.agent.identity).toEqual({
    version: '4.2.1',
    uri: 'pkg:npm/shop-agent',
    models: ['gpt-4.1'],
    prompt,
    digest: `gitCommit:${commit}`,
  })
  expect(endOf(place, 'a').agentVersion).toBe('4.2.1+7')
  expect(context).toMatchObject({
    vcs: { commit, branch: 'main', dirty: false, repository: 'https://git.example.com/shop.git' },
    machine: { os: process.platform, arch: process.arch, node: process.versions.node },
    startedBy: expect.stringMatching(/./),
    invocation: 'nightly-7',
    environment: 'staging',
  })
  const report = JSON.parse(readFileSync(join(place.path, 'a/report.json'), 'utf8'))
  expect(report).toMatchObject({ version: 3, context, digests, entries: [{ agent: { identity: { version: '4.2.1' } } }] })
  expect(readFileSync(join(place.path, 'a/junit.xml'), 'utf8')).toContain(`<property name="agent_digest" value="gitCommit:${commit}"/>`)

  // Another build of the agent, and changes that are not committed: the same suite and bar.
  place.write('prompt.md', 'Be brief.\n')
  await place.run(['run', 'shop.yaml', '--out', 'b', '--filter', 'greets'], { ...env, RELEASE: '4.3.0' })
  const again = startOf(place, 'b')
  expect(again.digests).toMatchObject({ suite: digests.suite, bar: digests.bar })
  expect(again.plan.entries[0]?.agent.identity).toMatchObject({ version: '4.3.0', digest: `gitCommit:${commit}`, dirty: true })
  expect(again.plan.entries[0]?.agent.identity?.prompt?.sha256).not.toBe(prompt.sha256)

  // Nor is it another suite with a version that is written elsewhere in it by chance.
  await place.run(['run', 'shop.yaml', '--out', 'd', '--filter', 'greets'], { ...env, RELEASE: '1' })
  expect(startOf(place, 'd').digests.suite).toBe(digests.suite)

  // Nor with a version that is written in it, or a comment.
  place.write('shop.yaml', `# Of the shop.\n${suite.replace(/"\$\{RELEASE\}"/, '"4.3.1"')}`)
  await place.run(['run', 'shop.yaml', '--out', 'e', '--filter', 'greets'], env)
  expect(startOf(place, 'e').digests.suite).toBe(digests.suite)
  place.write('shop.yaml', suite.replace('contains: hello', 'contains: hello!'))
  await place.run(['run', 'shop.yaml', '--out', 'f', '--filter', 'greets'], env)
  expect(startOf(place, 'f').digests.suite).not.toBe(digests.suite)

  place.write('shop.yaml', suite.replace('pass_rate: 0.5', 'pass_rate: 0.4'))
  await place.run(['run', 'shop.yaml', '--out', 'c'], env)
  expect(startOf(place, 'c').digests.bar).not.toBe(digests.bar)
})

test('a CI service says what it started', async () => {
  await using place = await openWorkplace()
  writeSuite(place)
  const ci = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ID: '812',
    GITHUB_JOB: 'test',
    GITHUB_ACTOR: 'ada',
    GITHUB_SHA: 'f2d0751f2d0751f2d0751f2d0751f2d0751f2d07',
    GITHUB_REF_NAME: 'main',
  }
  await place.run(['run', 'shop.yaml', '--out', 'a'], { ...ci, RELEASE: '4.2.1', BUILD: '7' })
  expect(startOf(place, 'a').context).toMatchObject({
    ci: { provider: 'GitHub Actions', url: 'https://github.com/acme/shop/actions/runs/812', run: '812', job: 'test', actor: 'ada' },
    vcs: { commit: ci.GITHUB_SHA, branch: 'main', repository: 'acme/shop' },
    startedBy: 'ada',
    invocation: '812',
  })
})

test('a prompt that is not there, and a digest that is none, are mistakes of the suite', async () => {
  await using place = await openWorkplace()
  writeSuite(place)
  place.write('shop.yaml', suite.replace('prompt: prompt.md', 'prompt: gone.md\n      digest: v4'))
  const { exit, stderr } = await place.run(['validate', 'shop.yaml'], { RELEASE: '4.2.1' })
  expect(exit).toBe(2)
  expect(stderr).toMatch(/gone\.md/)
  expect(stderr).toMatch(/digest/)
})

test('an agent tells its version in a header too, over HTTP and in the handshake of a WebSocket', async () => {
  await using place = await openWorkplace()
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-agent-version': '4.2.1-http' })
      response.end('{"reply":"hello"}')
    })
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('headers', headers => headers.push('X-Agent-Version: 4.2.1-ws'))
  sockets.on('connection', socket => socket.on('message', () => socket.send('{"content":"hello"}')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  place.write(
    'shop.yaml',
    `version: 1
suite: { name: Shop }
agents:
  web: { connection: { type: http, url: "http://127.0.0.1:${port}/", reply: /reply } }
  socket: { connection: { type: websocket, url: "ws://127.0.0.1:${port}/" } }
scenarios:
  greets: { script: { first_message: Hi., steps: [{ when: any, say: "Bye. <endcall/>" }] }, expect: [{ agent_says: { contains: hello } }] }
runs: [{ agent: web, name: Web }, { agent: socket, name: Socket }]
`,
  )
  try {
    const ran = await place.run(['run', 'shop.yaml', '--out', 'a'])
    expect(ran).toMatchObject({ exit: 0 })
    const told = place.journal('a').flatMap(event => (event.type === 'run.ended' ? [[event.run, event.agentVersion]] : []))
    expect(Object.fromEntries(told)).toEqual({ 'web/greets#1': '4.2.1-http', 'socket/greets#1': '4.2.1-ws' })
  } finally {
    sockets.close()
    server.close()
  }
})
