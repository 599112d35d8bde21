import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificateFor } from './certificate.js'

export const hasKamailio = spawnSync('kamailio', ['-v']).status === 0

/** A registrar and proxy: it challenges everybody (the password is "secret"), and stays in the way of calls. */
export interface Kamailio {
  /** For UDP and TCP. */
  readonly port: number
  readonly tlsPort: number
  /** What it identifies itself with, in PEM. */
  readonly certificate: string
  /** Stops it, and starts it again. What it knew is gone. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * @param algorithm  Of its digests: `MD5` or `SHA-256`.
 * @param numbers  Numbers that are a user's, as a provider gives several to one account: by number, the user.
 */
export async function startKamailio(algorithm: string, numbers: Readonly<Record<string, string>> = {}): Promise<Kamailio> {
  const folder = mkdtempSync(join(tmpdir(), 'kamailio-'))
  const { cert, key } = certificateFor('127.0.0.1')
  const [port, tlsPort] = [await freePort(), await freePort()]
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key)
  writeFileSync(join(folder, 'kamailio.cfg'), configOf({ folder, port, tlsPort, algorithm, numbers }))
  let running = await start(folder, port)
  return {
    port,
    tlsPort,
    certificate: cert,
    async restart() {
      await stop(running)
      running = await start(folder, port)
    },
    async stop() {
      await stop(running)
      rmSync(folder, { recursive: true })
    },
  }
}

async function start(folder: string, port: number): Promise<ChildProcess> {
  const args = [
    '-f',
    join(folder, 'kamailio.cfg'),
    '-DD',
    '-E',
    '-w',
    folder,
    '-Y',
    folder,
    '-P',
    join(folder, 'pid'),
    '-m',
    '32',
    '-M',
    '8',
  ]
  const child = spawn('kamailio', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', chunk => (said = (said + String(chunk)).slice(-2_000)))
  for (let i = 0; i < 100; i += 1) {
    if (child.exitCode !== null) throw new Error(`kamailio ended with ${child.exitCode}: ${said}`)
    if (await listens(port)) return child
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`kamailio does not listen: ${said}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(late)
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

interface Config {
  readonly folder: string
  readonly port: number
  readonly tlsPort: number
  readonly algorithm: string
  readonly numbers: Readonly<Record<string, string>>
}

function configOf({ folder, port, tlsPort, algorithm, numbers }: Config): string {
  return `#!KAMAILIO
debug=0
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
enable_tls=yes
listen=udp:127.0.0.1:${port}
listen=tcp:127.0.0.1:${port}
listen=tls:127.0.0.1:${tlsPort}
${['tls', 'tm', 'sl', 'rr', 'pv', 'maxfwd', 'usrloc', 'registrar', 'textops', 'siputils', 'auth'].map(name => `loadmodule "${name}.so"`).join('\n')}
modparam("tls", "private_key", "${join(folder, 'key.pem')}")
modparam("tls", "certificate", "${join(folder, 'cert.pem')}")
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "verify_certificate", 0)
modparam("usrloc", "db_mode", 0)
modparam("auth", "algorithm", "${algorithm}")
modparam("auth", "nonce_expire", 5)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  t_check_trans();
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("$fd", "secret", "0")) { www_challenge("$fd", "1"); exit; }
    save("location");
    exit;
  }
  if (is_method("INVITE")) {
    if (!pv_proxy_authenticate("$fd", "secret", "0")) { proxy_challenge("$fd", "1"); exit; }
    consume_credentials();
    record_route();
    ${Object.entries(numbers)
      .map(([number, user]) => `if ($rU == "${number}") { $rU = "${user}"; }`)
      .join('\n    ')}
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
    exit;
  }
  sl_send_reply("405", "Method Not Allowed");
}
`
}
