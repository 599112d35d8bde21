import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'

const folder = temporaryFolder()
const hello = join(root, 'suites/hello')

afterAll(() => folder[Symbol.dispose]())

/** What `callsheet key` prints. */
async function newKey(): Promise<{ key: string; hash: string }> {
  const { stdout, exit } = await callsheet(['key'], folder.path)
  expect(exit).toBe(0)
  const [, key = '', hash = ''] = /^key {3}(\S+)\nhash {2}(\S+)\n$/.exec(stdout) ?? []
  return { key, hash }
}

test('a key that was made opens the project whose file keeps its hash, over the wire', async () => {
  const { key, hash } = await newKey()
  writeFileSync(join(folder.path, 'projects.yaml'), `projects: { bakery: { id: 4, suites: ["${hello}"], keys: ["${hash}"] } }\n`)
  const child = spawn(
    process.execPath,
    [join(root, 'bin/callsheet.js'), 'serve', '--projects', 'projects.yaml', '--host', '0.0.0.0', '--port', '0'],
    {
      cwd: folder.path,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const url = `http://127.0.0.1:${/:(\d+)\s*$/.exec(line.toString())?.[1]}/test_framework/v1`
    const get = (headers: Record<string, string>): Promise<Response> => fetch(`${url}/aiagents/`, { headers })
    expect((await get({})).status).toBe(401)
    expect((await get({ 'X-CEKURA-API-KEY': hash })).status).toBe(403)
    const answer = await get({ 'X-CEKURA-API-KEY': key })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ count: 1, results: [{ name: 'bakery' }] })
  } finally {
    const gone = once(child, 'close')
    child.kill('SIGTERM')
    await gone
  }
})

test.each([
  ['nothing to serve', ['serve'], {}, 'Name the suites to serve'],
  ['projects and suites', ['serve', hello, '--projects', 'p.yaml'], {}, 'cannot be combined with paths'],
  ['projects that are not there', ['serve', '--projects', 'nowhere.yaml'], {}, 'Cannot read --projects nowhere.yaml'],
  ['no key beyond loopback', ['serve', hello, '--host', '0.0.0.0'], {}, 'CALLSHEET_API_KEY'],
  ['no key beyond loopback, over IPv6', ['serve', hello, '--host', '::'], {}, 'CALLSHEET_API_KEY'],
  [
    'a key that can be guessed beyond loopback',
    ['serve', hello, '--host', '0.0.0.0'],
    { CALLSHEET_API_KEY: 'secret' },
    'short enough to guess',
  ],
])('%s is refused before anything listens', async (_, args, env, message) => {
  const { exit, stderr, stdout } = await callsheet([...args, '--port', '0'], folder.path, env)
  expect(stderr).toContain(message)
  expect(stdout).toBe('')
  expect(exit).toBe(2)
})

test('all that is wrong with a file of projects is told at once', async () => {
  writeFileSync(join(folder.path, 'wrong.yaml'), 'projects: { a: { id: x, keys: [secret] }, b: { id: 2, suites: [b] } }\n')
  const { exit, stderr } = await callsheet(['serve', '--projects', 'wrong.yaml'], folder.path)
  expect(exit).toBe(2)
  expect(stderr.match(/wrong\.yaml: projects\./g)).toHaveLength(4)
})
