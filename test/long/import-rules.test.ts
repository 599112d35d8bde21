import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const refused: [title: string, file: string, code: string, why: string][] = [
  ['domain importing ports', 'domain/a.ts', "import '../ports/b.js'", 'may not import src/ports/b.js'],
  ['domain importing a package', 'domain/a.ts', "import 'yaml'", 'may not import the package yaml'],
  ['domain importing a Node module', 'domain/a.ts', "import 'node:fs'", 'may not import the Node module node:fs'],
  ['domain importing a Node module without node:', 'domain/a.ts', "import 'fs'", 'the Node module node:fs'],
  ['ports importing a stage', 'ports/a.ts', "import '../pipeline/run/b.js'", 'may not import src/pipeline/run/b.js'],
  ['a stage importing another', 'pipeline/run/a.ts', "import '../plan/b.js'", 'may not import src/pipeline/plan/b.js'],
  ['a stage importing a type of another', 'pipeline/run/a.ts', "import type { B } from '../plan/b.js'", 'src/pipeline/plan/b.js'],
  ['a stage re-exporting another', 'pipeline/run/a.ts', "export * from '../plan/b.js'", 'src/pipeline/plan/b.js'],
  ['a stage importing another lazily', 'pipeline/run/a.ts', "export const b = import('../plan/b.js')", 'src/pipeline/plan/b.js'],
  ['a stage using import() as a type', 'pipeline/run/a.ts', "export type B = import('../plan/b.js').B", 'src/pipeline/plan/b.js'],
  ['a stage importing a computed name', 'pipeline/run/a.ts', 'export const b = (name: string) => import(name)', 'in plain text'],
  ['a stage, from a deeper folder', 'pipeline/run/deep/er/a.ts', "import '../../../plan/b.js'", 'src/pipeline/plan/b.js'],
  ['a stage, by a roundabout path', 'pipeline/run/a.ts', "import './../../pipeline/plan/b.js'", 'src/pipeline/plan/b.js'],
  ['a stage importing an adapter', 'pipeline/score/a.ts', "import '../../adapters/judges/b.js'", 'src/adapters/judges/b.js'],
  ["a stage importing another's package", 'pipeline/run/a.ts', "import 'yaml'", 'the package yaml; allowed: p-limit'],
  ['plan reading files', 'pipeline/plan/a.ts', "import 'node:fs/promises'", 'node:fs/promises; allowed: node:crypto'],
  ['an adapter importing another kind', 'adapters/channels/a.ts', "import '../stores/b.js'", 'src/adapters/stores/b.js'],
  ['an adapter importing a stage', 'adapters/channels/a.ts', "import '../../pipeline/run/b.js'", 'src/pipeline/run/b.js'],
  ['app importing the command line', 'app/a.ts', "import '../cli/b.js'", 'may not import src/cli/b.js'],
  ['cli importing a stage', 'cli/a.ts', "import '../pipeline/run/b.js'", 'src/pipeline/run/b.js'],
  ['server importing an adapter', 'server/routes/a.ts', "import '../../adapters/stores/b.js'", 'may not import src/adapters/stores/b.js'],
  ['server importing a port', 'server/a.ts', "import type { B } from '../ports/b.js'", 'may not import src/ports/b.js'],
  ['server importing a database', 'server/a.ts', "import 'kysely'", 'the package kysely; allowed: fastify'],
  ['app importing the server', 'app/a.ts', "import '../server/b.js'", 'may not import src/server/b.js'],
  ['server importing cli', 'server/a.ts', "import '../cli/b.js'", 'may not import src/cli/b.js'],
  ['index exporting a value of domain', 'index.ts', "export { b } from './domain/b.js'", 'only types'],
  ['index exporting a stage', 'index.ts', "export type { B } from './pipeline/run/b.js'", 'src/pipeline/run/b.js'],
  ['the view importing a port', 'view/parts/a.tsx', "import type { B } from '../../ports/b.js'", 'src/ports/b.js'],
  ['the view importing a Node module', 'view/source/a.ts', "import 'node:fs'", 'the Node module node:fs'],
  ["the view's model importing a package", 'view/model/a.ts', "import 'preact'", 'the package preact; allowed: none'],
  ['a reporter importing a screen', 'adapters/reporters/a.ts', "import '../../view/screens/b.js'", 'src/view/screens/b.js'],
  ['anything outside src', 'cli/a.ts', "import '../../scripts/b.js'", 'from outside src/'],
  ['a file in no known folder', 'helpers/a.ts', 'export const a = 1', 'in no folder that the import rules know'],
  ['a file beside the stages', 'pipeline/a.ts', 'export const a = 1', 'in no folder that the import rules know'],
]

const allowed: [title: string, file: string, code: string][] = [
  ['ports importing domain', 'ports/a.ts', "import '../domain/b.js'"],
  [
    'a stage importing domain, ports and itself',
    'pipeline/run/deep/a.ts',
    "import '../../../domain/b.js'\nimport '../../../ports/b.js'\nimport '../b.js'",
  ],
  ['load importing its packages and Node', 'pipeline/load/a.ts', "import 'yaml'\nimport 'ajv/dist/2020.js'\nimport 'node:fs'"],
  ['plan importing node:crypto', 'pipeline/plan/a.ts', "import 'node:crypto'"],
  ['an adapter importing its library and a sibling', 'adapters/channels/a.ts', "import 'ws'\nimport 'node:net'\nimport './b.js'"],
  [
    'app importing everything below',
    'app/a.ts',
    "import '../adapters/channels/b.js'\nimport '../pipeline/run/b.js'\nexport const c = (file: string) => import(file)",
  ],
  ['cli importing app and domain', 'cli/a.ts', "import '../app/b.js'\nimport '../domain/b.js'\nimport 'commander'"],
  ['the view importing domain and Preact', 'view/parts/a.tsx', "import '../../domain/b.js'\nimport '../model/b.js'\nimport 'preact/hooks'"],
  ['a reporter importing the model of the view', 'adapters/reporters/html/a.ts', "import '../../../view/model/b.js'"],
  ['cli importing the server', 'cli/a.ts', "import '../server/b.js'"],
  ['server importing app and fastify', 'server/routes/a.ts', "import '../../app/serve/b.js'\nimport 'fastify'\nimport 'ajv/dist/2020.js'"],
  ['index exporting app, and types of domain', 'index.ts', "export { b } from './app/b.js'\nexport type { B } from './domain/b.js'"],
]

test.each(refused)('%s is refused', (_title, file, code, why) => {
  const { status, output } = lint({ [file]: code })
  expect(output).toContain(why)
  expect(output).toContain('import-rules')
  expect(status).toBe(1)
})

test.each(allowed)('%s is allowed', (_title, file, code) => {
  expect(lint({ [file]: code })).toEqual({ status: 0, output: '' })
})

test('a circle is refused, even one of types only', () => {
  const { status, output } = lint({
    'domain/a.ts': "import type { B } from './b.js'\nexport type A = B | undefined",
    'domain/b.ts': "import type { A } from './a.js'\nexport type B = A | undefined",
  })
  expect(output).toContain('Dependency cycle detected')
  expect(status).toBe(1)
})

/** Lints files planted in a project of their own that has our settings, but for the rule against `import 'x'`, which is brief. */
function lint(files: Record<string, string>) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'import-rules-')))
  try {
    for (const name of ['.oxlintrc.json', 'package.json', 'scripts/import-rules.js']) cpSync(join(root, name), join(folder, name))
    for (const [name, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'src', name)), { recursive: true })
      writeFileSync(join(folder, 'src', name), `${code}\n`)
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
    // Where it looks for its type-aware part.
    const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH']}` }
    const args = [oxlint, '--format', 'unix', '--allow', 'import/no-unassigned-import', 'src']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env })
    return { status, output: (stdout + stderr).trim() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
