import { createHash } from 'node:crypto'
import { isAbsolute, relative, resolve } from 'node:path'
import type { Document } from '../domain/document.js'
import type { SecretVariable } from '../domain/secret.js'
import type { SourceFile, Span } from '../domain/source.js'
import type { Environment } from '../domain/environment.js'

/**
 * A loaded suite as text that may leave this process: to the database, so that a result can be resumed after its suite has
 * changed, and to workers on other machines. The names of environment variables stand in for their values, and folders are
 * relative. The same document gives the same text.
 */
export interface SealedDocument {
  /** SHA-256 of the body, hexadecimal. */
  readonly digest: string
  readonly body: string
}

/** Encloses the name of an environment variable. YAML cannot contain it unescaped, and no suite needs it. */
const mark = '\u0000'

/** @param root  Folder that the sealed document's folders are relative to. */
export function sealDocument(document: Document, root: string): SealedDocument {
  const files: SourceFile[] = [...document.sources]
  const seal = sealer(document, root, {
    shortest: 1,
    spanOf: ({ file, start, end }) => ({ [mark]: 'span', span: [placeOf(file, files), start, end] }),
  })
  const { sources: _, secrets, variables, ...rest } = document
  const sealed = seal(rest)
  const body = JSON.stringify({
    sealed,
    variables: variables.map(({ name }) => name),
    secrets: secrets.map(({ name, because }) => ({ name, because })),
    sources: document.sources.length,
    files: seal(files),
  })
  return { digest: digestOf(body), body }
}

/**
 * SHA-256 of what a document says, hexadecimal, wherever in its files that is written: neither layout nor comments count.
 *
 * @param shortest  Values of variables that have fewer characters stay as they are.
 */
export function contentDigestOf(document: Document, root: string, shortest: number): string {
  const { sources: _, secrets: _secrets, variables: _variables, ...rest } = document
  return digestOf(JSON.stringify(sealer(document, root, { shortest, spanOf: () => null })(rest)))
}

interface Sealing {
  /** Values of variables that have fewer characters stay as they are. */
  readonly shortest: number
  /** What stands in for a place in a file. */
  spanOf(span: Span): object | null
}

function sealer(document: Document, root: string, { shortest, spanOf }: Sealing): (value: unknown) => unknown {
  const names = new Map(document.variables.map(({ name, value }) => [value, name]))
  const values = [...names.keys()].filter(value => value.length >= shortest).toSorted((a, b) => b.length - a.length)
  const hide = (text: string): string =>
    values.reduce((hidden, value) => hidden.replaceAll(value, `${mark}${names.get(value)}${mark}`), text)

  const seal = (value: unknown, key = '', owner: object = {}): unknown => {
    if (typeof value === 'string')
      return isPlace(owner, key, value) ? { [mark]: 'folder', folder: hide(relative(root, value)) } : hide(value)
    if (typeof value === 'number') return values.includes(String(value)) ? { [mark]: 'number', name: names.get(String(value)) } : value
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(item => seal(item))
    if (isSpan(value)) return spanOf(value)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [hide(name), seal(item, name, value)]))
  }
  return value => seal(value)
}

export function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

export type OpenedDocument = { readonly document: Document } | { readonly missing: readonly string[] }

/**
 * @param environment  This machine's; a variable it lacks is in `missing`.
 * @param root  Folder that the document's folders are relative to here.
 */
export function openDocument(body: string, environment: Environment, root: string): OpenedDocument {
  const {
    sealed,
    variables: names,
    secrets: listed,
    sources,
    files,
  } = JSON.parse(body) as {
    sealed: unknown
    variables: string[]
    secrets: Omit<SecretVariable, 'value'>[]
    sources: number
    files: SourceFile[]
  }
  const missing = names.filter(name => !environment[name])
  if (missing.length > 0) return { missing }
  const show = (text: string): string => text.replaceAll(/\0([^\0]*)\0/g, (_, name: string) => environment[name] ?? '')
  const opened = files.map(({ path, text }) => ({ path: show(path), text: show(text) }))

  const open = (value: unknown): unknown => {
    if (typeof value === 'string') return show(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(open)
    if (mark in value) return openMarked(value as unknown as Marked)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [show(name), open(item)]))
  }
  const openMarked = (marked: Marked): unknown => {
    if ('span' in marked) return { file: opened[marked.span[0]], start: marked.span[1], end: marked.span[2] }
    return 'folder' in marked ? resolve(root, show(marked.folder)) : Number(environment[marked.name])
  }
  const document = open(sealed) as Omit<Document, 'sources' | 'secrets' | 'variables'>
  const valueOf = (name: string): string => environment[name] ?? ''
  const variables = names.map(name => ({ name, value: valueOf(name) }))
  const secrets = listed.map(secret => ({ ...secret, value: valueOf(secret.name) }))
  return { document: { ...document, sources: opened.slice(0, sources), variables, secrets } }
}

/** Opens a sealed document for reading, never for a run: `[redacted NAME]` stands in for each secret. */
export function readDocument(body: string): Document {
  const named = new Proxy<Record<string, string>>({}, { get: (_, name) => `[redacted ${String(name)}]` })
  const opened = openDocument(body, named, '/')
  if ('missing' in opened) throw new Error('A document lacks what was made up for it.')
  return opened.document
}

/** Stands in for a value that JSON cannot express. */
type Marked =
  | { readonly span: readonly [file: number, start: number, end: number] }
  | { readonly folder: string }
  | { readonly name: string }

/** Whether a text is a folder on this machine, or the file of a sound: that of a tag, or of a background noise. */
function isPlace(owner: object, key: string, value: string): boolean {
  if (!isAbsolute(value)) return false
  return key === 'folder' || key === 'cwd' || (key === 'path' && 'tag' in owner) || (key === 'file' && 'snrDb' in owner)
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && 'file' in value && isSourceFile(value.file)
}

function isSourceFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'path' in value && 'text' in value
}

function placeOf(file: SourceFile, files: SourceFile[]): number {
  const place = files.indexOf(file)
  return place === -1 ? files.push(file) - 1 : place
}
