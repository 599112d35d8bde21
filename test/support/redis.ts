import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from '../suites/callsheet.js'

/** A real Redis of its own: on a free port, its data in a folder that is removed with it. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string
  /** As a machine that goes down: at once. */
  stop(): Promise<void>
  /** With what it had, if it is durable; else empty. */
  start(): Promise<void>
  /** Its connections stay open, and nothing is answered. */
  freeze(): void
  thaw(): void
  /** All that is in it, keys and values, as text. */
  dump(): Promise<string>
}

/** @param how.durable  Whether what was written is there again after it was stopped and started. */
export async function startRedis({ durable = false } = {}): Promise<TestRedis> {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error('These tests need a real Redis, and there is no redis-server here. Install it: apt-get install -y redis-server')
  }
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined

  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const durability = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no']
      const args = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...durability, '--loglevel', 'warning']
      server = spawn('redis-server', args, { stdio: 'ignore' })
      await answers(Number(port))
    },
    async stop() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    async dump() {
      const client = new Redis(redis.url)
      try {
        const keys = await client.keys('*')
        return (await Promise.all(keys.map(async key => `${key} ${await textOf(client, key)}`))).join('\n')
      } finally {
        client.disconnect()
      }
    },
    async [Symbol.asyncDispose]() {
      await redis.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}

async function textOf(client: Redis, key: string): Promise<string> {
  const type = await client.type(key)
  if (type === 'string') return (await client.get(key)) ?? ''
  if (type === 'hash') return JSON.stringify(await client.hgetall(key))
  return JSON.stringify(type === 'stream' ? await client.xrange(key, '-', '+') : [])
}

async function answers(port: number): Promise<void> {
  for (let waitedMs = 0; !(await listens(port)); waitedMs += 20) {
    if (waitedMs > 10_000) throw new Error('redis-server was started, and does not answer.')
    await wait(20)
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })
}
