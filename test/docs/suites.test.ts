import { noMask } from '../../src/domain/mask.js'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Prepared } from '../../src/app/plan-document.js'
import { prepare } from '../../src/app/prepare.js'
import { defaultAdapters } from '../../src/app/registry.js'
import { showDiagnostics } from '../../src/cli/show-diagnostics.js'
import { isHosted } from '../../src/domain/connection-facts.js'
import type { Document } from '../../src/domain/document.js'
import { pages, type Block } from './pages.js'
import { startingPoint } from './starting-point.js'

// Every YAML example is loaded and planned as a user's suite would be, and its channels are made. One that has no
// `version` is part of a suite: it is put into a small complete one, at `in=` (a path) where it says so.

const temporary = mkdtempSync(join(tmpdir(), 'callsheet-docs-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

describe.each(pages.filter(({ blocks }) => blocks.some(isSuite)))('suites in $path', ({ path, blocks }) => {
  const folder = join(temporary, path.replaceAll('/', '-'))
  for (const { settings, text } of blocks) {
    const file = settings.get('file')
    if (file !== undefined) write(join(folder, file), text)
  }

  test.each(blocks.filter(isSuite))('$place may be run', async block => {
    const file = join(folder, isWhole(block) ? (block.settings.get('file') ?? 'suite.yaml') : 'suite-of-part.yaml')
    if (!block.settings.has('file') || !isWhole(block)) write(file, suiteOf(block))
    const { document, warnings } = await load(file)
    expect(warnings).toEqual([])
    await connect(document)
  })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function isSuite({ language, settings }: Block): boolean {
  return language === 'yaml' && !settings.has('ci') && !settings.has('broken') && !settings.has('projects') && !settings.has('beside')
}

function isWhole({ text }: Block): boolean {
  return /^version:/m.test(text)
}

function suiteOf(block: Block): string {
  if (isWhole(block)) return block.text
  const value = parse(block.text, { merge: true }) as unknown
  const path = (block.settings.get('in') ?? '').split('.').filter(Boolean)
  const placed = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
  return stringify(merge(startingPoint(), placed))
}

/** Maps are merged; all else is replaced, and so are maps of a type of their own, such as connections. */
function merge(into: unknown, added: unknown): unknown {
  if (!isMap(into) || !isMap(added) || 'type' in added) return added
  const merged: Record<string, unknown> = { ...into }
  for (const [key, value] of Object.entries(added)) merged[key] = key in into ? merge(into[key], value) : value
  return merged
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function load(path: string): Promise<Prepared> {
  const names = [...readFileSync(path, 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)
  const environment = Object.fromEntries(names.map(name => [name, valueOf(name)]))
  const prepared = await prepare({ path, cwd: dirname(path), environment, options: {} }, await defaultAdapters({}))
  if (!('plan' in prepared)) throw new Error(showDiagnostics(prepared.diagnostics, { colour: false }))
  return prepared
}

function valueOf(name: string): string | undefined {
  if (name.includes('PORT')) return '8765'
  return name.endsWith('URL') ? undefined : `value of ${name}`
}

async function connect({ agents }: Document): Promise<void> {
  const use = await defaultAdapters({})
  for (const agent of agents) {
    if (isHosted(agent.connection)) continue
    await using channel = await use.channel(agent, { concurrency: 1, mask: noMask })
    expect(typeof channel.open).toBe('function')
  }
}
