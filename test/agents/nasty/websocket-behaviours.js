// What nasty agents do over a WebSocket, by name: each gets a raw socket once the handshake is over and the caller has spoken
// (`act`), or instead of the handshake (`instead`), or at once after it (`first`).
import { floods, trickles } from './http-behaviours.js'

/** @typedef {import('node:net').Socket} Socket */
/** @typedef {{ right: string | readonly string[], act?: (socket: Socket) => void, first?: (socket: Socket) => void, instead?: (socket: Socket, accept: string) => void }} WebSocketBehaviour */

const agentError = 'agent_error'
const passed = 'passed'

/** A frame as a server sends it. @param {string | Buffer} payload @param {{ opcode?: number, fin?: boolean, rsv?: number, masked?: boolean }} [more] */
export function frame(payload, { opcode = 1, fin = true, rsv = 0, masked = false } = {}) {
  const bytes = Buffer.from(payload)
  const first = (fin ? 0x80 : 0) | rsv | opcode
  const bit = masked ? 0x80 : 0
  const length = bytes.length < 126 ? Buffer.from([first, bit | bytes.length]) : bytes.length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  if (bytes.length >= 126) {
    length[0] = first
    length[1] = bit | (bytes.length < 65_536 ? 126 : 127)
    if (bytes.length < 65_536) length.writeUInt16BE(bytes.length, 2)
    else length.writeBigUInt64BE(BigInt(bytes.length), 2)
  }
  return Buffer.concat([length, ...(masked ? [Buffer.alloc(4)] : []), bytes])
}

/** @param {unknown} value */
const json = value => frame(JSON.stringify(value))
const fine = json({ content: 'I am fine.' })
/** @param {number} levels */
const deepList = levels => '['.repeat(levels) + ']'.repeat(levels)

/** @param {(string | Buffer)[]} pieces @param {string | readonly string[]} right @returns {WebSocketBehaviour} */
const sends = (pieces, right) => ({ right, act: socket => void socket.write(Buffer.concat(pieces.map(piece => Buffer.from(piece)))) })
/** @param {string | Buffer} piece @returns {WebSocketBehaviour} */
const flooding = piece => ({ right: agentError, act: socket => floods(socket, piece) })
/** @param {string} text @param {string | readonly string[]} right */
const says = (text, right = agentError) => sends([frame(text)], right)
/** @param {string} answer @param {string | readonly string[]} [right] @returns {WebSocketBehaviour} */
const answers = (answer, right = agentError) => ({ right, instead: socket => void socket.end(answer) })

/** @param {number} code @param {string | Buffer} [reason] */
const closing = (code, reason = '') => {
  const head = Buffer.alloc(2)
  head.writeUInt16BE(code)
  return frame(Buffer.concat([head, Buffer.from(reason)]), { opcode: 8 })
}

const closeCodes = [1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
const wrongCloseCodes = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535]

/** @type {Record<string, WebSocketBehaviour>} */
export const websocketBehaviours = {
  // harmless
  'fine': sends([fine], passed),
  'fine-in-pieces': {
    right: passed,
    act: socket => {
      const all = fine
      trickles(socket, n => all.subarray(n - 1, n), 10)
    },
  },
  'fine-fragmented': sends(
    [frame('{"content":', { fin: false }), frame('"I am fine."', { opcode: 0, fin: false }), frame('}', { opcode: 0 })],
    passed,
  ),
  'fine-cut-in-a-character': sends(
    [
      frame(Buffer.from('{"content":"I am fine. \u20ac"}').subarray(0, 25), { fin: false }),
      frame(Buffer.from('{"content":"I am fine. \u20ac"}').subarray(25), { opcode: 0 }),
    ],
    passed,
  ),
  'fine-binary': sends([frame('{"content":"I am fine."}', { opcode: 2 })], passed),
  'fine-with-pings': sends([frame('', { opcode: 9 }), frame('x'.repeat(125), { opcode: 9 }), fine], passed),
  'fine-with-pongs': sends([frame('never asked', { opcode: 10 }), fine], passed),
  'ping-between-fragments': sends(
    [frame('{"content":', { fin: false }), frame('', { opcode: 9 }), frame('"I am fine."}', { opcode: 0 })],
    passed,
  ),
  'byte-order-mark': says('\ufeff{"content":"I am fine."}', passed),
  'null-characters': says(String.raw`{"content":"I am fine\u0000."}`, passed),
  'lone-surrogate': says(String.raw`{"content":"I am fine \udfff."}`, passed),
  'prototype-keys': says('{"content":"I am fine.","__proto__":{"x":1},"metadata":{"__proto__":{"polluted":true},"constructor":1}}', passed),
  'duplicate-keys': says('{"content":"no","content":"I am fine."}', passed),
  'huge-number': says('{"content":"I am fine.","metadata":{"n":1e999,"m":123456789012345678901234567890}}', passed),
  'nearly-a-mebibyte': says(`{"content":"I am fine.","metadata":{"x":"${'x'.repeat(1_000_000)}"}}`, passed),
  'greets': {
    right: passed,
    first: socket => void socket.write(Buffer.concat([json({ content: 'Hello, I am fine.' })])),
    act: socket => void socket.write(fine),
  },
  'hangs-up': sends([json({ content: 'I am fine.', type: 'end_call' })], passed),
  'hangs-up-and-talks': sends([json({ content: 'I am fine.', type: 'end_call' }), fine, fine, frame('junk')], passed),
  'closes-in-order': sends([fine, closing(1000, 'Bye')], passed),
  'closes-without-code': sends([fine, frame('', { opcode: 8 })], passed),
  'thousand-messages': sends([fine, ...Array.from({ length: 1000 }, () => json({ content: 'a' }))], passed),
  'tool-arguments-junk': sends([json({ role: 'Function Call', data: { name: 't', arguments: '{nonsense' } }), fine], passed),

  // the handshake
  ...Object.fromEntries(
    [200, 204, 301, 307, 400, 401, 403, 404, 426, 429, 500, 503].map(status => [
      `refuses-${status}`,
      answers(`HTTP/1.1 ${status} No\r\nlocation: /\r\ncontent-length: 3\r\n\r\nNo.`),
    ]),
  ),
  'accept-wrong': answers(
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: bm9uc2Vuc2U=\r\n\r\n',
  ),
  'accept-missing': answers('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
  'upgrade-missing': answers('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  'upgrade-to-h2c': answers('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
  'protocol-unasked': {
    right: agentError,
    instead: (socket, accept) => void socket.write(handshake(accept, 'sec-websocket-protocol: odd\r\n')),
  },
  'extension-unasked': {
    right: agentError,
    instead: (socket, accept) => void socket.write(handshake(accept, 'sec-websocket-extensions: permessage-deflate\r\n')),
  },
  'continue-before-upgrade': {
    right: passed,
    instead: (socket, accept) => void socket.write(`HTTP/1.1 100 Continue\r\n\r\n${handshake(accept)}`),
    act: socket => void socket.write(fine),
  },
  'hints-before-upgrade': {
    right: passed,
    instead: (socket, accept) => void socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${handshake(accept)}`),
    act: socket => void socket.write(fine),
  },
  'handshake-garbage': answers('\u0001\u0002\u0003 garbage \r\n\r\n'),
  'handshake-ssh': answers('SSH-2.0-OpenSSH_9.6\r\n'),
  'handshake-closed': answers(''),
  'handshake-cut': answers('HTTP/1.1 101 Switching Pro'),
  'handshake-reset': { right: agentError, instead: socket => void socket.resetAndDestroy() },
  'handshake-silent': { right: 'infra_error', instead: () => {} },
  'handshake-headers-endless': {
    right: agentError,
    instead: socket => floods(socket.setNoDelay(), 'HTTP/1.1 101 Switching Protocols\r\n' + 'x-a: 1\r\n'.repeat(5000)),
  },
  'handshake-refusal-endless': {
    right: agentError,
    instead: socket => {
      socket.write('HTTP/1.1 500 Oops\r\n\r\n')
      floods(socket, 'x'.repeat(65_536))
    },
  },

  // closing and breaking
  ...Object.fromEntries(closeCodes.map(code => [`closes-${code}`, sends([closing(code, 'Because')], agentError)])),
  ...Object.fromEntries(wrongCloseCodes.map(code => [`closes-wrongly-${code}`, sends([closing(code)], agentError)])),
  'closes-1000-unheard': sends([closing(1000)], agentError),
  'close-of-one-byte': sends([frame('x', { opcode: 8 })], agentError),
  'close-reason-not-utf-8': sends([closing(1011, Buffer.from([0xff, 0xfe]))], agentError),
  'close-reason-long': sends([closing(1011, 'x'.repeat(123))], agentError),
  'close-too-long': sends([closing(1011, 'x'.repeat(200))], agentError),
  'ends-without-close': { right: agentError, act: socket => void socket.end() },
  'resets': { right: agentError, act: socket => void socket.resetAndDestroy() },
  'resets-in-a-frame': {
    right: agentError,
    act: socket => {
      socket.write(fine.subarray(0, 10))
      setTimeout(() => socket.resetAndDestroy(), 20)
    },
  },
  'ends-in-a-frame': { right: agentError, act: socket => void socket.end(fine.subarray(0, 10)) },
  'silent': { right: agentError, act: () => {} },

  // frames that break the protocol
  'masked': sends([frame('{"content":"I am fine."}', { masked: true })], agentError),
  ...Object.fromEntries([0x10, 0x20, 0x40, 0x70].map(rsv => [`reserved-bit-${rsv}`, sends([frame('{}', { rsv })], agentError)])),
  ...Object.fromEntries(
    [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(opcode => [`opcode-${opcode}`, sends([frame('x', { opcode })], agentError)]),
  ),
  'ping-fragmented': sends([frame('x', { opcode: 9, fin: false })], agentError),
  'ping-too-long': sends([frame('x'.repeat(126), { opcode: 9 })], agentError),
  'continues-nothing': sends([frame('x', { opcode: 0 })], agentError),
  'begins-again-in-a-message': sends([frame('{', { fin: false }), frame('{}')], agentError),
  'length-2-63': sends([Buffer.from([0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0])], agentError),
  'length-max': sends([Buffer.from([0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])], agentError),
  'length-4-gib': sends([Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0])], agentError),
  'two-mebibytes': says(`{"content":"${'x'.repeat(2 << 20)}"}`),
  'text-not-utf-8': sends([frame(Buffer.from([0x22, 0xff, 0xfe, 0x22]))], agentError),
  'text-cut-utf-8': sends([frame(Buffer.from([0x22, 0xe2, 0x82]))], agentError),
  'binary-junk': sends([frame(Buffer.from([0, 1, 2, 0xff]), { opcode: 2 })], agentError),
  'binary-empty': sends([frame('', { opcode: 2 })], agentError),
  'http-instead': sends(['HTTP/1.1 200 OK\r\n\r\n'], agentError),

  // messages that are none
  'text-empty': says(''),
  'not-json': says('I am fine.'),
  'json-cut': says('{"content":"I am'),
  'json-null': says('null'),
  'json-number': says('1'),
  'json-list': says('[{"content":"I am fine."}]'),
  'json-empty': says('{}'),
  'content-number': says('{"content":7}'),
  'content-list': says('{"content":["I am fine."]}'),
  'content-blank': says('{"content":"  "}'),
  'metadata-list': says('{"metadata":[1]}'),
  'tool-without-data': says('{"role":"Function Call"}'),
  'tool-without-name': says('{"role":"Function Call","data":{}}'),
  'result-without-data': says('{"role":"Function Call Result","data":{}}'),
  'deep-lists': says(deepList(50_000)),
  'deep-metadata': says(`{"metadata":{"x":${deepList(5_000)}}}`),
  'deep-arguments': says(`{"role":"Function Call","data":{"name":"t","arguments":${deepList(50_000)}}}`),
  'deep-arguments-text': says(`{"role":"Function Call","data":{"name":"t","arguments":${JSON.stringify(deepList(50_000))}}}`),
  'deep-arguments-twice': says(
    `{"role":"Function Call","data":{"name":"t","arguments":${JSON.stringify(deepList(20_000))},"input":${JSON.stringify(deepList(20_000))}}}`,
  ),
  'deep-result-text': says(`{"role":"Function Call Result","data":{"name":"t","result":${JSON.stringify(deepList(50_000))}}}`),
  'deep-open': says('['.repeat(500_000)),

  // too much
  'pings-endless': {
    right: agentError,
    act: socket => floods(socket, Buffer.concat(Array.from({ length: 1000 }, () => frame('x', { opcode: 9 })))),
  },
  'pongs-endless': flooding(Buffer.concat(Array.from({ length: 1000 }, () => frame('', { opcode: 10 })))),
  'fragments-endless': {
    right: agentError,
    act: socket => {
      socket.write(frame('{"content":"', { fin: false }))
      floods(socket, Buffer.concat(Array.from({ length: 100 }, () => frame('x'.repeat(1000), { opcode: 0, fin: false }))))
    },
  },
  'fragments-empty-endless': {
    right: agentError,
    act: socket => {
      socket.write(frame('{"content":"', { fin: false }))
      floods(socket, Buffer.concat(Array.from({ length: 5000 }, () => frame('', { opcode: 0, fin: false }))))
    },
  },
  'messages-endless': {
    ...flooding(Buffer.concat(Array.from({ length: 500 }, () => json({ content: 'And another thing.' })))),
    right: [agentError, 'failed'],
  },
  'messages-small-endless': {
    ...flooding(Buffer.concat(Array.from({ length: 2000 }, () => frame('{"content":"a"}')))),
    right: [agentError, 'failed'],
  },
  // The machine may be too slow for so much within the call.
  'messages-large-endless': { ...flooding(json({ content: 'x'.repeat(60_000) })), right: [agentError, 'failed'] },
  'messages-mebibyte-endless': { ...flooding(json({ content: 'x'.repeat(1_000_000) })), right: [agentError, 'failed'] },
  'metadata-endless': flooding(Buffer.concat(Array.from({ length: 500 }, () => json({ metadata: { a: 1 } })))),
  'tool-calls-endless': flooding(
    Buffer.concat(Array.from({ length: 500 }, () => json({ role: 'Function Call', data: { name: 't', arguments: { a: 1 } } }))),
  ),
  'tool-results-endless': flooding(
    Buffer.concat(Array.from({ length: 500 }, () => json({ role: 'Function Call Result', data: { name: 't', result: { a: 1 } } }))),
  ),
  'messages-100000': sends([Buffer.concat(Array.from({ length: 100_000 }, () => frame('{"content":"a"}')))], agentError),
  'junk-endless': { right: agentError, act: socket => floods(socket, Buffer.alloc(65_536, 0xff)) },
  'trickles-a-frame': {
    right: agentError,
    act: socket => {
      socket.write(Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]))
      trickles(socket, () => ' ')
    },
  },
  'floods-before-we-speak': {
    right: agentError,
    first: socket => floods(socket, Buffer.concat(Array.from({ length: 500 }, () => json({ content: 'a' })))),
  },
}

/** @param {string} accept @param {string} [more] */
export function handshake(accept, more = '') {
  return `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n${more}\r\n`
}
