// Speaks with Debian's flite. Without it, every word is a hum: enough for keys and timing. As a program: text on standard input -> WAV.
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { has, inFolder, run } from './program.js'

/** Of all sound between the modules of this agent: mono, 16 bits. */
export const rate = 16_000

const headerBytes = 44

/** @returns The samples of the words, as an Int16Array. */
export function speak(words) {
  if (!has('flite')) return hum(words)
  return inFolder(async (folder) => {
    const file = join(folder, 'words.wav')
    await run('flite', ['-voice', 'rms', '-t', words, '-o', file])
    return samplesIn((await readFile(file)).subarray(headerBytes))
  })
}

/** Samples of 16 bits, little-endian. An odd byte at the end is left out. */
export function samplesIn(bytes) {
  const whole = bytes.length - (bytes.length % 2)
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole))
}

/** A buzz of 0.25 s for each word, with a short pause after it. */
function hum(words) {
  const [sound, pause] = [rate / 4, rate / 20]
  const count = words.split(/\s+/).length
  return Int16Array.from({ length: count * (sound + pause) }, (_, i) => {
    if (i % (sound + pause) >= sound) return 0
    return 3000 * [1, 2, 3, 5, 8].reduce((sum, overtone) => sum + Math.sin((2 * Math.PI * 140 * overtone * i) / rate) / overtone, 0)
  })
}

function wav(samples) {
  const header = Buffer.alloc(headerBytes)
  header.write('RIFF')
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(2 * rate, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, Buffer.from(samples.buffer)])
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(wav(await speak(await text(process.stdin))))
