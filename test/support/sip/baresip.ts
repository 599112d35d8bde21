import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

// It has no flag that prints its version alone.
export const hasBaresip = spawnSync('which', ['baresip']).status === 0

/** The telephone of Debian's baresip-core: it answers every call, and plays a tone of 400 Hz. */
export interface Baresip {
  readonly uri: string
  /** What it tells: `CALL_ESTABLISHED`, `CALL_DTMF_START 5`. */
  readonly events: readonly string[]
  /** Does what a line typed into it would: `dial sip:...`, `hold`, `transfer sip:...`, or a key. */
  command(name: string, params?: string): void
  stop(): Promise<void>
}

export interface BaresipOptions {
  /** The only one that it speaks: `pcma`, `g722/16000/1`. */
  readonly codec?: string | undefined
  /** How it encrypts: `srtp` if both can, `srtp-mand` always. */
  readonly mediaenc?: string | undefined
}

export async function startBaresip({ mediaenc, codec = 'pcmu' }: BaresipOptions = {}): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), 'baresip-'))
  const [port, control] = [await freePort(), await freePort()]
  const uri = `sip:baresip@127.0.0.1:${port}`
  writeFileSync(join(folder, 'config'), configOf(folder, port, control))
  const encryption = mediaenc === undefined ? '' : `;mediaenc=${mediaenc}`
  writeFileSync(join(folder, 'accounts'), `<${uri}>;regint=0;answermode=auto;audio_codecs=${codec}${encryption}\n`)
  const child = spawn('baresip', ['-f', folder], { stdio: 'ignore' })
  const socket = await controlOf(child, control)
  const events: string[] = []
  readEvents(socket, events)
  return {
    uri,
    events,
    command(name, params) {
      const text = JSON.stringify({ command: name, ...(params !== undefined && { params }) })
      socket.write(`${Buffer.byteLength(text)}:${text},`)
    },
    async stop() {
      socket.destroy()
      if (child.exitCode === null) {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
        await ended
        clearTimeout(late)
      }
      rmSync(folder, { recursive: true })
    },
  }
}

/** It is controlled over TCP, in netstrings of JSON. */
async function controlOf(child: ChildProcess, port: number): Promise<Socket> {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return socket
    } catch {
      await wait(100)
    }
  }
  throw new Error('baresip does not start.')
}

function readEvents(socket: Socket, events: string[]): void {
  let rest = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    rest += text
    for (let found = /^(\d+):/.exec(rest); found; found = /^(\d+):/.exec(rest)) {
      const [head, length] = [found[0].length, Number(found[1])]
      if (rest.length < head + length + 1) return
      const said = JSON.parse(rest.slice(head, head + length)) as { event?: boolean; type?: string; param?: string }
      if (said.event) events.push(`${said.type} ${said.param ?? ''}`.trim())
      rest = rest.slice(head + length + 1)
    }
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

function configOf(folder: string, port: number, control: number): string {
  const modules = ['g711', 'g722', 'ausine', 'aufile', 'srtp'].map(name => `module ${name}.so`)
  return `poll_method epoll
sip_listen 127.0.0.1:${port}
net_interface 127.0.0.1
audio_source ausine,400
audio_player aufile,${join(folder, 'heard.wav')}
audio_alert aufile,${join(folder, 'alert.wav')}
ausrc_srate 48000
ausrc_channels 2
module_path /usr/lib/baresip/modules
${modules.join('\n')}
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${control}
`
}
