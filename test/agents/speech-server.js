// The stand-in for speech servers: it speaks OpenAI's wire format for real, and misbehaves when told to. What it speaks are tones,
// and it hears the words of every sound that it made itself.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer, listen, portOfProgram } from './server.js'

/**
 * How servers differ, each as one of them does it. For speech: sizes of a WAV that nobody knew (`wav-0`, `wav-ffffffff`,
 * `wav-7fffffff`, `wav-2e9`), a `wav-list` chunk before the sound, a header in every chunk (`wav-headers`), `odd-chunks` that cut
 * samples in two, `float` or `stereo` samples, `octet-stream` as type, the whole with its length (`whole`), `gzip`ped, `mp3` or
 * `silence` instead of speech, `no-samples`, `json` that says what is wrong with status 200. For transcriptions: `words-null`,
 * `words-absent`, `words-400`, times in nanoseconds (`ns-times`) or as texts (`text-times`), `duration` as a text (`text-duration`),
 * `plain` text, only `segments`, a `leading-space`, `blank-audio`.
 *
 * @typedef {'wav-0' | 'wav-ffffffff' | 'wav-7fffffff' | 'wav-2e9' | 'wav-list' | 'wav-headers' | 'odd-chunks' | 'float' | 'stereo' | 'octet-stream' | 'whole' | 'gzip' | 'mp3' | 'silence' | 'no-samples' | 'json' | 'words-null' | 'words-absent' | 'words-400' | 'ns-times' | 'text-times' | 'text-duration' | 'plain' | 'segments' | 'leading-space' | 'blank-audio'} Quirk
 *
 * What a request meets instead of an answer, or on the way to it: a `status` (with `headers` and `body`), a wait (`delayMs`), a
 * connection `dropped` before the answer, `cut` in the middle of it, or silent from there on (`stalled`), an answer without an end
 * (`endless`), or other bytes (`raw`, with their `contentType`).
 *
 * @typedef {object} Mishap
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 * @property {number} [delayMs]
 * @property {true} [dropped]
 * @property {true} [cut]
 * @property {true} [stalled]
 * @property {true} [endless]
 * @property {string | Buffer} [raw]
 * @property {string} [contentType]
 *
 * @typedef {object} Asked
 * @property {string} path
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Record<string, string>} fields  Of JSON or of a form.
 * @property {Buffer} [file]
 * @property {boolean} isAborted
 */

/**
 * @param {object} [options]
 * @param {number} [options.port]  0 takes a free one.
 * @param {number} [options.rate]  Of what it speaks.
 * @param {readonly Quirk[]} [options.quirks]
 * @param {string} [options.apiKey]  Who sends another is refused.
 * @param {readonly string[]} [options.voices]  Others are refused; all are taken, where left out.
 * @param {(asked: Asked, nth: number) => Mishap | undefined} [options.mishap]  Asked for each request, counted from 1.
 */
export async function startSpeechServer({ port = 0, rate = 24_000, quirks = [], apiKey, voices, mishap = () => undefined } = {}) {
  const has = (/** @type {Quirk} */ quirk) => quirks.includes(quirk)
  /** @type {Asked[]} */
  const requests = []
  /** The words of what was spoken, by a hash of its samples. @type {Map<string, string>} */
  const spoken = new Map()
  let underWay = 0
  let mostUnderWay = 0
  const server = createServer(false)
  server.on('request', (request, response) => {
    mostUnderWay = Math.max(mostUnderWay, ++underWay)
    response.on('close', () => (underWay -= 1))
    serve(request, response).catch(error => fail(response, 500, String(error)))
  })
  const running = await listen(server, port)
  return { ...running, url: `http://127.0.0.1:${running.port}/v1`, requests, mostUnderWay: () => mostUnderWay }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function serve(request, response) {
    const parts = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts)
    const contentType = request.headers['content-type'] ?? ''
    const form = contentType.startsWith('multipart/') ? readForm(body, contentType) : { fields: JSON.parse(body.toString()) }
    /** @type {Asked} */
    const asked = { path: request.url ?? '', headers: request.headers, ...form, isAborted: false }
    requests.push(asked)
    response.on('close', () => (asked.isAborted = !response.writableEnded))
    const odd = mishap(asked, requests.length) ?? {}
    if (odd.delayMs) await sleep(odd.delayMs)
    if (odd.dropped) return void request.socket.destroy()
    if (odd.status) return void response.writeHead(odd.status, odd.headers).end(odd.body ?? '')
    if (odd.raw !== undefined) return void response.writeHead(200, { 'content-type': odd.contentType ?? 'audio/wav' }).end(odd.raw)
    if (apiKey !== undefined && request.headers.authorization !== `Bearer ${apiKey}`) {
      const key = (request.headers.authorization ?? '').replace('Bearer ', '')
      return fail(response, 401, `Incorrect API key provided: ${key}.`)
    }
    if (asked.path === '/v1/audio/speech') return speak(asked, response, odd)
    if (asked.path === '/v1/audio/transcriptions') return transcribe(asked, response)
    fail(response, 404, `There is nothing at ${asked.path}.`)
  }

  /** @param {Asked} asked @param {import('node:http').ServerResponse} response @param {Mishap} odd */
  async function speak({ fields }, response, odd) {
    const { input = '', voice, response_format: format = 'mp3', speed = '1' } = fields
    if (voices && !(voice && voices.includes(voice))) return fail(response, 400, `Voice ${voice} is not one of ${voices.join(', ')}.`)
    if (!input.trim()) return fail(response, 400, 'input is empty')
    if (has('json'))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"error":"The model is still loading."}')
    if (format === 'mp3' || has('mp3')) return void response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('ID3\u0004\u0000 no wav')
    const samples = has('silence') ? new Int16Array(rate) : has('no-samples') ? new Int16Array(0) : tonesOf(input, rate, Number(speed))
    spoken.set(hashOf(samples), input)
    const type = has('octet-stream') ? 'application/octet-stream' : `audio/${format}`
    if (format === 'pcm') return send(response, [bytesOf(samples)], type, odd)
    if (has('whole')) return void response.writeHead(200, { 'content-type': type }).end(wavOf(samples))
    const half = Math.floor(samples.length / 2)
    const pieces = has('wav-headers')
      ? [wavOf(samples.subarray(0, half)), wavOf(samples.subarray(half))]
      : [wavOf(samples).subarray(0, half), wavOf(samples).subarray(half)]
    await send(response, pieces, type, odd)
  }

  /** @param {import('node:http').ServerResponse} response @param {Buffer[]} pieces @param {string} type @param {Mishap} odd */
  async function send(response, pieces, type, { cut, stalled, endless }) {
    const isZipped = has('gzip')
    const { gzipSync } = await import('node:zlib')
    response.writeHead(200, { 'content-type': type, ...(isZipped && { 'content-encoding': 'gzip' }) })
    if (isZipped) return void response.end(gzipSync(Buffer.concat(pieces)))
    const bytes = has('odd-chunks') ? 4095 : 65_536
    for (const [index, piece] of pieces.entries()) {
      for (let at = 0; at < piece.length; at += bytes) {
        response.write(piece.subarray(at, at + bytes))
        await sleep(1)
      }
      if (index > 0) break
      if (cut) return void response.destroy()
      if (stalled) return
      while (endless && !response.destroyed) {
        if (!response.write(Buffer.alloc(1 << 20))) await sleep(1)
      }
    }
    response.end()
  }

  /** @param {Asked} asked @param {import('node:http').ServerResponse} response */
  function transcribe({ fields, file }, response) {
    if (!file) return fail(response, 400, 'There is no file.')
    const wantsWords = fields['timestamp_granularities[]'] === 'word'
    if (wantsWords && has('words-400')) return fail(response, 400, 'timestamp_granularities[]=word is not supported by this model')
    const samples = new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length))
    const seconds = samples.length / file.readUInt32LE(24)
    const words = spoken.get(hashOf(samples)) ?? `heard ${seconds.toFixed(2)} s`
    const text = has('blank-audio') ? '[BLANK_AUDIO]' : `${has('leading-space') ? ' ' : ''}${words}`
    if (has('plain')) return void response.writeHead(200, { 'content-type': 'text/plain' }).end(`${text}\n`)
    if (fields['response_format'] === 'json') return answer(response, has('segments') ? { segments: [{ text }] } : { text })
    const each = seconds / Math.max(1, words.split(' ').length)
    const shown = (/** @type {number} */ time) => (has('ns-times') ? Math.round(time * 1e9) : has('text-times') ? time.toFixed(2) : time)
    const timed = words.split(' ').map((word, i) => ({ word: ` ${word}`, start: shown(i * each), end: shown((i + 1) * each) }))
    answer(response, {
      task: 'transcribe',
      language: 'english',
      duration: has('text-duration') ? String(seconds) : seconds,
      text,
      ...(has('words-absent') ? {} : { words: has('words-null') ? null : timed }),
    })
  }

  /** @param {Int16Array} samples */
  function wavOf(samples) {
    const isFloat = has('float')
    const channels = has('stereo') ? 2 : 1
    const bits = isFloat ? 32 : 16
    const all = channels === 1 ? samples : Int16Array.from({ length: samples.length * 2 }, (_, i) => samples[i >> 1] ?? 0)
    const data = isFloat ? Buffer.from(Float32Array.from(all, sample => sample / 32_768).buffer) : bytesOf(all)
    const header = Buffer.alloc(44)
    const size = has('wav-0')
      ? 0
      : has('wav-ffffffff')
        ? 0xffff_ffff
        : has('wav-7fffffff')
          ? 0x7fff_ffff
          : has('wav-2e9')
            ? 2e9
            : data.length
    header.write('RIFF')
    header.writeUInt32LE(Math.min(size + 36, 0xffff_ffff), 4)
    header.write('WAVEfmt ', 8)
    header.writeUInt32LE(16, 16)
    header.writeUInt16LE(isFloat ? 3 : 1, 20)
    header.writeUInt16LE(channels, 22)
    header.writeUInt32LE(rate, 24)
    header.writeUInt32LE((rate * channels * bits) / 8, 28)
    header.writeUInt16LE((channels * bits) / 8, 32)
    header.writeUInt16LE(bits, 34)
    header.write('data', 36)
    header.writeUInt32LE(size, 40)
    const list = has('wav-list') ? Buffer.from('LIST\u001a\0\0\0INFOISFT\u000e\0\0\0Lavf60.16.100\0', 'latin1') : Buffer.alloc(0)
    return Buffer.concat([header.subarray(0, 36), list, header.subarray(36), data])
  }
}

/** A tone for each letter: other words sound otherwise, and longer ones longer. @param {string} text @param {number} rate @param {number} speed */
export function tonesOf(text, rate, speed = 1) {
  const each = Math.round((0.06 * rate) / speed)
  const letters = Array.from(text)
  return Int16Array.from({ length: letters.length * each }, (_, i) => {
    const hertz = 200 + ((letters[Math.floor(i / each)]?.codePointAt(0) ?? 0) % 64) * 25
    return Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / rate))
  })
}

/** @param {Int16Array} samples */
function bytesOf(samples) {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
}

/** @param {Int16Array} samples */
function hashOf(samples) {
  return createHash('sha256').update(bytesOf(samples)).digest('hex')
}

/** @param {Buffer} body @param {string} contentType */
function readForm(body, contentType) {
  const boundary = `--${/boundary="?([^";]+)/.exec(contentType)?.[1]}`
  /** @type {Record<string, string>} */
  const fields = {}
  /** @type {Buffer | undefined} */
  let file
  for (let at = body.indexOf(boundary); at !== -1;) {
    const next = body.indexOf(boundary, at + boundary.length)
    if (next === -1) break
    const part = body.subarray(at + boundary.length + 2, next - 2)
    const end = part.indexOf('\r\n\r\n')
    const head = part.toString('utf8', 0, end)
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? ''
    if (head.includes('filename=')) file = part.subarray(end + 4)
    else fields[name] = part.toString('utf8', end + 4)
    at = next
  }
  return { fields, ...(file && { file }) }
}

/** @param {import('node:http').ServerResponse} response @param {object} json */
function answer(response, json) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} message */
function fail(response, status, message) {
  if (response.headersSent) return void response.destroy()
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }))
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log((await startSpeechServer({ port })).url)
