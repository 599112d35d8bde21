import { fadeIn, fadeOut } from './mix.js'

/** Telephone keys, as ITU-T Q.23 arranges them: a row's and a column's frequency sound together. */
export const dtmfKeys = ['123A', '456B', '789C', '*0#D'] as const
export const dtmfRowsHz = [697, 770, 852, 941] as const
export const dtmfColumnsHz = [1209, 1336, 1477, 1633] as const

/** Loudness of each of a key's two tones, relative to full scale: about -10 dBFS together. */
const toneAmplitude = 0.22

/**
 * The tones of telephone keys.
 *
 * @param digits  0-9, A-D, * and #; others are passed over. `w` is a pause of half a second.
 */
export function dtmfTones(digits: string, rate: number, { onMs = 100, offMs = 100 } = {}): Int16Array {
  const parts = digits
    .toUpperCase()
    .split('')
    .map(key => keyTone(key, rate, onMs, offMs))
  const tones = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    tones.set(part, at)
    at += part.length
  }
  return tones
}

function keyTone(key: string, rate: number, onMs: number, offMs: number): Int16Array {
  if (key === 'W') return new Int16Array(Math.round(rate / 2))
  const row = dtmfKeys.findIndex(keys => keys.includes(key))
  if (row === -1) return new Int16Array(0)
  const sound = tone([dtmfRowsHz[row]!, dtmfColumnsHz[dtmfKeys[row]!.indexOf(key)]!], onMs, rate, toneAmplitude)
  const padded = new Int16Array(sound.length + Math.round((rate * offMs) / 1000))
  padded.set(sound)
  return padded
}

/** The tone of an answering machine. */
export function beep(rate: number, ms = 500, hz = 1000): Int16Array {
  return tone([hz], ms, rate, 0.4)
}

/**
 * Sines that sound together, faded over 2 ms at both ends so that they do not click.
 *
 * @param amplitude  Of each, 0..1.
 */
export function tone(frequencies: readonly number[], ms: number, rate: number, amplitude: number): Int16Array {
  const samples = new Int16Array(Math.round((rate * ms) / 1000))
  for (let i = 0; i < samples.length; i += 1) {
    let value = 0
    for (const hz of frequencies) value += Math.sin((2 * Math.PI * hz * i) / rate)
    samples[i] = Math.round(value * amplitude * 32_767)
  }
  const edge = Math.round(rate / 500)
  fadeIn(samples, edge)
  fadeOut(samples.subarray(Math.max(0, samples.length - edge)), edge)
  return samples
}
