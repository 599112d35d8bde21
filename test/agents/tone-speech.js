// Speech of tones, a letter each, that can be made out again exactly: ears and mouths for tests that need no model. As a program, for the
// speech engine `command`: node tone-speech.js speak|hear
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Seconds of a letter. */
const each = 0.06
const letters = " abcdefghijklmnopqrstuvwxyz0123456789.,?!'-"
const hertzOf = (/** @type {number} */ index) => 300 + index * 35
/** Every other letter is 9 dB quieter: what is as loud all the time is no speech. */
const loudOf = (/** @type {number} */ index) => (index % 2 === 0 ? 8000 : 2800)
/** Silence is below this, 20 dB under the quiet tones. */
const faintest = 250

/** @param {string} text @param {number} rate @returns {Int16Array} */
export function toneSpeech(text, rate) {
  const length = Math.round(each * rate)
  const known = Array.from(text.toLowerCase(), letter => Math.max(0, letters.indexOf(letter)))
  const samples = new Int16Array(known.length * length)
  for (const [at, index] of known.entries()) {
    for (let i = 0; i < length; i += 1) {
      // Each letter fades in and out, so that it does not click.
      const edge = Math.min(1, (i + 1) / (rate * 0.004), (length - i) / (rate * 0.004))
      samples[at * length + i] = Math.round(loudOf(index) * Math.max(0.1, edge) * Math.sin((2 * Math.PI * hertzOf(index) * i) / rate))
    }
  }
  return samples
}

/** The text of such sound, which may have silence around it. @param {Int16Array} samples @param {number} rate */
export function hearTones(samples, rate) {
  const length = Math.round(each * rate)
  let from = samples.findIndex(sample => Math.abs(sample) > faintest)
  if (from === -1) return ''
  from = Math.max(0, from - Math.round(rate * 0.001))
  let text = ''
  for (let at = from; at + length / 2 <= samples.length; at += length) {
    const part = samples.subarray(at + Math.round(length * 0.15), at + Math.round(length * 0.85))
    if (!part.some(sample => Math.abs(sample) > faintest)) break
    text += letters[loudestOf(part, rate)]
  }
  return text.trim()
}

/** The tone that a part has most of: Goertzel's filter for each letter. @param {Int16Array} part @param {number} rate */
function loudestOf(part, rate) {
  let [best, power] = [0, -1]
  for (let index = 0; index < letters.length; index += 1) {
    const turn = 2 * Math.cos((2 * Math.PI * hertzOf(index)) / rate)
    let [one, two] = [0, 0]
    for (const sample of part) [one, two] = [sample + turn * one - two, one]
    const found = one * one + two * two - turn * one * two
    if (found > power) [best, power] = [index, found]
  }
  return best
}

/** @param {Int16Array} samples @param {number} rate */
export function toneWav(samples, rate) {
  const header = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0', 'latin1')
  header.writeUInt32LE(36 + samples.length * 2, 4)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt32LE(samples.length * 2, 40)
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const input = readFileSync(0)
  if (process.argv[2] === 'speak') process.stdout.write(toneWav(toneSpeech(input.toString().trim(), 16_000), 16_000))
  else {
    const data = input.subarray(44)
    const samples = new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length - (data.length % 2)))
    console.log(hearTones(samples, input.readUInt32LE(24)))
  }
}
