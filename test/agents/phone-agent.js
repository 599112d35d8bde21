// An agent for many telephone calls, as cheap as it can be: a process of its own, with ten sockets and one timer for the sound of all calls, and
// packets that were made before. It speaks for a second and a half in every four. Tells its port; on any message tells what came of each call.
import { createSocket } from 'node:dgram'
import { seededRandom, systemClock } from '../../dist/adapters/clocks/system.js'
import { muLaw } from '../../dist/adapters/audio/g711.js'
import { openSockets } from '../../dist/adapters/sip/sockets.js'
import { UserAgent } from '../../dist/adapters/sip/user-agent.js'
import { toneSpeech } from './tone-speech.js'

const frameMs = 20
const units = 160
const everyFrames = 4 * 50
const headerBytes = 12
/** Calls take turns within 20 ms, so that packets do not come all at once. */
const slots = 4

/** @typedef {{ received: number, lost: number, twice: number, worstGapMs: number, end: string }} AgentHeard  What came of a call. */
/** @typedef {AgentHeard & { port: number, socket: import('node:dgram').Socket, slot: number, packet: Buffer, sent: number, last: number, lastMs: number }} AgentCall */

const payloads = payloadsOf(toneSpeech('and what else do you want?', 8000))
/** @type {Map<number, AgentCall>} */
const byPort = new Map()
/** @type {AgentCall[]} */
const all = []

// Several, because a system bounds how much waits in one, and this process may have to wait for its turn.
const sockets = await Promise.all(Array.from({ length: 10 }, openSocket))

const network = await openSockets({ addresses: ['127.0.0.1'], ports: { udp: 0 } })
const agent = new UserAgent({
  network,
  clock: systemClock,
  random: seededRandom(1),
  listen: 'open',
  onCall(call) {
    /** @type {AgentCall | undefined} */
    let own
    void call.answer({
      offer: async () => describe(sockets[0]),
      async answer(offer) {
        own ??= enter(Number(/^m=audio (\d+)/m.exec(offer)?.[1]))
        return describe(own.socket)
      },
      accept: async () => {},
      keyed() {},
      close() {},
    })
    void call.ended.then(({ by, cause }) => own && leave(own, `${cause} by ${by}`))
  },
})

const startMs = performance.now()
/** Slots of 5 ms that were served. */
let served = 0
const timer = setInterval(() => {
  for (const due = ((performance.now() - startMs) / frameMs) * slots; served < due; served += 1) serve(served % slots)
}, frameMs / slots)

process.on('message', () => void tell())
process.send?.(network.bound[0]?.port)

async function tell() {
  clearInterval(timer)
  /** @type {AgentHeard[]} */
  const heard = all.map(({ received, lost, twice, worstGapMs, end }) => ({ received, lost, twice, worstGapMs, end }))
  await agent.close()
  process.send?.(heard, () => process.exit())
}

async function openSocket() {
  const socket = createSocket({
    type: 'udp4',
    // Addresses are numbers here: nothing is looked up, not even in the next turn of the loop.
    lookup: (name, _, found) => /** @type {(error: null, address: string, family: number) => void} */ (found)(null, name, 4),
  })
  socket.on('message', (bytes, from) => count(bytes, from.port))
  await new Promise(resolve => socket.bind(0, '127.0.0.1', () => resolve(undefined)))
  return socket
}

/** @param {number} slot */
function serve(slot) {
  for (const call of byPort.values()) if (call.slot === slot) send(call)
}

/** @param {AgentCall} call */
function send(call) {
  const { packet, sent } = call
  packet[1] = sent === 0 ? 0x80 : 0
  packet.writeUInt16BE(sent & 0xffff, 2)
  packet.writeUInt32BE((sent * units) >>> 0, 4)
  packet.set(/** @type {Uint8Array} */ (payloads[sent % everyFrames]), headerBytes)
  call.sent += 1
  call.socket.send(packet, call.port, '127.0.0.1')
}

/** @param {Buffer} bytes @param {number} port */
function count(bytes, port) {
  const call = byPort.get(port)
  if (!call || bytes.length !== headerBytes + units) return
  const nowMs = performance.now()
  const sequence = bytes.readUInt16BE(2)
  if (call.received > 0) {
    const ahead = ((sequence - call.last) << 16) >> 16
    if (ahead <= 0) call.twice += 1
    else call.lost += ahead - 1
    call.worstGapMs = Math.max(call.worstGapMs, nowMs - call.lastMs)
  }
  call.received += 1
  call.last = sequence
  call.lastMs = nowMs
}

/** @param {number} port @returns {AgentCall} */
function enter(port) {
  const packet = Buffer.alloc(headerBytes + units)
  packet[0] = 0x80
  packet.writeUInt32BE(1 + all.length, 8)
  const socket = /** @type {import('node:dgram').Socket} */ (sockets[all.length % sockets.length])
  const call = {
    port,
    socket,
    slot: all.length % slots,
    packet,
    sent: 0,
    received: 0,
    lost: 0,
    twice: 0,
    worstGapMs: 0,
    last: 0,
    lastMs: 0,
    end: '',
  }
  all.push(call)
  byPort.set(port, call)
  return call
}

/** @param {AgentCall} call @param {string} end */
function leave(call, end) {
  call.end = end
  byPort.delete(call.port)
}

/** @param {import('node:dgram').Socket=} socket */
function describe(socket) {
  const port = socket?.address().port
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', `m=audio ${port} RTP/AVP 0`, 'a=rtcp-mux']
  return lines.join('\r\n') + '\r\n'
}

/** Four seconds, coded. @param {Int16Array} words */
function payloadsOf(words) {
  const samples = new Int16Array(everyFrames * units)
  samples.set(words)
  return Array.from({ length: everyFrames }, (_, i) => muLaw.encode(samples.subarray(i * units, (i + 1) * units)))
}
