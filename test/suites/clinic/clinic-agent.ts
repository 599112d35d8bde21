import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'

export const server = fileURLToPath(new URL('../../../suites/clinic/agent/server.js', import.meta.url))

/** The demo's agent as a process, on a port of its own. */
export async function startClinic(env: Record<string, string> = {}): Promise<AsyncDisposable & { url: string }> {
  const child = spawn(process.execPath, [server], {
    env: { PATH: process.env['PATH'], CLINIC_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [greeting] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    url: greeting.replace(/.*(ws:.*)/, '$1'),
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

export interface Frame {
  readonly content?: string
  readonly type?: string
  readonly metadata?: Record<string, unknown>
  readonly role?: 'Function Call' | 'Function Call Result'
  readonly data?: { readonly id: string; readonly name: string; readonly arguments?: string; readonly result?: string }
}

export interface TestCall {
  /** All that the agent has sent. */
  readonly frames: readonly Frame[]
  /** Waits until the agent has said something like this since the caller spoke last; returns that message. */
  hears(what: RegExp): Promise<string>
  /** Says something (or keys in digits), and waits for such an answer. */
  says(words: string | { digits: string }, until: RegExp): Promise<string>
  /** What the agent has said, joined. */
  words(): string
  /** The tools it has used, in order, with their arguments. */
  tools(): [name: string, args: unknown][]
  /** Its metadata, merged. */
  metadata(): Record<string, unknown>
  /** Resolves with the close code. */
  readonly closed: Promise<number>
  hangUp(): void
}

/** Calls the clinic. */
export async function call(url: string, headers: Record<string, string> = {}): Promise<TestCall> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const frames: Frame[] = []
  let since = 0
  let check: (() => void) | undefined
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as Frame)
    check?.()
  })
  const closed = once(socket, 'close').then(([code]) => Number(code))
  await once(socket, 'open')

  const hears = (what: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Never heard ${what}:\n${JSON.stringify(frames, null, 1)}`)), 8000)
      check = () => {
        const message = frames.slice(since).find(({ content }) => content !== undefined && what.test(content))
        if (message?.content === undefined) return
        clearTimeout(timer)
        resolve(message.content)
      }
      check()
    })
  return {
    frames,
    hears,
    async says(words, until) {
      since = frames.length
      socket.send(JSON.stringify(typeof words === 'string' ? { content: words } : { type: 'dtmf', ...words }))
      return hears(until)
    },
    words: () => frames.map(({ content }) => content ?? '').join('\n'),
    tools: () =>
      frames.flatMap(({ role, data }) =>
        role === 'Function Call' && data ? [[data.name, JSON.parse(data.arguments ?? '{}')] as [string, unknown]] : [],
      ),
    metadata: () => Object.assign({}, ...frames.map(({ metadata }) => metadata ?? {})) as Record<string, unknown>,
    closed,
    hangUp: () => socket.close(),
  }
}

export const people = {
  maria: ['Maria Lopez', '1990-04-02'],
  james: ['James Carter', '1985-11-23'],
  aisha: ['Aisha Rahman', '1972-07-15'],
  tom: ['Tom Becker', '2001-01-30'],
  grace: ['Grace Kim', '1958-09-09'],
} as const

/** Asks for something as somebody, up to what the agent says once it knows who calls. */
export async function ask(on: TestCall, who: readonly [name: string, born: string], request: string, until: RegExp): Promise<string> {
  await on.says(request, /full name/)
  await on.says(`It's ${who[0]}.`, /date of birth/)
  return on.says(who[1], until)
}
