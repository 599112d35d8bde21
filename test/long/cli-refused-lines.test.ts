import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../suites/callsheet.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'

describe('command lines that are refused, or nearly so', () => {
  test('a stray % in a password is sent as it stands', async () => {
    await using place = await openWorkplace()
    const sent: (string | undefined)[] = []
    const agent = createServer((request, response) => {
      sent.push(request.headers.authorization)
      response.setHeader('content-type', 'application/json').end('{"text":"Hello."}')
    })
    await new Promise<void>(resolve => agent.listen(0, '127.0.0.1', resolve))
    const { port } = agent.address() as AddressInfo
    place.write(
      'http.yaml',
      'version: 1\nsuite: { name: H }\nagents: { a: { connection: { type: http, url: "http://127.0.0.1:1/", reply: /text } } }\n' +
        'scenarios: { s: { script: { first_message: Hi. }, expect: [{ agent_says: { contains: Hello } }] } }\n',
    )
    const { stdout, stderr } = await place.run(['run', 'http.yaml', '--agent', `a=http://bob:p%ssw0rdlong@127.0.0.1:${port}/`])
    agent.close()
    expect(`${stdout}${stderr}`).not.toContain('Callsheet itself failed')
    expect(sent[0]).toBe(`Basic ${Buffer.from('bob:p%ssw0rdlong').toString('base64')}`)
  })

  test.each(['run suite.yaml', 'serve suite.yaml', 'worker'])('%s --queue bogus is exit code 2, said in one sentence', async command => {
    await using place = await openWorkplace()
    for (const queue of ['bogus', 'redis://host:port'])
      expect(await place.run([...command.split(' '), '--queue', queue])).toMatchObject({
        exit: 2,
        stderr: 'error: The queue is a redis:// or rediss:// URL.\n',
      })
    expect(place.calls()).toEqual([])
  })

  test.each(['bogus://x', 'mysql://root@host/db', 'postgres://root@host:port/db'])(
    'serve --database %s is refused, and leaves no folder',
    async database => {
      await using place = await openWorkplace()
      expect(await place.run(['serve', 'suite.yaml', '--database', database])).toMatchObject({
        exit: 2,
        stderr: 'error: The database is a postgres:// URL, or a folder.\n',
      })
      expect(existsSync(join(place.path, database.split('/')[0] ?? ''))).toBe(false)
    },
  )

  test('a suite that is a named pipe or a device is refused, not read for ever', async () => {
    await using place = await openWorkplace()
    execFileSync('mkfifo', [join(place.path, 'pipe.yaml')])
    for (const suite of ['pipe.yaml', '/dev/zero']) {
      const { exit, stderr } = await place.run(['run', suite])
      expect(stderr).toContain('it is not a regular file')
      expect(exit).toBe(2)
    }
  })

  const green = '<?xml version="1.0"?><testsuites tests="1" failures="0" errors="0"/>'
  const greenJson = '{ "version": 2, "callsheet": "0.1.0", "gate": { "verdict": "passed" } }'

  test.each([
    'run suite.yaml --bogus',
    'run suite.yaml --concurrency abc',
    'run suite.yaml --concurrency 0',
    'run suite.yaml --shard x',
    'run suite.yaml --reporter foo',
    'run suite.yaml --junit-dialect foo',
    'run',
    'rerun --bogus',
  ])('%s leaves no green report', async line => {
    await using place = await openWorkplace()
    place.write('j.xml', green)
    place.write('r.json', greenJson)
    const { exit } = await place.run([...line.split(' '), '--junit=j.xml', '--json', 'r.json'])
    expect(exit).toBe(2)
    expect(read(place, 'j.xml')).toContain('did not finish')
    expect(JSON.parse(read(place, 'r.json'))).toMatchObject({ state: 'did_not_finish' })
  })

  test('a mistaken line overwrites nothing but reports', async () => {
    await using place = await openWorkplace()
    place.write('notes.txt', 'mine')
    for (const option of ['--junit', '--json']) {
      for (const file of ['notes.txt', 'suite.yaml']) {
        const before = read(place, file)
        expect(await place.run(['run', 'suite.yaml', '--bogus', option, file])).toMatchObject({ exit: 2 })
        expect(await place.run(['run', 'suite.yaml', option, file])).toMatchObject({ exit: 2 })
        expect(read(place, file)).toBe(before)
      }
    }
    expect(place.calls()).toEqual([])
  })

  test('of two suites, an earlier report under the shared name is removed', async () => {
    await using place = await openWorkplace({ frequency: 1 })
    place.write('j.xml', green)
    place.write('notes.json', 'mine')
    const { exit } = await place.run(['run', 'suite.yaml', 'suite.yaml', '--junit', 'j.xml', '--json', 'notes.json'])
    expect(exit).toBe(0)
    expect(existsSync(join(place.path, 'j.xml'))).toBe(false)
    expect(read(place, 'notes.json')).toBe('mine')
    expect(read(place, 'j-2.xml')).toContain('errors="0"')
  })

  test('one file for both reports is refused, and is not left green', async () => {
    await using place = await openWorkplace()
    place.write('j.xml', green)
    const { exit, stderr } = await place.run(['run', 'suite.yaml', '--junit', 'j.xml', '--json', './j.xml'])
    expect(stderr).toBe('error: --junit and --json both name ./j.xml. Name two files.\n')
    const pages = await place.run(['run', 'suite.yaml', '--html', 'page.html', '--markdown', 'page.html'])
    expect(pages).toMatchObject({ exit: 2, stderr: 'error: --markdown and --html both name page.html. Name two files.\n' })
    expect(exit).toBe(2)
    expect(read(place, 'j.xml')).toContain('did not finish')
  })

  test.each([
    ['--html', '-', 'names no file'],
    ['--pdf', 'page.html', 'would look like a page'],
    ['--html', 'page.PDF', 'would look like a PDF'],
  ])('%s %s is refused, and replaces nothing', async (option, name, why) => {
    await using place = await openWorkplace()
    place.write(name, '%PDF-')
    const { exit, stderr } = await place.run(['run', 'suite.yaml', option, name])
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining(`error: ${option} ${name} ${why}`) as string })
    expect(read(place, name)).toBe('%PDF-')
  })

  test.each(['notes.txt', 'suite.yaml', '/etc', 'pipe', 'notes.txt/j.xml'])(
    'a bad place, %s, leaves no green report in the other',
    async bad => {
      await using place = await openWorkplace()
      place.write('notes.txt', 'mine')
      execFileSync('mkfifo', [join(place.path, 'pipe')])
      for (const suites of ['suite.yaml', 'suite.yaml other.yaml']) {
        place.write('j.xml', green)
        place.write('r.json', greenJson)
        for (const line of [`--junit ${bad} --json r.json`, `--json ${bad} --junit j.xml`]) {
          expect(await place.run(['run', ...suites.split(' '), ...line.split(' ')])).toMatchObject({ exit: 2 })
        }
        const left = ['j.xml', 'r.json'].filter(file => existsSync(join(place.path, file))).map(file => read(place, file))
        expect(left.join('\n')).not.toMatch(/passed|errors="0"/)
      }
      expect(read(place, 'notes.txt')).toBe('mine')
      expect(place.calls()).toEqual([])
    },
  )

  test('a named pipe is no place for a report', async () => {
    await using place = await openWorkplace()
    execFileSync('mkfifo', [join(place.path, 'pipe')])
    expect(await place.run(['run', 'suite.yaml', '--junit', 'pipe'])).toMatchObject({
      exit: 2,
      stderr: 'error: --junit pipe is not a regular file. Name another file.\n',
    })
    expect(place.calls()).toEqual([])
  })

  test('/dev/null and an open pipe are places for reports', async () => {
    await using place = await openWorkplace({ frequency: 1 })
    const line = `{ '${process.execPath}' '${join(root, 'bin/callsheet.js')}' run suite.yaml --json /dev/null --junit /dev/stdout; echo "code $?"; } | cat`
    const { stdout } = spawnSync('sh', ['-c', line], { cwd: place.path, encoding: 'utf8', timeout: 20_000 })
    expect(stdout).toContain('<testsuites')
    expect(stdout).toContain('code 0')
  })

  test.each([
    ['standard output', '>', 3, 'error: Standard output could not be written: the disk is full (ENOSPC).\n'],
    ['standard error', '2>', 0, ''],
  ])('a full disk below %s', async (_, redirection, code, said) => {
    await using place = await openWorkplace({ frequency: 1 })
    const line = `'${process.execPath}' '${join(root, 'bin/callsheet.js')}' run suite.yaml ${redirection} /dev/full`
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: place.path, encoding: 'utf8', timeout: 20_000 })
    expect(stderr.endsWith(said)).toBe(true)
    expect(stderr).not.toContain('Callsheet itself failed')
    expect(status).toBe(code)
  })
})

function read(place: Workplace, file: string): string {
  return readFileSync(join(place.path, file), 'utf8')
}
