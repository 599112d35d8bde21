import { resolve } from 'node:path'
import { claimPlaces, type Places } from '../app/claim-places.js'
import { defaultAdapters } from '../app/registry.js'
import { numbered } from './numbered.js'
import { UsageError } from './usage-error.js'

/**
 * Claims the files that the flags name, before anything can go wrong that leaves an earlier report in place.
 *
 * @param suites  The suite files, or what stands for them where they are not known yet. Each of several has its own files.
 * @throws {UsageError} when a file is the suite itself.
 * @throws {StoreError} when a file cannot be written.
 */
export async function claim(suites: readonly string[], flags: Places): Promise<void> {
  const { junit, json, record } = flags
  const named = Object.entries({ junit, json, record }).filter(([, path]) => path !== undefined)
  if (named.length === 0) return
  const taken = named.find(([, path = '']) => suites.some(suite => resolve(suite) === resolve(path)))
  if (taken) throw new UsageError(`--${taken[0]} ${taken[1]} would overwrite the suite. Name another file.`)
  const use = await defaultAdapters(process.env)
  const placesOf = (i: number): Places =>
    suites.length > 1 ? Object.fromEntries(named.map(([what, path = '']) => [what, numbered(path, i)])) : flags
  for (const [i, suite] of suites.entries()) claimPlaces(placesOf(i), suite, use)
}
