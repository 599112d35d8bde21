import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A page of the documentation, with the examples in it. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
}

/**
 * A fenced code block. What follows its language on the fence says what it is: words (`ci`), and settings
 * (`in=agents.clinic`, `no-run="needs a network"`).
 */
export interface Block {
  readonly language: string
  readonly settings: ReadonlyMap<string, string>
  readonly text: string
  /** Of its fence, for messages: `docs/cli.md:12`. */
  readonly place: string
}

/** The README, ARCHITECTURE.md and every page in docs/. */
export const pages: readonly Page[] = ['README.md', 'ARCHITECTURE.md', ...namesIn('docs')].map(readPage)

function namesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter(name => name.endsWith('.md'))
  return names.toSorted().map(name => `${folder}/${name}`)
}

/** @param path  Relative to the repository. */
export function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, text, blocks: [...blocksIn(text, path)] }
}

function* blocksIn(text: string, path: string): Generator<Block> {
  for (const match of text.matchAll(/^```(\w*)([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const [, language = '', info = '', body = ''] = match
    const line = text.slice(0, match.index).split('\n').length
    yield { language, settings: settingsIn(info), text: body, place: `${path}:${line}` }
  }
}

function settingsIn(info: string): Map<string, string> {
  const settings = info.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)
  return new Map([...settings].map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']))
}
