import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import type { Diagnostic } from '../../../../src/domain/diagnostic.js'
import type { Document } from '../../../../src/domain/document.js'
import { load } from '../../../../src/pipeline/load/load.js'
import type { Loaded } from '../../../../src/pipeline/load/load.js'

/** A folder with these files, gone after the test. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-load-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

export type Environment = Readonly<Record<string, string | undefined>>

export function loadIn(folder: string, environment: Environment = {}, path = 'suite.yaml', root?: string): Promise<Loaded> {
  return load({ path, cwd: folder, ...(root !== undefined && { root }), environment, patterns: async () => createPatterns() })
}

export async function loadText(text: string, environment: Environment = {}): Promise<Loaded> {
  return loadIn(folderOf({ 'suite.yaml': text }), environment)
}

/** The document of a suite that has nothing wrong with it. */
export async function documentOf(text: string, environment: Environment = {}): Promise<Document> {
  return documentOfFiles({ 'suite.yaml': text }, environment)
}

/** The same, of a suite with files beside it. */
export async function documentOfFiles(files: Readonly<Record<string, string>>, environment: Environment = {}): Promise<Document> {
  const loaded = await loadIn(folderOf(files), environment)
  if ('diagnostics' in loaded) throw new Error(`The suite was refused: ${described(loaded.diagnostics).join(', ')}`)
  return loaded.document
}

/** Everything that loading says, errors or warnings. */
export function diagnosticsOf(loaded: Loaded): readonly Diagnostic[] {
  return 'diagnostics' in loaded ? loaded.diagnostics : loaded.warnings
}

/** Each diagnostic with the text it points at: `AGENT_UNKNOWN suite.yaml: clinc`. */
export function described(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, at }) => (at ? `${code} ${at.file.path}: ${at.file.text.slice(at.start, at.end)}` : code))
}

const sections = {
  version: '1',
  suite: '{ name: Clinic }',
  telephony: '',
  include: '',
  models: '',
  agents: '{ clinic: { connection: { type: websocket, url: "ws://127.0.0.1:8765" } } }',
  personalities: '{ calm: { id: 3 } }',
  test_profiles: '{ maria: { id: 20, caller_variables: { name: Maria } } }',
  metrics: '',
  judge_controls: '',
  scenarios: '{ greets: { script: { first_message: Hi. }, expect: [{ agent_says: { contains: help } }] } }',
  runs: '',
  thresholds: '',
  secrets: '',
  limits: '',
  waivers: '',
  retries: '',
}

/** A suite with nothing wrong in it but what the given sections, as YAML, bring in; an empty one is left out. */
export function suiteWith(changed: Partial<typeof sections>): string {
  return Object.entries({ ...sections, ...changed })
    .filter(([, yaml]) => yaml !== '')
    .map(([name, yaml]) => `${name}: ${yaml}\n`)
    .join('')
}

/** A suite with one scenario, made of this YAML in flow style: `script: {...}, expect: [...]`. */
export function suiteOf(scenario: string, changed: Partial<typeof sections> = {}): string {
  return suiteWith({ scenarios: `{ greets: { ${scenario} } }`, ...changed })
}

/** What a scenario may look like that expects something. */
export const expecting = 'expect: [{ agent_says: { contains: help } }]'
/** A scenario that speaks. */
export const speaking = 'script: { first_message: Hi. }'
