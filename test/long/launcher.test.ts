import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/adapters/clocks/system.js'
import { createLauncher } from '../../src/adapters/processes/launcher.js'
import type { AgentStart } from '../../src/domain/document.js'
import type { LaunchedAgent } from '../../src/ports/launcher.js'
import { listen } from '../agents/server.js'
import { agent } from '../support/build.js'
import { eventually } from '../contract/channels/conduct-call.js'
import { countAlive } from '../contract/pid-file.js'

const program = fileURLToPath(new URL('../agents/server-process.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callsheet-launcher-'))
const pids = join(folder, 'pids')
beforeEach(() => rmSync(pids, { force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

function startOf(more: Partial<AgentStart>): AgentStart {
  return {
    command: [process.execPath, program],
    timeoutMs: 10_000,
    cwd: folder,
    ...more,
    env: { PIDS: pids, ...more.env },
  }
}

/** The start of a process that listens at a free port. */
async function serving(scheme: string, more: Partial<AgentStart> = {}): Promise<AgentStart & { ready: string }> {
  const port = await freePort()
  return {
    ...startOf({ command: [process.execPath, program, String(port)], ...more }),
    ready: `${scheme}://127.0.0.1:${port}`,
  }
}

async function freePort(): Promise<number> {
  const server = await listen(createServer(), 0)
  await server.close()
  return server.port
}

function launch(start: AgentStart, signal = new AbortController().signal): Promise<LaunchedAgent> {
  return createLauncher({ clock: systemClock }).launch(agent({ start }), { signal })
}

const alive = (): number => countAlive(pids)

describe('the launcher', () => {
  test.each(['http', 'ws', 'tcp'])('waits until the agent answers at %s://, and stops it', async scheme => {
    const launched = await launch(await serving(scheme))
    expect(launched.tookMs).toBeGreaterThan(10)
    expect(launched.crashed).toBeUndefined()
    expect(alive()).toBe(1)
    await Promise.all([launched[Symbol.asyncDispose](), launched[Symbol.asyncDispose]()])
    expect(alive()).toBe(0)
    expect(launched.crashed).toBeUndefined()
  })

  test('conducts no conversation with a WebSocket agent to see whether it is ready', async () => {
    const heard = join(folder, 'heard')
    await using launched = await launch(await serving('ws', { env: { HEARD: heard } }))
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(launched.crashed).toBeUndefined()
    expect(existsSync(heard)).toBe(false)
  })

  test('counts an agent without an address as ready when it has lived a moment', async () => {
    await using launched = await launch(startOf({}))
    expect(launched.tookMs).toBeGreaterThanOrEqual(95)
    expect(launched.crashed).toBeUndefined()
  })

  test('runs a line in the shell', async () => {
    const { ready } = await serving('tcp')
    await using launched = await launch(startOf({ command: `"${process.execPath}" "${program}" ${new URL(ready).port}`, ready }))
    expect(alive()).toBe(1)
    await launched[Symbol.asyncDispose]()
    expect(alive()).toBe(0)
  })

  test('gives up on an agent that is never ready, shows what it printed, and stops it', async () => {
    const start = startOf({
      ready: `tcp://127.0.0.1:${await freePort()}`,
      timeoutMs: 2000,
      env: { PRINT: 'Loading the\nmodel' },
    })
    await expect(launch(start)).rejects.toMatchObject({
      fault: {
        by: 'infra',
        code: 'not_started',
        message: `Agent "clinic" was not started. Nothing answered at ${start.ready} within 2 s. It printed: Loading the model`,
      },
    })
    expect(alive()).toBe(0)
  })

  test.each([true, false])(
    'shows the exit code and the output of an agent that ends before it is ready (with an address: %s)',
    async hasAddress => {
      const start = startOf({ env: { EXIT: '3 0', PRINT: 'No \u001b[31mkey\u001b[0m' }, timeoutMs: 10_000 })
      const ready = hasAddress ? { ready: `tcp://127.0.0.1:${await freePort()}` } : { command: ['sh', '-c', 'echo No key >&2; exit 3'] }
      await expect(launch({ ...start, ...ready })).rejects.toMatchObject({
        fault: {
          by: 'infra',
          code: 'not_started',
          message:
            'Agent "clinic" was not started. It ended with exit code 3 before it was ready. It must stay in the foreground. It printed: No key',
        },
      })
    },
  )

  test('says so when there is no such program', async () => {
    const start = startOf({ command: ['no-such-program-anywhere'] })
    await expect(launch(start)).rejects.toMatchObject({
      fault: { code: 'not_started', message: expect.stringContaining('ENOENT') },
    })
  })

  test('keeps no more than the end of a long output', async () => {
    const start = startOf({ command: ['sh', '-c', 'yes 0123456789 | head -c 1000000; echo the end; exit 1'] })
    const failed = await launch(start).catch((error: unknown) => error)
    expect(failed).toMatchObject({ fault: { message: expect.stringMatching(/the end$/) } })
    expect(failed instanceof Error && failed.message.length).toBeLessThan(8_500)
  })

  test('does not start an agent where something already answers', async () => {
    const other = await listen(createServer(), 0)
    const start = startOf({ ready: `http://127.0.0.1:${other.port}/health` })
    await expect(launch(start)).rejects.toMatchObject({
      fault: {
        by: 'infra',
        code: 'not_started',
        message: expect.stringContaining(`Something already answers at ${start.ready}`),
      },
    })
    expect(alive()).toBe(0)
    await other.close()
  })

  test('stops what the agent started, too', async () => {
    const launched = await launch(await serving('tcp', { env: { CHILD: '1' } }))
    expect(await eventually(() => alive() === 2)).toBe(true)
    await launched[Symbol.asyncDispose]()
    expect(alive()).toBe(0)
  })

  test('kills an agent that does not heed SIGTERM', async () => {
    const launched = await launch(await serving('tcp', { env: { CHILD: '1', STUBBORN: '1' } }))
    expect(await eventually(() => alive() === 2)).toBe(true)
    await launched[Symbol.asyncDispose]()
    expect(alive()).toBe(0)
  })

  test('tells of an agent that ends by itself after it was ready, and stops what it left behind', async () => {
    await using launched = await launch(await serving('tcp', { env: { EXIT: '4 400', PRINT: 'Out of memory', CHILD: '1' } }))
    expect(await eventually(() => launched.crashed !== undefined)).toBe(true)
    // Its child prints the same, sooner or later.
    expect(launched.crashed).toEqual({
      by: 'agent',
      code: 'crashed',
      message: expect.stringMatching(/^Agent "clinic" ended with exit code 4 by itself\. It printed: Out of memory/) as string,
    })
    await launched[Symbol.asyncDispose]()
    expect(alive()).toBe(0)
  })

  test('stops an agent that is still starting when it is aborted', async () => {
    const control = new AbortController()
    const reason = new Error('Stopped by the user')
    const launching = launch(startOf({ ready: `tcp://127.0.0.1:${await freePort()}` }), control.signal)
    void eventually(() => alive() === 1).then(() => control.abort(reason))
    await expect(launching).rejects.toBe(reason)
    expect(alive()).toBe(0)
    await expect(launch(startOf({}), AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  test('leaves no agent behind when we are killed, not even a stubborn one', async () => {
    const start = await serving('tcp', { env: { CHILD: '1', STUBBORN: '1' } })
    const parent = spawn(
      process.execPath,
      ['--import', 'jiti/register', fileURLToPath(new URL('launcher-parent.ts', import.meta.url)), JSON.stringify(start)],
      { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    )
    await once(parent.stdout, 'data')
    expect(await eventually(() => alive() === 2)).toBe(true)
    process.kill(-(parent.pid ?? 0), 'SIGKILL')
    await once(parent, 'exit')
    expect((await eventually(() => alive() === 0)) || (await eventually(() => alive() === 0))).toBe(true)
  })
})
