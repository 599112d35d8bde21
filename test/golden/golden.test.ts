import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type CTRFReport, validate } from 'ctrf'
import { validateXML } from 'xmllint-wasm'
import { ctrf } from '../../src/adapters/reporters/ctrf.js'
import { defaultAdapters } from '../../src/app/registry.js'
import { storedResult } from '../../src/app/report-result.js'
import { jenkinsSchema } from '../support/junit-schema.js'

// A golden case is a folder: what there is, `command` (a shell script, in which `callsheet` is the real binary), and in
// `expected/` what comes of it: exit, stdout, stderr, and any file that the command leaves. Cases run on the logical
// clock, so that there is nothing to scrub but the port and digests. `npm run golden -- --update` writes `expected/` anew; review the diff.

const root = fileURLToPath(new URL('../..', import.meta.url))
const cases = fileURLToPath(new URL('cases/', import.meta.url))
const isUpdating = process.env['UPDATE_GOLDEN'] === '1'
const temporary = mkdtempSync(join(tmpdir(), 'callsheet-golden-'))
const shim = join(temporary, 'bin')

mkdirSync(shim)
// As npm links it; what its first line says is part of it.
symlinkSync(join(root, 'bin/callsheet.js'), join(shim, 'callsheet'))
symlinkSync(process.execPath, join(shim, 'node'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

describe.concurrent('golden', () => {
  test.each(readdirSync(cases))(
    '%s',
    async name => {
      const expected = join(cases, name, 'expected')
      const folder = join(temporary, name)
      cpSync(join(cases, name), folder, { recursive: true, filter: path => path !== expected })
      const port = await freePort()
      const { exit, stdout, stderr } = await runCommand(folder, port)

      const left = { exit: `${exit}\n`, stdout, stderr, ...leftBehind(folder, expected) }
      for (const [file, contents] of Object.entries(left)) if (file.endsWith('.xml')) await expectJUnit(contents)
      await expectCtrf(folder)
      const files = Object.fromEntries(
        Object.entries(left).map(([file, text]) => [file, withoutDigests(text).replaceAll(String(port), 'PORT')]),
      )
      if (isUpdating) {
        for (const [file, content] of Object.entries(files)) {
          mkdirSync(dirname(join(expected, file)), { recursive: true })
          writeFileSync(join(expected, file), content)
        }
        return
      }
      const golden = Object.fromEntries(filesIn(expected).map(file => [file, readFileSync(join(expected, file), 'utf8')]))
      expect(files).toEqual(golden)
      // Some run a dozen commands, one after the other.
    },
    60_000,
  )
})

/** The digests of suites and plans change with every setting that suites learn. */
function withoutDigests(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{64}\b/g, 'SHA256')
}

/** The files that are compared: those that `expected/` has. To begin with one, put an empty file there and update. */
function leftBehind(folder: string, expected: string): Record<string, string> {
  const compared = filesIn(expected).filter(file => !['exit', 'stdout', 'stderr'].includes(file))
  return Object.fromEntries(
    compared.map(file => [file, existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : 'not written']),
  )
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

/** Whatever the agent said: well-formed, and valid against the schema of Jenkins. */
async function expectJUnit(contents: string): Promise<void> {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents }, schema: jenkinsSchema })
  expect(errors.map(({ rawMessage }) => rawMessage)).toEqual([])
}

/** The schema of the specification, where there is a copy of it: schema/ctrf.schema.json of ctrf-io/ctrf. */
const ctrfSchema = process.env['TEST_CTRF_SCHEMA']
const conforms = ctrfSchema === undefined ? undefined : compiled(ctrfSchema)

function compiled(file: string): ValidateFunction {
  const ajv = new Ajv({ strict: false })
  addFormats.default(ajv)
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object)
}

/** Whatever a command left behind as a result: its CTRF is valid, by the checks of those who define it, and counts as the report does. */
async function expectCtrf(folder: string): Promise<void> {
  const use = await defaultAdapters({})
  for (const name of filesIn(folder).filter(file => file.endsWith('journal.jsonl'))) {
    const found = await storedResult(dirname(join(folder, name)), use)
    if ('problem' in found) continue
    for (const junitPerRun of [false, true]) {
      let text = ''
      for await (const piece of ctrf(found.result, { colour: false, junitPerRun, junitOutput: 'all' })) text += piece
      const report = JSON.parse(text) as CTRFReport
      expect(validate(report)).toMatchObject({ valid: true })
      expect([conforms?.(report) ?? true, conforms?.errors ?? []]).toEqual([true, []])
      const { tests, summary } = report.results
      expect(tests).toHaveLength(summary.tests)
      for (const status of ['passed', 'failed', 'skipped', 'other'] as const) {
        expect([status, tests.filter(each => each.status === status).length]).toEqual([status, summary[status]])
      }
    }
  }
}

async function runCommand(folder: string, port: number): Promise<{ exit: number; stdout: string; stderr: string }> {
  const { PATH } = process.env
  const child = spawn('sh', ['-e', 'command'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${shim}:${PATH}`,
      HOME: temporary,
      // From Node 22 on: NO_COLOR beside FORCE_COLOR is warned of by Node itself.
      NODE_NO_WARNINGS: '1',
      CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z',
      AGENTS: join(root, 'test/agents'),
      PORT: String(port),
    },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exit = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)))
  return { exit, stdout, stderr }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
