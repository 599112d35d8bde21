import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openWorkplace } from './workplace.js'

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

  test.each(['bogus://x', 'mysql://root@host/db'])('serve --database %s is refused, and leaves no folder', async database => {
    await using place = await openWorkplace()
    expect(await place.run(['serve', 'suite.yaml', '--database', database])).toMatchObject({
      exit: 2,
      stderr: 'error: The database is a postgres:// URL, or a folder.\n',
    })
    expect(existsSync(join(place.path, database.split('/')[0] ?? ''))).toBe(false)
  })

  test('a suite that is a named pipe or a device is refused, not read for ever', async () => {
    await using place = await openWorkplace()
    execFileSync('mkfifo', [join(place.path, 'pipe.yaml')])
    for (const suite of ['pipe.yaml', '/dev/zero']) {
      const { exit, stderr } = await place.run(['run', suite])
      expect(stderr).toContain('it is not a regular file')
      expect(exit).toBe(2)
    }
  })
})
