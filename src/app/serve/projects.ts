import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { dirname, relative, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import type { Project } from './catalogue/catalogue.js'
import { isRecord } from '../../domain/json-value.js'

/** Access to projects by API key. */
export interface Projects {
  /** Whether requests without a key are allowed: on loopback, if there are no keys. */
  readonly areOpen: boolean
  /** The project of a key. Takes constant time, whatever the key. */
  of(key: string | undefined): Project | undefined
  readonly all: readonly Project[]
}

/** A project with its suites and API keys. */
export interface ServedProject {
  readonly project: Project
  /** Suite files and folders of suite files, relative to the server's working directory. */
  readonly paths: readonly string[]
  /** The SHA-256 hash of each key: `sha256:<hex>`. */
  readonly keys: readonly string[]
  /** Whose keys let them sign results off. */
  readonly signers: readonly SignerSettings[]
}

/** A person who may sign results off, and is known by an API key. */
export interface SignerSettings {
  /** The hash of the API key. */
  readonly apiKey: string
  readonly name: string
  /** As one of which the person signs. */
  readonly roles: readonly string[]
  /** File of the person's private key. */
  readonly signKey: string
}

export type ReadProjects = { readonly projects: readonly ServedProject[] } | { readonly problems: readonly string[] }

/** The only project of a server without a projects file. */
export function onlyProject(paths: readonly string[], apiKey: string | undefined): readonly ServedProject[] {
  return [{ project: { key: 'default', id: 1, name: 'Default' }, paths, keys: apiKey ? [hashOfKey(apiKey)] : [], signers: [] }]
}

/**
 * Reads a projects file:
 *
 *     projects:
 *       clinic: { id: 1, suites: [clinic/], keys: ["sha256:..."] }
 *
 * The key of somebody who may sign results off: `{ key: "sha256:...", name: Ada Park, roles: [qa], sign_key: ada.key.pem }`.
 *
 * @param path  Path of the file; its suites and keys are relative to its folder.
 * @returns The projects, or all mistakes.
 */
export function readProjects(text: string, path: string, cwd: string): ReadProjects {
  const problems: string[] = []
  const document = parseDocument(text)
  if (document.errors.length > 0) return { problems: document.errors.map(({ message }) => `${path}: ${message}`) }
  const root: unknown = document.toJS()
  const declared = isRecord(root) ? root['projects'] : undefined
  if (!isRecord(declared) || Object.keys(declared).length === 0)
    return { problems: [`${path} has no projects. It must begin with projects:`] }

  const projects = Object.entries(declared).map(([key, raw]) => {
    const add = (message: string): void => void problems.push(`${path}: projects.${key}: ${message}`)
    const { id, suites, keys: listed = [], name = key, ...unknown } = isRecord(raw) ? raw : {}
    const from = dirname(resolve(cwd, path))
    if (!/^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/.test(key)) add('its key may have only letters, digits, - and _.')
    if (!Number.isSafeInteger(id) || Number(id) < 1) add('id must be an integer, 1 or more.')
    if (typeof name !== 'string') add('name must be text.')
    if (!isTexts(suites) || suites.length === 0) add('suites must be a list of suite files and folders.')
    const { keys, signers } = keysIn(listed, from, add)
    for (const field of Object.keys(unknown)) add(`${field} is not a known field. Use id, name, suites and keys.`)
    const paths = isTexts(suites) ? suites.map(each => relative(cwd, resolve(from, each)) || '.') : []
    return { project: { key, id: Number(id), name: String(name) }, paths, keys, signers }
  })
  for (const id of repeated(projects.map(({ project }) => project.id))) problems.push(`${path}: two projects have the id ${id}.`)
  for (const key of repeated(projects.flatMap(({ keys }) => keys)))
    problems.push(`${path}: ${key.slice(0, 15)}... is listed twice. Give each project its own keys.`)
  if (projects.length > 1) {
    const closed = projects.filter(({ keys }) => keys.length === 0)
    for (const { project } of closed)
      problems.push(`${path}: projects.${project.key}: every project needs a key if there are several. Make one with: callsheet key`)
  }
  return problems.length > 0 ? { problems } : { projects }
}

/** The keys of a project, and whose of them may sign. @param from  Folder of the file. */
function keysIn(listed: unknown, from: string, add: (message: string) => void): Pick<ServedProject, 'keys' | 'signers'> {
  const list: readonly unknown[] = Array.isArray(listed) ? listed : []
  const each = list.map(item => (isRecord(item) ? item : { key: item }))
  const keys = each.map(({ key }) => String(key).toLowerCase())
  if (!Array.isArray(listed) || !each.every(({ key }) => isHash(key)))
    add('keys must be a list of "sha256:<hex>". Make one with: callsheet key')
  const signers = each.flatMap(({ key, ...settings }): SignerSettings[] => {
    const { name, roles, sign_key: signKey, ...unknown } = settings
    if (!isHash(key) || Object.keys(settings).length === 0) return []
    const areRoles = isTexts(roles) && roles.length > 0 && roles.every(isName)
    if (isName(name) && areRoles && isName(signKey) && Object.keys(unknown).length === 0)
      return [{ apiKey: key.toLowerCase(), name, roles, signKey: resolve(from, signKey) }]
    add(`${key.slice(0, 15)}... needs key, name, roles (a list) and sign_key, and nothing else, for its owner to sign results.`)
    return []
  })
  return { keys, signers }
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^sha256:[\da-f]{64}$/i.test(value)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** Access to projects by key. Without any key, everybody may see the only project. */
export function createProjects(served: readonly ServedProject[]): Projects {
  const known = served.flatMap(({ project, keys }) => keys.map(key => ({ project, hash: Buffer.from(key.replace(/^sha256:/, ''), 'hex') })))
  return {
    areOpen: known.length === 0,
    all: served.map(({ project }) => project),
    of(key = '') {
      const hash = createHash('sha256').update(key).digest()
      let found: Project | undefined
      // Compares all keys in any case, so that the time taken reveals nothing.
      for (const each of known) if (timingSafeEqual(each.hash, hash)) found = each.project
      return found
    },
  }
}

/** Makes a new key, and the hash of it for the projects file. */
export function createKey(): { readonly key: string; readonly hash: string } {
  const key = `cs_${randomBytes(32).toString('base64url')}`
  return { key, hash: hashOfKey(key) }
}

/** `sha256:<hex>`, by which a key is known without being kept. */
export function hashOfKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

function repeated<Item>(items: readonly Item[]): Set<Item> {
  return new Set(items.filter((item, i) => items.indexOf(item) < i))
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}
