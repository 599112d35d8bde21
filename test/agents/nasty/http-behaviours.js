// What nasty agents answer over HTTP, by name: each gets a raw socket once a request has come, and the body of a good answer.
// `right` is the outcome that a run with it must have; `act` is what the agent does.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

/** @typedef {{ right: string | readonly string[], act: (socket: import('node:net').Socket, good: string) => void }} HttpBehaviour */

const agentError = 'agent_error'
const passed = 'passed'

/** @param {string | Buffer} body @param {{ status?: string, headers?: string, before?: string, after?: string }} [more] */
function answer(body, { status = '200 OK', headers = '', before = '', after = '' } = {}) {
  const bytes = Buffer.from(body)
  const head = `${before}HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${headers}content-length: ${bytes.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes, Buffer.from(after, 'latin1')])
}

/** An answer made of the good body. @param {(good: string) => string | Buffer} make @returns {HttpBehaviour['act']} */
const sends = make => (socket, good) => void socket.write(make(good))
/** @param {(good: string) => string | Buffer} make @returns {HttpBehaviour['act']} */
const sendsAndEnds = make => (socket, good) => void socket.end(make(good))

/** @param {string} status @param {string} [headers] @returns {HttpBehaviour} */
const refuses = (status, headers = '') => ({ right: agentError, act: sends(() => answer('Not today.', { status, headers })) })

/** The good answer with another body. @param {(good: string) => string | Buffer} make @param {string | readonly string[]} right */
const body = (make, right) => ({ right, act: sends(good => answer(make(good))) })

/** @param {number} levels */
const deepList = levels => '['.repeat(levels) + ']'.repeat(levels)
/** @param {number} levels */
const deepObject = levels => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)
/** Adds keys to the good body. @param {string} good @param {string} more */
const withKeys = (good, more) => `{${more},${good.slice(1)}`

/** Writes pieces for as long as the socket takes them. @param {import('node:net').Socket} socket @param {string | Buffer} piece */
export function floods(socket, piece) {
  const go = () => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', go)
  go()
}

/** Writes pieces now and then. @param {import('node:net').Socket} socket @param {(n: number) => string | Buffer} piece */
export function trickles(socket, piece, everyMs = 100) {
  let n = 0
  const timer = setInterval(() => {
    n += 1
    if (!socket.destroyed) socket.write(piece(n))
  }, everyMs)
  socket.on('close', () => clearInterval(timer))
}

/** @param {string} coding @param {(body: Buffer) => Buffer} encode @param {string | readonly string[]} right */
const encoded = (coding, encode, right) => ({
  right,
  act: sends(good => answer(encode(Buffer.from(good)), { headers: `content-encoding: ${coding}\r\n` })),
})

const bomb = gzipSync(Buffer.alloc(200 << 20, 0x20))
const brotliBomb = brotliCompressSync(Buffer.alloc(64 << 20, 0x20), { params: {} })

/** @type {Record<string, HttpBehaviour>} */
export const httpBehaviours = {
  // harmless
  'plain': { right: passed, act: sends(good => answer(good)) },
  'headers-in-capitals': {
    right: passed,
    act: sends(good => answer(good, { headers: 'X-A: 1\r\nX-B: 2\r\n' }).toString().replace('content-length', 'CONTENT-LENGTH')),
  },
  'continue-first': { right: passed, act: sends(good => answer(good, { before: 'HTTP/1.1 100 Continue\r\n\r\n' })) },
  'continue-with-headers': { right: passed, act: sends(good => answer(good, { before: 'HTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\n' })) },
  'continue-apart': {
    right: passed,
    act: (socket, good) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      setTimeout(() => socket.write(answer(good)), 50)
    },
  },
  'continue-twice': { right: passed, act: sends(good => answer(good, { before: 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(2) })) },
  'processing-first': { right: passed, act: sends(good => answer(good, { before: 'HTTP/1.1 102 Processing\r\n\r\n' })) },
  'early-hints': { right: passed, act: sends(good => answer(good, { before: 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n' })) },
  'all-informational': {
    right: passed,
    act: sends(good =>
      answer(good, { before: ['100 Continue', '102 Processing', '103 Early Hints'].map(s => `HTTP/1.1 ${s}\r\n\r\n`).join('') }),
    ),
  },
  'unknown-informational': { right: passed, act: sends(good => answer(good, { before: 'HTTP/1.1 199 Wait\r\n\r\n' })) },
  'chunked': { right: passed, act: sends(good => chunked([good])) },
  'chunk-a-byte': { right: passed, act: sends(good => chunked(good.split(''))) },
  'chunk-extensions': { right: passed, act: sends(good => chunked([good], ';a=b;c="d"')) },
  'trailers': { right: passed, act: sends(good => chunked([good], '', 'X-Sum: 1\r\nX-More: 2\r\n')) },
  'until-close': { right: passed, act: sendsAndEnds(good => `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${good}`) },
  'http-1.0': { right: passed, act: sendsAndEnds(good => answer(good).toString().replace('HTTP/1.1', 'HTTP/1.0')) },
  'byte-order-mark': body(good => `\ufeff${good}`, passed),
  'white-space-around': body(good => `\r\n\t ${good}\n\n`, passed),
  'many-cookies': { right: passed, act: sends(good => answer(good, { headers: 'set-cookie: a=b; Path=/\r\n'.repeat(300) })) },
  'odd-cookies': {
    right: passed,
    act: sends(good =>
      answer(good, { headers: 'set-cookie: \r\nset-cookie: =;=;\r\nset-cookie: __proto__=x; expires=never; max-age=z\r\n' }),
    ),
  },
  'large-cookie': { right: passed, act: sends(good => answer(good, { headers: `set-cookie: a=${'x'.repeat(8000)}\r\n` })) },
  'gzip': encoded('gzip', gzipSync, passed),
  'brotli': encoded('br', brotliCompressSync, passed),
  'deflate': encoded('deflate', deflateSync, passed),
  'deflate-raw': encoded('deflate', deflateRawSync, passed),
  'identity': encoded('identity', all => all, passed),
  'slow-but-whole': {
    right: passed,
    act: (socket, good) => {
      const all = answer(good)
      trickles(socket, n => all.subarray((n - 1) * 16, n * 16), 20)
    },
  },
  'says-more-than-once': { right: [passed, agentError], act: sends(good => Buffer.concat([answer(good), answer(good)])) },
  'partial-content': { right: passed, act: sends(good => answer(good, { status: '206 Partial Content' })) },
  'created': { right: passed, act: sends(good => answer(good, { status: '201 Created' })) },
  'null-characters': body(good => good.replace('fine', String.raw`fine\u0000\u0000`), passed),
  'lone-surrogate': body(good => good.replace('fine', String.raw`fine \ud800`), passed),
  'terminal-escapes': body(good => good.replace('fine', String.raw`fine \u001b[2J\u009b31m`), passed),
  'bidirectional': body(good => good.replace('fine', 'fine \u202e\u2066'), passed),
  'huge-number': body(good => withKeys(good, `"n":1e400,"m":${'9'.repeat(5000)},"e":1${'0'.repeat(300)}.5e-300`), passed),
  'duplicate-keys': body(good => withKeys(good, '"x":1,"x":2,"x":3'), passed),
  'prototype-keys': body(good => withKeys(good, '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'), passed),
  'empty-keys': body(good => withKeys(good, '"":{"":{"":1}}'), passed),
  'many-keys': body(good => withKeys(good, Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join()), passed),
  'nested-some': body(good => withKeys(good, `"x":${deepList(50)}`), passed),

  // refusals
  ...Object.fromEntries(
    ['300 Multiple Choices', '304 Not Modified', '400 Bad Request', '401 Unauthorized', '403 Forbidden', '404 Not Found', '405 Not Allowed']
      .concat([
        '409 Conflict',
        '413 Too Large',
        '418 Teapot',
        '429 Too Many',
        '500 Oops',
        '501 No',
        '502 Bad Gateway',
        '503 Busy',
        '504 Late',
        '599 Odd',
      ])
      .map(status => [`status-${status.slice(0, 3)}`, refuses(status)]),
  ),
  'redirect-to-itself': refuses('302 Found', 'location: /\r\n'),
  'redirect-loop': refuses('307 Temporary', 'location: http://127.0.0.1:1/\r\n'),
  'redirect-to-file': refuses('301 Moved', 'location: file:///etc/passwd\r\n'),
  'redirect-nowhere': refuses('308 Permanent'),
  'redirect-header-junk': refuses('302 Found', 'location: \u00ff\u0001\r\n'.replace('\u0001', '')),
  'no-content': { right: agentError, act: sends(() => 'HTTP/1.1 204 No Content\r\n\r\n') },
  'reset-content': { right: agentError, act: sends(() => answer('', { status: '205 Reset Content' })) },
  'retry-never': { right: 'infra_error', act: sends(() => answer('', { status: '429 Too Many', headers: 'retry-after: 99999999\r\n' })) },
  'retry-odd': { right: agentError, act: sends(() => answer('', { status: '503 Busy', headers: 'retry-after: soon\r\n' })) },
  'status-999': { right: agentError, act: sends(good => answer(good, { status: '999 What' })) },
  'status-long': { right: agentError, act: sends(good => answer(good, { status: '20000 OK' })) },
  'status-words': { right: agentError, act: sends(good => answer(good, { status: 'abc OK' })) },
  'switching-protocols': {
    right: agentError,
    act: sends(() => 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
  },
  'endless-refusal': {
    right: agentError,
    act: socket => {
      socket.write('HTTP/1.1 500 Oops\r\n\r\n')
      floods(socket, 'x'.repeat(65_536))
    },
  },
  'refusal-bomb': { right: agentError, act: sends(() => answer(bomb, { status: '500 Oops', headers: 'content-encoding: gzip\r\n' })) },

  // not HTTP
  'http-0.9': { right: agentError, act: sendsAndEnds(good => good) },
  'garbage': { right: agentError, act: sends(() => Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))) },
  'ssh': { right: agentError, act: sends(() => 'SSH-2.0-OpenSSH_9.6\r\n') },
  'smtp': { right: agentError, act: sends(() => '220 mail.example.com ESMTP\r\n') },
  'tls-alert': { right: agentError, act: sends(() => Buffer.from([0x15, 3, 1, 0, 2, 2, 0x28])) },
  'null-bytes': { right: agentError, act: sends(() => Buffer.alloc(100)) },
  'http-2-preface': { right: agentError, act: sends(() => Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])) },
  'websocket-frames': { right: agentError, act: sends(() => Buffer.from([0x81, 2, 0x7b, 0x7d])) },
  'version-9': { right: agentError, act: sends(good => answer(good).toString().replace('HTTP/1.1', 'HTTP/9.9')) },

  // connections that break
  'closes-at-once': { right: agentError, act: socket => void socket.end() },
  'resets-at-once': { right: agentError, act: socket => void socket.resetAndDestroy() },
  'resets-in-head': { right: agentError, act: breaks('HTTP/1.1 200 OK\r\nconten') },
  'resets-after-head': { right: agentError, act: breaks('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n') },
  'resets-in-body': { right: agentError, act: breaks('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"reply"') },
  'resets-in-chunk': { right: agentError, act: breaks('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"rep') },
  'ends-in-head': { right: agentError, act: sendsAndEnds(() => 'HTTP/1.1 200 OK\r\ncontent-le') },
  'ends-after-head': { right: agentError, act: sendsAndEnds(() => 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n') },
  'ends-in-body': { right: agentError, act: sendsAndEnds(() => 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"reply"') },
  'ends-in-chunk': { right: agentError, act: sendsAndEnds(() => 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"rep') },
  'ends-after-continue': { right: agentError, act: sendsAndEnds(() => 'HTTP/1.1 100 Continue\r\n\r\n') },
  'resets-after-continue': { right: agentError, act: breaks('HTTP/1.1 100 Continue\r\n\r\n') },

  // lengths and headers that lie
  'length-too-long': {
    right: agentError,
    act: sendsAndEnds(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, 'content-length: 5000'),
    ),
  },
  'length-too-short': {
    right: agentError,
    act: sendsAndEnds(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, 'content-length: 5'),
    ),
  },
  'length-zero': {
    right: agentError,
    act: sends(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, 'content-length: 0'),
    ),
  },
  'length-negative': {
    right: agentError,
    act: sends(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, 'content-length: -1'),
    ),
  },
  'length-words': {
    right: agentError,
    act: sends(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, 'content-length: many'),
    ),
  },
  'length-twice': { right: agentError, act: sends(good => answer(good, { headers: 'content-length: 1\r\n' })) },
  'length-enormous': {
    right: agentError,
    act: sends(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, 'content-length: 999999999999999999'),
    ),
  },
  'length-overflow': {
    right: agentError,
    act: sends(good =>
      answer(good)
        .toString()
        .replace(/content-length: \d+/, `content-length: ${'9'.repeat(40)}`),
    ),
  },
  'length-and-chunks': { right: agentError, act: sends(good => chunked([good]).replace('transfer', 'content-length: 5\r\ntransfer')) },
  'chunk-size-words': { right: agentError, act: sends(() => 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n') },
  'chunk-size-huge': {
    right: agentError,
    act: sends(() => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'f'.repeat(15)}\r\n{}`),
  },
  'chunk-size-overflow': {
    right: agentError,
    act: sends(() => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n{}`),
  },
  'chunk-size-wrong': { right: agentError, act: sends(good => chunked([good]).replace(/\r\n\r\n[0-9a-f]+/, '\r\n\r\n3')) },
  'transfer-unknown': {
    right: [agentError, passed],
    act: sendsAndEnds(good => `HTTP/1.1 200 OK\r\ntransfer-encoding: zip\r\n\r\n${good}`),
  },
  'header-without-colon': { right: agentError, act: sends(good => answer(good, { headers: 'nonsense\r\n' })) },
  'header-with-null': { right: agentError, act: sends(good => answer(good, { headers: 'x-a: \0\r\n' })) },
  'header-folded': { right: [agentError, passed], act: sends(good => answer(good, { headers: 'x-a: 1\r\n  2\r\n' })) },
  'header-bytes': { right: passed, act: sends(good => answer(good, { headers: 'x-a: \u00ff\u00fe\r\n' })) },
  'header-large': { right: agentError, act: sends(good => answer(good, { headers: `x-a: ${'x'.repeat(100_000)}\r\n` })) },
  'headers-many': { right: agentError, act: sends(good => answer(good, { headers: 'x-a: 1\r\n'.repeat(20_000) })) },
  'headers-endless': { right: agentError, act: socket => startsAndFloods(socket, 'HTTP/1.1 200 OK\r\n', 'x-a: 1\r\n'.repeat(1000)) },
  'header-endless': { right: agentError, act: socket => startsAndFloods(socket, 'HTTP/1.1 200 OK\r\nx-a: ', 'x'.repeat(65_536)) },
  'status-endless': { right: agentError, act: socket => startsAndFloods(socket, 'HTTP/1.1 200 ', 'x'.repeat(65_536)) },
  'trailers-endless': {
    right: agentError,
    act: socket => startsAndFloods(socket, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n', 'x-a: 1\r\n'.repeat(1000)),
  },
  'continue-endless': { right: agentError, act: socket => startsAndFloods(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)) },
  'hints-endless': {
    right: agentError,
    act: socket => startsAndFloods(socket, '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1000)),
  },

  // too slow, too much
  'silent': { right: agentError, act: () => {} },
  'head-trickles': {
    right: agentError,
    act: socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      trickles(socket, n => `x-${n}: 1\r\n`)
    },
  },
  'body-trickles': {
    right: agentError,
    act: socket => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n')
      trickles(socket, () => ' ')
    },
  },
  'chunks-trickle': {
    right: agentError,
    act: socket => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      trickles(socket, () => '1\r\n \r\n')
    },
  },
  'continue-trickles': { right: agentError, act: socket => trickles(socket, () => 'HTTP/1.1 100 Continue\r\n\r\n') },
  'body-endless': { right: agentError, act: socket => startsAndFloods(socket, 'HTTP/1.1 200 OK\r\n\r\n', ' '.repeat(65_536)) },
  'chunks-endless': {
    right: agentError,
    act: socket => startsAndFloods(socket, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n \r\n'.repeat(5000)),
  },
  'body-two-mebibytes': body(good => withKeys(good, `"x":"${'x'.repeat(2 << 20)}"`), agentError),
  'events-endless': {
    right: agentError,
    act: socket => startsAndFloods(socket, 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n', 'data: {"a":1}\n\n'.repeat(1000)),
  },

  // codings
  'gzip-cut': encoded('gzip', all => gzipSync(all).subarray(0, 12), agentError),
  'gzip-junk': encoded('gzip', all => all, agentError),
  'brotli-junk': encoded('br', () => Buffer.from('not brotli at all'), agentError),
  'deflate-junk': encoded('deflate', () => Buffer.from([0x78, 0x9c, 1, 2, 3, 4]), agentError),
  'gzip-bomb': encoded('gzip', () => bomb, agentError),
  'brotli-bomb': encoded('br', () => brotliBomb, agentError),
  'gzip-twice': encoded('gzip, gzip', all => gzipSync(gzipSync(all)), agentError),
  'gzip-many-times': encoded(Array.from({ length: 50 }, () => 'gzip').join(', '), all => all, agentError),
  'coding-unknown': encoded('zstd', all => all, agentError),
  'coding-prototype': encoded('__proto__', all => all, agentError),
  'gzip-empty': encoded('gzip', () => Buffer.alloc(0), agentError),

  // bodies
  'utf-16': body(good => Buffer.from(good, 'utf16le'), agentError),
  'latin-1': body(good => Buffer.from(good.replace('fine', 'fine \u00e9\u00ff'), 'latin1'), agentError),
  'overlong-utf-8': body(
    good => Buffer.concat([Buffer.from(good.slice(0, -2)), Buffer.from([0xc0, 0x80]), Buffer.from(good.slice(-2))]),
    agentError,
  ),
  'cut-utf-8': body(good => Buffer.concat([Buffer.from(good), Buffer.from([0xe2, 0x82])]), agentError),
  'empty-body': body(() => '', agentError),
  'white-space': body(() => ' \n\t ', agentError),
  'page': body(() => '<!doctype html><title>Login</title>', agentError),
  'json-cut': body(good => good.slice(0, -3), agentError),
  'json-twice': body(good => good + good, agentError),
  'json-lines': body(good => `${good}\n${good}\n`, agentError),
  'json-comments': body(good => `/* hi */ ${good}`, agentError),
  'json-nan': body(good => withKeys(good, '"n":NaN'), agentError),
  'json-null': body(() => 'null', agentError),
  'json-true': body(() => 'true', agentError),
  'json-number': body(() => '1e999', agentError),
  'json-text': body(() => '"fine"', agentError),
  'json-list': body(() => '[]', agentError),
  'json-empty': body(() => '{}', agentError),
  'json-raw-newline': body(good => good.replace('fine', 'fi\nne'), agentError),
  'deep-lists': body(good => withKeys(good, `"x":${deepList(50_000)}`), agentError),
  'deep-objects': body(good => withKeys(good, `"x":${deepObject(50_000)}`), agentError),
  'deep-alone': body(() => deepList(200_000), agentError),
  'deep-open': body(() => '['.repeat(500_000), agentError),
  'deep-below-limit': body(good => withKeys(good, `"x":${deepObject(95)}`), passed),
}

/** @param {readonly string[]} pieces @param {string} [extension] @param {string} [trailers] */
function chunked(pieces, extension = '', trailers = '') {
  const chunks = pieces.map(piece => `${Buffer.byteLength(piece).toString(16)}${extension}\r\n${piece}\r\n`)
  return `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks.join('')}0\r\n${trailers}\r\n`
}

/** @param {string} first @returns {HttpBehaviour['act']} */
function breaks(first) {
  return socket => {
    socket.write(first)
    setTimeout(() => socket.resetAndDestroy(), 30)
  }
}

/** @param {import('node:net').Socket} socket @param {string} first @param {string} piece */
function startsAndFloods(socket, first, piece) {
  socket.write(first)
  floods(socket, piece)
}

/** Answers that only the http connection reads: with pointers to tool calls, metadata and the end. */
/** @type {Record<string, HttpBehaviour>} */
export const pointedBehaviours = {
  'tool-calls': body(good => withKeys(good, '"tools":[{"name":"t","arguments":{"a":1}}]'), passed),
  'tool-arguments-deep': body(good => withKeys(good, `"tools":[{"name":"t","arguments":${deepObject(50_000)}}]`), agentError),
  'tool-arguments-deep-text': body(
    good => withKeys(good, `"tools":[{"name":"t","arguments":${JSON.stringify(deepObject(50_000))}}]`),
    agentError,
  ),
  'tool-result-deep-text': body(good => withKeys(good, `"tools":[{"name":"t","result":${JSON.stringify(deepList(50_000))}}]`), agentError),
  'tool-arguments-junk': body(good => withKeys(good, '"tools":[{"name":"t","arguments":"{nonsense"}]'), passed),
  'tool-calls-many': body(good => withKeys(good, `"tools":[${Array.from({ length: 20_000 }, () => '{"name":"t"}').join()}]`), agentError),
  'tool-calls-text': body(good => withKeys(good, '"tools":"t"'), agentError),
  'tool-calls-nameless': body(good => withKeys(good, '"tools":[{},null,1]'), agentError),
  'tool-names-odd': body(
    good => withKeys(good, String.raw`"tools":[{"name":"__proto__","arguments":{"__proto__":1}},{"name":"\u0000\ud800"}]`),
    passed,
  ),
  'messages-many': body(() => `{"reply":[${Array.from({ length: 100_000 }, () => '"a"').join()}]}`, agentError),
  'messages-260000': body(() => `{"reply":[${Array.from({ length: 260_000 }, () => '"a"').join()}]}`, agentError),
  'messages-thousand': body(() => `{"reply":["fine",${Array.from({ length: 1000 }, () => '"a"').join()}]}`, passed),
  'reply-number': body(() => '{"reply":7}', agentError),
  'reply-object': body(() => '{"reply":{"a":1}}', agentError),
  'reply-nested': body(() => `{"reply":${deepList(20)}}`, agentError),
  'reply-deep': body(() => `{"reply":${deepList(50_000)}}`, agentError),
  'metadata-large': body(good => withKeys(good, `"meta":{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":{}`).join()}}`), passed),
  'metadata-list': body(good => withKeys(good, '"meta":[1]'), passed),
  'metadata-prototype': body(good => withKeys(good, '"meta":{"__proto__":{"a":1},"toString":1,"hasOwnProperty":null}'), passed),
  'capture-deep': body(good => withKeys(good, `"thread":${deepList(50_000)}`), agentError),
  'capture-object': body(good => withKeys(good, '"thread":{"a":[1,{"b":2}]}'), passed),
  'ends-too': body(good => withKeys(good, '"end":true'), passed),
  'words-empty': body(() => '{"reply":""}', agentError),
  'words-blank': body(() => '{"reply":" \\n "}', agentError),
}
