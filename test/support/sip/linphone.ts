import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWav } from '../../../src/adapters/audio/write-wav.js'
import { voiceLike } from '../voice-like.js'
import { freePort } from '../../suites/callsheet.js'

export const hasLinphone = spawnSync('which', ['linphonec']).status === 0

/** The telephone of Debian's linphone-cli: it answers every call. */
export interface Linphone {
  readonly uri: string
  /** A WAV file of a voice. */
  readonly voice: string
  /** What it printed. */
  said(): string
  /** Types a line: `call sip:...`, `pause`, `play <file>`, or a key. */
  type(line: string): void
  stop(): Promise<void>
}

/** @param srtp  Whether it asks for SRTP, and takes nothing else. */
export async function startLinphone({ srtp = false } = {}): Promise<Linphone> {
  const folder = mkdtempSync(join(tmpdir(), 'linphone-'))
  const port = Number(await freePort())
  for (const place of ['.local/share/linphone', '.config/linphone']) mkdirSync(join(folder, place), { recursive: true })
  const voice = join(folder, 'voice.wav')
  writeFileSync(voice, writeWav({ rate: 8_000, samples: voiceLike(10_000, 8_000) }))
  writeFileSync(join(folder, 'rc'), configOf(port, Number(await freePort()), srtp))
  const child = spawn('linphonec', ['-c', join(folder, 'rc'), '-a'], {
    env: { ...process.env, HOME: folder },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', chunk => (said += String(chunk)))
  const phone: Linphone = {
    uri: `sip:linphone@127.0.0.1:${port}`,
    voice,
    said: () => said,
    type: line => void child.stdin.write(`${line}\n`),
    async stop() {
      if (child.exitCode === null) {
        const ended = once(child, 'exit')
        phone.type('quit')
        const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
        await ended
        clearTimeout(late)
      }
      rmSync(folder, { recursive: true })
    },
  }
  // This machine has no sound card.
  phone.type('soundcard use files')
  for (let tries = 0; tries < 200 && !said.includes('Using wav files'); tries += 1) await new Promise(resolve => setTimeout(resolve, 50))
  return phone
}

function configOf(port: number, rtpPort: number, srtp: boolean): string {
  return `[sip]
sip_port=${port}
sip_tcp_port=0
sip_tls_port=0
bind_address=127.0.0.1
contact=sip:linphone@127.0.0.1
guess_hostname=0
default_proxy=-1
use_ipv6=0
${srtp ? 'media_encryption=srtp\nmedia_encryption_mandatory=1' : ''}
[rtp]
audio_rtp_port=${rtpPort}
download_ptime=40
[video]
enabled=0
capture=0
display=0
`
}
