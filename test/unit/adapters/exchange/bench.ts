import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import { exportSuite, type ExportedSuite, type ExportKind } from '../../../../src/app/exchange/export-suite.js'
import { importSuite, type ImportFinding, type ImportedSuite } from '../../../../src/app/exchange/import-suite.js'
import type { Prepared } from '../../../../src/app/plan-document.js'
import { prepare } from '../../../../src/app/prepare.js'
import { locate } from '../../../../src/domain/source.js'

/** A folder to import in, and to export from. */
export interface Bench {
  readonly folder: string
  /** Writes a file, and returns its path. */
  write(name: string, text: string): string
  import(name: string, text: string, how?: { readonly agentUrl?: string }): Promise<ImportedSuite>
  /** What is wrong with a file, with places: `2:5 /scenarios/0: ...` */
  refusal(name: string, text: string): Promise<string[]>
  /** Loads and plans a suite. @throws {Error} when it may not be run. */
  prepare(suite: string, environment?: Record<string, string>): Promise<Prepared>
  export(suite: string, kind?: ExportKind, agent?: string, environment?: Record<string, string>): Promise<ExportedSuite>
}

export function openBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-exchange-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const read = (name: string, text: string, how = {}): ReturnType<typeof importSuite> =>
    importSuite({ sources: [{ path: write(name, text) }], schema: 'suite.schema.json', ...how })

  const bench: Bench = {
    folder,
    write,
    async import(name, text, how) {
      const imported = await read(name, text, how)
      if ('diagnostics' in imported) throw new Error(imported.diagnostics.map(({ message }) => message).join('\n'))
      return imported
    },
    async refusal(name, text) {
      const imported = await read(name, text)
      if (!('diagnostics' in imported)) throw new Error(`${name} was accepted.`)
      return imported.diagnostics.map(({ message, at }) => {
        const { line = 0, column = 0 } = at ? locate(at.file, at.start) : {}
        return `${line}:${column} ${message}`
      })
    },
    async prepare(suite, environment = {}) {
      write('suite.yaml', suite)
      const prepared = await prepare(
        { path: 'suite.yaml', cwd: folder, environment, options: {} },
        { patterns: async () => createPatterns() },
      )
      if ('plan' in prepared) return prepared
      throw new Error(`${prepared.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n')}\n${suite}`)
    },
    async export(suite, kind = 'test-suite', agent, environment = {}) {
      const exported = exportSuite(await bench.prepare(suite, environment), kind, agent)
      if ('diagnostics' in exported) throw new Error(exported.diagnostics.map(({ message }) => message).join('\n'))
      return exported
    },
  }
  return bench
}

/** Findings as they are told: `scenarios[0].tools[0]: Left out ...` */
export function told(findings: readonly ImportFinding[]): string[] {
  return findings.map(({ place, message }) => `${place}: ${message}`)
}

export const json = (value: unknown): string => JSON.stringify(value, null, 2)
