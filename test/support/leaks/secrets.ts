import { createHash } from 'node:crypto'

/** Chooses the same way each time for the same seed. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number from 0 up to below `end`. */
  below(end: number): number {
    // Numerical Recipes, section 7.1: a linear congruential generator is enough to choose test cases with.
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * end)
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }
}

/** Makes up a secret of one of the kinds that people have. Each is of its own: no text but itself has it. */
export function makeSecret(dice: Dice, nth: number): string {
  const own = createHash('sha256')
    .update(`${nth} ${dice.below(2 ** 31)}`)
    .digest()
  const hex = own.toString('hex')
  const punctuation = Array.from({ length: 4 }, () => dice.of(Array.from(`"'\\/<>&%+=$#!?;:,.(){}[]|^~*_@-`))).join('')
  return dice.of([
    () => `sk-${hex.slice(0, 24)}`,
    () => hex.slice(0, 8 + dice.below(40)),
    () => own.toString('base64'),
    () => own.toString('base64url'),
    () => `${hex.slice(0, 6)}${punctuation}${hex.slice(6, 12)}`,
    () => `${punctuation}${hex.slice(0, 8)}${punctuation}`,
    () => `${hex.slice(0, 8)} ${hex.slice(8, 12)} ${hex.slice(12, 20)}`,
    () => `  ${hex.slice(0, 20)}\n`,
    () => `-----BEGIN PRIVATE KEY-----\n${own.toString('base64')}\n${hex.slice(0, 44)}\n-----END PRIVATE KEY-----\n`,
    () => `${hex.slice(0, 12)}\r\n${hex.slice(12, 24)}`,
    () => `Größe${hex.slice(0, 6)}密码€${hex.slice(6, 10)}🔑`,
    () => String(4_000_000_000_000_000n + (own.readBigUInt64BE() % 999_999_999_999_999n)),
    () =>
      `postgres://svc_${hex.slice(0, 8)}:${hex.slice(8, 20)}${punctuation.replaceAll(/[/?#@:\\[\]%<>^|{}"]/g, '~')}@db.internal:5432/app`,
    () => `eyJ${own.toString('base64url')}.${createHash('sha512').update(own).digest('base64url')}.${hex}`,
    () => `{"user":"${hex.slice(0, 9)}","pass":"${hex.slice(9, 21)}"}`,
    () => hex.repeat(20 + dice.below(60)),
  ])()
}

/** What of a secret must not be seen: the whole of it, its lines, and a URL's user and password (not its host). */
export function guarded(secret: string): string[] {
  if (secret.startsWith('postgres://')) {
    const { username, password } = new URL(secret)
    return [username, password, decodeURIComponent(password)]
  }
  const trimmed = secret.trim().replaceAll('\r\n', '\n')
  return [trimmed, ...trimmed.split('\n').map(line => line.trim())].filter(part => part.length >= 8 && !part.startsWith('-----'))
}
