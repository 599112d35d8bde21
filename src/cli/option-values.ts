import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'

/** A whole number, 1 or more. */
export function countOption(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('Expected a whole number, 1 or more.')
  }
  return count
}

/** A whole number, 0 or more. */
export function seedOption(text: string): number {
  const seed = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) throw new InvalidArgumentError('Expected a whole number, 0 or more.')
  return seed
}

/** A number between 0 and 1, both exclusive. */
export function shareOption(text: string): number {
  const share = Number(text)
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError('Expected a number between 0 and 1, such as 0.05.')
  return share
}

/** `2/5`: the second of five parts. */
export function shardOption(text: string): { nth: number; of: number } {
  const [, nth = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (nth < 1 || nth > of) throw new InvalidArgumentError('Expected i/n with 1 <= i <= n, such as 2/5.')
  return { nth, of }
}

/** `clinic=ws://10.0.0.5:8765`, collected by agent. */
export function agentOption(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Expected key=address, such as clinic=ws://10.0.0.5:8765.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

/** An agent's address: a WebSocket or HTTP URL. */
export function urlOption(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && ['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol)) return text
  throw new InvalidArgumentError('Expected an address, such as ws://127.0.0.1:8765 or http://127.0.0.1:8000/chat.')
}

/** Where recordings are kept: a folder, made absolute, or a part of a bucket. */
export function recordingsOption(text: string): string {
  if (text.startsWith('s3://')) return bucketIn(text)
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) throw new InvalidArgumentError('Expected a folder, or s3://bucket/prefix.')
  if (text === '') throw new InvalidArgumentError('Expected a folder, or s3://bucket/prefix.')
  return resolve(text)
}

/** Characters that need no escape, and that S3 advises. */
function bucketIn(text: string): string {
  if (/^s3:\/\/[a-z\d][a-z\d.-]+[a-z\d](?:\/[\w.-]+)*\/?$/.test(text) && !/\/\.\.?(?:\/|$)/.test(text)) return text
  throw new InvalidArgumentError('Expected s3://bucket/prefix, with a prefix of letters, digits, ".", "_" and "-".')
}

/** A repeatable option. Each value may be a comma-separated list. */
export function listOption(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== ''),
  ]
}

/** A repeatable option. */
export function repeatOption(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** A TCP port. */
export function portOption(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a port, 0 to 65535.')
  return port
}

const hourMs = 3_600_000

/** A number of units. @param form  Its groups are the number and the unit. @returns `undefined` for a text of another form. */
function amountIn(text: string, form: RegExp, units: Readonly<Record<string, number>>): number | undefined {
  const [, number, unit = ''] = form.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * units[unit]!
}

/** `90d`, in milliseconds. */
export function keepOption(text: string): number {
  const ms = amountIn(text, /^(\d{1,5})([hdw])$/, { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs })
  if (!ms) throw new InvalidArgumentError('Expected a time such as 12h, 90d or 26w.')
  return ms
}

/** `30s`, in milliseconds. */
export function drainOption(text: string): number {
  const ms = amountIn(text, /^(\d{1,5})([smh])$/, { s: 1000, m: 60_000, h: hourMs })
  if (ms === undefined) throw new InvalidArgumentError('Expected a time such as 30s, 10m or 1h.')
  return ms
}

/** `20MiB`, in bytes. */
export function sizeOption(text: string): number {
  const bytes = amountIn(text, /^(\d{1,9})(|KiB|MiB|GiB)$/, { '': 1, 'KiB': 2 ** 10, 'MiB': 2 ** 20, 'GiB': 2 ** 30 })
  if (!bytes) throw new InvalidArgumentError('Expected a size such as 500KiB or 20MiB.')
  return bytes
}
