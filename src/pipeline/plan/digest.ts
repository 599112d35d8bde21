import { createHash } from 'node:crypto'
import type { Plan } from '../../domain/plan.js'

/**
 * A digest of all that decides what a plan's runs mean: agents, scenarios, repeats, thresholds, seed. Limits may change
 * between a run and its resumption; places in files and on disk do not count.
 *
 * @param redact  Takes the secrets out, so that a token that was renewed changes nothing.
 * @returns SHA-256, hexadecimal.
 */
export function digestOf(plan: Plan, redact: <T>(value: T) => T): string {
  const { limits: _, ...decisive } = plan
  const text = JSON.stringify(redact(decisive), (key, value: unknown) =>
    key === 'at' || key === 'folder' || key === 'cwd' ? undefined : value,
  )
  return createHash('sha256').update(text).digest('hex')
}
