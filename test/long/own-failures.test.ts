import { execFile, execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace, type Workplace } from '../cli/workplace.js'

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
})
afterAll(() => place[Symbol.asyncDispose]())

const server = createServer((_request, response) => void setTimeout(() => response.end('{"reply":"Hello."}'), 20))
beforeAll(() => new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())
const portOf = (): number => (server.address() as AddressInfo).port

test('a taken port ends serve in a sentence', async () => {
  const { exit, stderr } = await place.run(['serve', 'suite.yaml', '--port', String(portOf())])
  expect({ exit, stderr }).toEqual({
    exit: 2,
    stderr: `error: Cannot serve on 127.0.0.1, port ${portOf()} (EADDRINUSE). Another program listens there. Stop it, or use another --port.\n`,
  })
})

test('a pipe as an include is refused, not waited for', async () => {
  execFileSync('mkfifo', [join(place.path, 'pipe.yaml')])
  place.write('piped.yaml', 'version: 1\nsuite: { name: Piped }\ninclude: [pipe.yaml]\n')
  const { exit, stderr } = await place.run(['validate', 'piped.yaml'])
  expect(exit).toBe(2)
  expect(stderr).toContain('pipe.yaml cannot be read: it is not a regular file.')
})

test.each([64, 128, 256])('with %i open files, fewer conversations run at once, and the reports are made', async files => {
  place.write(
    'many.yaml',
    `version: 1
suite: { name: Many }
agents: { a: { connection: { type: http, url: "http://127.0.0.1:${portOf()}/" } } }
scenarios: { s: { frequency: 600, script: { first_message: Hi. }, expect: [{ agent_says: { contains: hello } }] } }
limits: { concurrency: 400 }
`,
  )
  const run = `ulimit -n ${files}; exec "${process.execPath}" "${join(import.meta.dirname, '../../bin/callsheet.js')}" run many.yaml --out few-${files}`
  const { stdout: printed } = await promisify(execFile)('sh', ['-c', `{ ${run}; } 2>&1`], { cwd: place.path })
  expect(printed).toContain(`This machine allows ${files} open files, so`)
  expect(printed).toContain('PASSED: 600 of 600 runs passed')
  expect(readFileSync(join(place.path, `few-${files}`, 'junit.xml'), 'utf8')).toContain('tests="1" failures="0"')
})

test('with hardly any open files it ends in one line that names them, and says nothing about the agent', async () => {
  const program = join(import.meta.dirname, '../../bin/callsheet.js')
  for (let files = 20; files <= 30; files += 2) {
    const run = `ulimit -n ${files}; "${process.execPath}" "${program}" run suite.yaml --out hardly-any 2>&1; echo "exit $?"`
    const { stdout } = await promisify(execFile)('sh', ['-c', run], { cwd: place.path })
    expect(stdout).toMatch(/^error: Callsheet (cannot be loaded|itself failed): EMFILE: too many open files, .*\nexit 3\n$/)
  }
})
