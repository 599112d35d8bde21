import type { Document } from '../../../domain/document.js'
import type { Environment } from '../../../domain/environment.js'
import { createMask, type Mask } from '../../../domain/mask.js'
import { proxyVariables } from '../../../domain/proxy.js'
import { secretsInUrl } from '../../../domain/secret-in-url.js'
import { isSecretHeader, secretWordIn } from '../../../domain/secret-name.js'
import { secretPlaces, type SecretPlace } from '../../../domain/secret-places.js'
import { shortestMasked, unmaskedBecause, type SecretReason, type SecretVariable } from '../../../domain/secret.js'
import type { Context } from '../context.js'
import type { SecretLists, Sections } from '../merge-sections.js'
import { nearest } from '../nearest.js'
import type { Places } from '../places.js'
import type { SuiteEnvironment, VariableRead } from '../read/environment.js'
import { shownTexts, type ShownParts } from './shown-texts.js'

/** A header of any name is taken for a secret if its value is read from the environment and has this many characters. */
const longHeader = 12

/**
 * Finds the environment variables that are secret, and why. A place where a secret belongs decides first, then the suite's
 * lists, then the name, and last a long value in any header that the suite shows nowhere else. Warns of those that cannot be masked.
 */
export function resolveSecrets(
  sections: Sections,
  suite: Pick<Document, 'models'> & ShownParts,
  { reads, variables }: SuiteEnvironment,
  context: Pick<Context, 'places' | 'problems'>,
): SecretVariable[] {
  const { problems } = context
  const { secrets: lists } = sections
  const places = secretPlaces(suite)
  const shown = shownTexts(suite)
  const found = [...reads.values()].flatMap((read): SecretVariable[] => {
    const because = reasonFor(read, lists, { places, shown })
    return because ? [{ name: read.name, value: read.value, because }] : []
  })
  for (const { name, at } of lists.not.filter(listed => !reads.has(listed.name)))
    problems.report('SECRET_NOT_READ', { name, nearest: nearest(name, reads.keys()) }, at)
  const keys = new Set([...keysOf(sections), ...writtenNames(sections, context.places)])
  return [...found, ...unread(lists, reads, variables), ...ofProxies(variables)].filter(({ name, value, because }) => {
    const isKey = keys.has(value.trim())
    const unmasked = because.kind === 'url' ? undefined : isKey ? 'key' : unmaskedBecause(value)
    const at = reads.get(name)?.at ?? lists.names.find(listed => listed.name === name)?.at
    if (unmasked && at) problems.report('SECRET_UNMASKED', { name, because: unmasked, shortest: shortestMasked }, at)
    return !isKey
  })
}

/** What the suite's parts are called: reports are of no use without. */
function keysOf({ trunks, agents, personalities, testProfiles, metrics, scenarios, controls }: Sections): string[] {
  return [trunks, agents, personalities, testProfiles, metrics, scenarios, controls].flatMap(section => section.map(({ key }) => key))
}

/** The names of which the keys of runs are made, if they are written out and not read from the environment. */
function writtenNames({ runs, suite }: Sections, places: Places): string[] {
  return (runs ? runs.map(({ raw }) => raw) : [suite]).flatMap(raw => {
    if (raw?.name === undefined) return []
    const { file, start, end } = places.value(raw, 'name')
    return file.text.slice(start, end).includes(raw.name) ? [raw.name.trim()] : []
  })
}

/** Variables that the suite lists but does not read: its agents may. */
function unread({ names }: SecretLists, reads: SuiteEnvironment['reads'], variables: Environment): SecretVariable[] {
  return [...new Set(names.map(({ name }) => name))].flatMap(name => {
    const value = reads.has(name) || !Object.hasOwn(variables, name) ? undefined : variables[name]
    return value ? [{ name, value, because: { kind: 'listed', unread: true } }] : []
  })
}

/** Variables that name proxies with a user and a password. */
function ofProxies(variables: Environment): SecretVariable[] {
  return proxyVariables.flatMap(name => {
    const value = variables[name]
    return value && secretsInUrl(value).length > 0 ? [{ name, value, because: { kind: 'url', unread: true } }] : []
  })
}

/**
 * The mask for messages about a suite that could not be resolved: its settings are not known, so whatever is read near a place
 * for secrets counts as one.
 */
export function unresolvedMask({ reads }: SuiteEnvironment, lists: SecretLists = { names: [], not: [] }): Mask {
  const listed = new Set(lists.names.map(({ name }) => name))
  return createMask(
    [...reads.values()].flatMap(({ name, value, path }) => {
      const isSecret = listed.has(name) || secretWordIn(name) !== undefined || path.some(isNearSecret) || isNoUrl(value, path)
      return (isSecret ? [value] : secretsInUrl(value)).map(part => ({ name, value: part }))
    }),
  )
}

/** What stands for an address and is none may be a key in the wrong place. */
function isNoUrl(value: string, path: VariableRead['path']): boolean {
  return /^(?:base_)?url$/.test(path.at(-1) ?? '') && !/^\w+:\/\//.test(value)
}

function isNearSecret(key: string): boolean {
  return key === 'headers' || key === 'env' || isSecretHeader(key)
}

interface Texts {
  readonly places: readonly SecretPlace[]
  /** What reports show on purpose. */
  readonly shown: readonly string[]
}

function reasonFor({ name, value }: VariableRead, { names, not }: SecretLists, { places, shown }: Texts): SecretReason | undefined {
  const at = placeOf(value, places)
  if (at) return at
  const ofUrl = isPartOfUrl(value, places) ? { kind: 'url' as const } : undefined
  if (not.some(each => each.name === name)) return ofUrl
  if (names.some(each => each.name === name)) return { kind: 'listed' }
  const word = secretWordIn(name)
  if (word !== undefined) return { kind: 'name', word }
  if (ofUrl) return ofUrl
  if (shown.some(text => text.includes(value))) return undefined
  const header = places.find(place => place.kind === 'header' && value.length >= longHeader && place.value.includes(value))
  return header && { kind: 'place', place: header.place }
}

/** The first place where a secret belongs that a value fills, or a part of it. */
function placeOf(value: string, places: readonly SecretPlace[]): SecretReason | undefined {
  for (const { kind, place, value: text } of places) {
    if (kind === 'header') continue
    const parts = kind === 'url' ? secretsInUrl(text) : [text]
    if (parts.some(part => part === value || (value.length >= shortestMasked && part.includes(value)))) return { kind: 'place', place }
  }
  return undefined
}

/** Whether a value is a URL with a user, a password or a query, or the part of one that has them. */
function isPartOfUrl(value: string, places: readonly SecretPlace[]): boolean {
  if (secretsInUrl(value).length > 0) return true
  return places.some(
    ({ kind, value: text }) => kind === 'url' && text.includes(value) && secretsInUrl(text).some(part => value.includes(part)),
  )
}
