import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { agent } from '../../support/build.js'
import { faultOf } from './conduct-call.js'

const read = (name: string): Buffer => readFileSync(fileURLToPath(new URL(`../../agents/${name}`, import.meta.url)))
const own = { key: read('self-signed.key'), cert: read('self-signed.crt') }
const network = { variables: {}, proxyFor: () => undefined, ca: [own.cert.toString()] }

const raw = (then: (socket: Socket) => void): Server => createServer(socket => then(socket.on('error', () => {})))

/** An agent whose first words are followed by what is no TLS, although the handshake went well. */
function breaksLater(): Server {
  const agentWithTls = createTlsServer(own, socket => {
    socket.on('error', () => {})
    socket.on('data', data => {
      const [, key] = /sec-websocket-key: (.*)\r/i.exec(data.toString()) ?? []
      if (key === undefined) {
        for (const each of relayed) each.write(Buffer.alloc(100, 7))
        return
      }
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
      socket.write(`HTTP/1.1 101 OK\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`)
    })
  })
  const relayed = new Set<Socket>()
  agentWithTls.listen(0, 'localhost')
  const relay = raw(socket => {
    const behind = connect((agentWithTls.address() as AddressInfo).port, 'localhost')
    relayed.add(socket)
    behind.on('error', () => {}).pipe(socket)
    socket.pipe(behind)
    socket.on('close', () => relayed.delete(socket))
  })
  relay.on('close', () => agentWithTls.close())
  return relay
}

/** Servers whose TLS fails, each in its way, and whether their certificate is trusted. */
const failing: readonly [name: string, server: () => Server, isTrusted?: boolean, code?: string][] = [
  ['is not trusted', () => createTlsServer(own)],
  ['speaks no TLS', () => raw(socket => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))],
  ['sends nonsense', () => raw(socket => void socket.once('data', () => socket.end(Buffer.alloc(100, 7))))],
  ['closes in the handshake', () => raw(socket => void socket.once('data', () => socket.end()))],
  ['resets in the handshake', () => raw(socket => void socket.once('data', () => socket.resetAndDestroy())), false, 'unreachable'],
  ['closes before the handshake', () => raw(socket => socket.end())],
  ['resets before the handshake', () => raw(socket => socket.resetAndDestroy()), false, 'unreachable'],
  ['refuses with an alert', () => raw(socket => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))))],
  ['wants a client certificate, with TLS 1.3', () => createTlsServer({ ...own, requestCert: true, rejectUnauthorized: true }), true],
  [
    'wants a client certificate, with TLS 1.2',
    () => createTlsServer({ ...own, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }),
    true,
  ],
  ['breaks after the handshake', breaksLater, true],
  ['has no cipher in common', () => createTlsServer({ ...own, ciphers: 'PSK-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' }), true],
]

test.each(failing)('an agent that %s is at the same fault over every connection', async (_name, open, isTrusted = false, code = 'tls') => {
  const server = open()
  server.on('tlsClientError', () => {})
  await new Promise<void>(resolve => void server.listen(0, 'localhost', resolve))
  const host = `localhost:${(server.address() as AddressInfo).port}`
  const use = { clock: systemClock, concurrency: 1, ...(isTrusted && { network }) }
  const channels = [
    httpChannel(agent({ connection: { type: 'http', url: `https://${host}/` } }), use),
    openaiChannel(agent({ connection: { type: 'openai', baseUrl: `https://${host}/v1`, model: 'm' } }), use),
    websocketChannel(agent({ connection: { type: 'websocket', url: `wss://${host}/` } }), use),
  ]
  const codes: string[] = []
  for (const opening of channels) {
    await using channel = await opening
    codes.push((await faultOf(channel, 'Hi')).code)
  }
  server.close()
  expect(codes).toEqual([code, code, code])
})
