// An agent on a WebSocket (RFC 6455) that is written on node:http alone: no library of Callsheet's is on both sides.
// As a program: node bare-websocket-agent.js <port>. Its environment: DELAY: milliseconds before each answer;
// CALLS: a file with a line for all that happens, "<run id> began | said ... | ended"; PIDS: a file with its process id, and
// that of its child with CHILD=1.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { framesFor } from './frames.js'

const { DELAY = '0', CALLS, PIDS, CHILD } = process.env
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 }

if (PIDS) appendFileSync(PIDS, `${process.pid}\n`)
if (CHILD) {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore' })
  if (PIDS) appendFileSync(PIDS, `${child.pid}\n`)
}

createServer()
  .on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    converse(socket, String(request.headers['x-vocera-run-id']))
  })
  .listen(Number(process.argv[2]), '127.0.0.1')

/** @param {import('node:stream').Duplex} socket @param {string} run */
function converse(socket, run) {
  let turn = 0
  let unread = Buffer.alloc(0)
  let isOver = false
  record(run, 'began')
  socket.on('error', () => {})
  socket.on('close', end)
  socket.on('data', (/** @type {Buffer} */ data) => {
    unread = Buffer.concat([unread, data])
    for (let frame = readFrame(unread); frame; frame = readFrame(unread)) {
      unread = unread.subarray(frame.length)
      if (frame.opcode === opcodes.ping) socket.write(writeFrame(opcodes.pong, frame.payload))
      if (frame.opcode === opcodes.close) {
        end()
        socket.end(writeFrame(opcodes.close, frame.payload))
      }
      if (frame.opcode === opcodes.text) hear(JSON.parse(frame.payload.toString()))
    }
  })

  function end() {
    if (!isOver) record(run, 'ended')
    isOver = true
  }

  /** @param {{ content: string, type?: string }} heard */
  function hear(heard) {
    record(run, `said ${heard.content}`)
    if (heard.type === 'end_call') return
    turn += 1
    const answers = framesFor(heard, turn)
    setTimeout(() => {
      for (const answer of answers) socket.write(writeFrame(opcodes.text, Buffer.from(answer)))
    }, Number(DELAY))
  }
}

/** @param {string} run @param {string} what */
function record(run, what) {
  if (CALLS) appendFileSync(CALLS, `${run} ${what}\n`)
}

/** The first frame of what was read, unmasked; `undefined` until all of it is there. @param {Buffer} bytes */
function readFrame(bytes) {
  if (bytes.length < 2) return undefined
  const [first = 0, second = 0] = bytes
  const short = second & 0x7f
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  const maskAt = 2 + lengthBytes
  if (bytes.length < maskAt + 4) return undefined
  const size = lengthBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : lengthBytes === 2 ? bytes.readUInt16BE(2) : short
  const payloadAt = maskAt + 4
  if (bytes.length < payloadAt + size) return undefined
  const payload = Buffer.from(bytes.subarray(payloadAt, payloadAt + size))
  for (let i = 0; i < size; i += 1) payload[i] = (payload[i] ?? 0) ^ (bytes[maskAt + (i % 4)] ?? 0)
  return { opcode: first & 0x0f, payload, length: payloadAt + size }
}

/** A frame of a server: whole, and not masked. @param {number} opcode @param {Buffer} payload */
function writeFrame(opcode, payload) {
  const size = payload.length
  const head = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10)
  head[0] = 0x80 | opcode
  head[1] = size < 126 ? size : size < 65_536 ? 126 : 127
  if (head.length === 4) head.writeUInt16BE(size, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(size), 2)
  return Buffer.concat([head, payload])
}
