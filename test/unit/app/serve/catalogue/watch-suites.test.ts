import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../../../../src/adapters/stores/database/database.js'
import { connect } from '../../../../../src/adapters/stores/database/open.js'
import { inFoldersOfResults } from '../../../../../src/adapters/recordings/in-folder.js'
import { systemClock } from '../../../../../src/adapters/clocks/system.js'
import { createPatterns } from '../../../../../src/adapters/patterns/re2.js'
import { loadCatalogue } from '../../../../../src/app/serve/catalogue/load-catalogue.js'
import { keepForgetting } from '../../../../../src/app/serve/retention.js'
import { watchSuites } from '../../../../../src/app/serve/catalogue/watch-suites.js'
import { findAgent, type AgentChoice } from '../../../../../src/app/serve/start/read-selection.js'
import { collectFieldProblems } from '../../../../../src/app/serve/refusal.js'
import type { Diagnostic } from '../../../../../src/domain/diagnostic.js'

const root = mkdtempSync(join(tmpdir(), 'callsheet-suites-'))
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

const project = { key: 'default', id: 1, name: 'Default' }
const use = { patterns: async () => createPatterns() }
let folders = 0

test("an id that two suites declare is the first one's; of the other it is told what it is called instead", async () => {
  await using place = await openPlace({ 'a.yaml': suite('id: 5'), 'b.yaml': suite('id: 5') })
  const { catalogue, diagnostics } = await loadCatalogue(place.request, use, place.database)
  expect(
    [...catalogue.scenarios].map(
      ([
        id,
        {
          suite: { key },
        },
      ]) => [id, key],
    ),
  ).toEqual([
    [5, 'a.yaml'],
    [1, 'b.yaml'],
  ])
  expect(diagnostics.map(({ code, severity, at, message }) => [code, severity, at?.file.path, message])).toEqual([
    ['ID_ELSEWHERE', 'warning', 'b.yaml', 'Another suite already uses the id 5, so the API gives the scenario "talks" of b.yaml the id 1.'],
  ])
})

test('an assistant_id that stands in a suite with mistakes is refused until that is corrected; an agent_id is not', async () => {
  const agent = 'agents: { shop: { assistant_id: asst_1, connection: { type: module, path: agent.mjs } } }'
  const text = (name: string): string => suite(`name: ${name}`).replace(/^agents:.*$/m, agent)
  await using place = await openPlace({ 'a.yaml': text('One'), 'b.yaml': `${text('Two')}\nbogus: 1\n` })
  const { catalogue } = await loadCatalogue(place.request, use, place.database)
  const [a = 0] = [...catalogue.agents.keys()]
  const asked = (choice: AgentChoice): unknown => findAgent(choice, [], catalogue, collectFieldProblems())?.suite.key
  expect(() => asked({ assistant_id: 'asst_1' })).toThrow(/The suite b\.yaml has mistakes and is not served/)
  expect(asked({ agent_id: a })).toBe('a.yaml')
  expect(asked({ agent_id: a, assistant_id: 'asst_1' })).toBe('a.yaml')
})

test('an assistant_id that agents of two suites have is told at both, with the place of the other', async () => {
  const agent = 'agents: { shop: { assistant_id: asst_1, connection: { type: module, path: agent.mjs } } }'
  const text = (name: string): string => suite(`name: ${name}`).replace(/^agents:.*$/m, agent)
  await using place = await openPlace({ 'a.yaml': text('One'), 'b.yaml': text('Two'), 'c.yaml': suite('name: Three') })
  const { catalogue, diagnostics } = await loadCatalogue(place.request, use, place.database)
  const [a = 0, b = 0] = [...catalogue.agents.keys()]
  const asked = (choice: AgentChoice): unknown => {
    const problems = collectFieldProblems()
    return findAgent(choice, [], catalogue, problems)?.suite.key ?? problems.all
  }
  expect(asked({ assistant_id: 'asst_1' })).toEqual({
    assistant_id: [`Several agents have this assistant_id: ${a} (a.yaml), ${b} (b.yaml). Send agent_id.`],
  })
  expect(asked({ assistant_id: 'asst_1', agent_id: b })).toBe('b.yaml')
  expect(asked({ assistant_id: 'asst_1', agent_id: a })).toBe('a.yaml')
  expect(diagnostics.map(({ code, severity, at, message }) => [code, severity, at?.file.path, message.replace(/:\d+\)/, ':N)')])).toEqual([
    ['ASSISTANT_ID_SHARED', 'warning', 'a.yaml', 'The agent "shop" of a.yaml has the assistant_id "asst_1", and so has "shop" (b.yaml:N).'],
    ['ASSISTANT_ID_SHARED', 'warning', 'b.yaml', 'The agent "shop" of b.yaml has the assistant_id "asst_1", and so has "shop" (a.yaml:N).'],
  ])
})

test('suites come, change and go with their files and folders; what is wrong is told once', async () => {
  await using place = await openPlace({ 'a.yaml': suite('name: One') })
  const told: Diagnostic[] = []
  using served = await watchSuites([place.request], use, place.database, diagnostics => void told.push(...diagnostics))
  const keys = (): string[] => served.catalogue(project).suites.map(({ key }) => key)
  const names = (): string[] => [...served.catalogue(project).scenarios.values()].map(({ noun }) => noun.name)
  const first = served.catalogue(project)

  mkdirSync(join(place.folder, 'more'))
  await later()
  place.write('more/b.yaml', suite('name: Two'))
  await eventually(() => expect(keys()).toEqual(['a.yaml', 'more/b.yaml']))
  // As an editor that first empties the file; then it is half written.
  place.write('a.yaml', '')
  await later()
  place.write('a.yaml', 'suite: { name: A }\nagents: {')
  await eventually(() => expect(told.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0))
  expect(names()).toEqual(['One', 'Two'])
  place.write('a.yaml', suite('name: Three'))
  await eventually(() => expect(names()).toEqual(['Three', 'Two']))
  rmSync(join(place.folder, 'more'), { recursive: true })
  await eventually(() => expect(keys()).toEqual(['a.yaml']))
  expect(first.scenarios.get(1)?.noun.name).toBe('One')
  expect(served.catalogue(project).scenarios.get(1)?.noun.name).toBe('Three')
})

test('a change of an included file is seen, wherever it is', async () => {
  await using place = await openPlace(
    { 'suites/a.yaml': `include: [../shared/more.yaml]\n${suite('name: One')}`, 'shared/more.yaml': scenarios('more', 'name: Old') },
    ['suites'],
  )
  using served = await watchSuites([place.request], use, place.database, () => undefined)
  place.write('shared/more.yaml', scenarios('more', 'name: New'))
  await eventually(() => expect([...served.catalogue(project).scenarios.values()].map(({ noun }) => noun.name)).toEqual(['One', 'New']))
})

test('a suite that is served can be begun with however long nobody has', async () => {
  await using place = await openPlace({ 'a.yaml': suite('name: One') })
  const { catalogue } = await loadCatalogue(place.request, use, place.database)
  const [only] = catalogue.suites
  await place.database.keepDocument('of-none', '{}')
  const db = await connect(place.data)
  await db.updateTable('documents').set({ kept_at: '2020-01-01T00:00:00.000Z' }).execute()
  await db.destroy()
  const troubles: string[] = []
  const forgetting = keepForgetting(place.database, systemClock, {
    keepMs: 1000,
    recordings: inFoldersOfResults(place.data),
    catalogues: () => [catalogue],
    onTrouble: why => troubles.push(why),
  })
  await forgetting[Symbol.asyncDispose]()
  expect(troubles).toEqual([])
  expect(await place.database.document(only?.sealed.digest ?? '')).toBeDefined()
  expect(await place.database.document('of-none')).toBeUndefined()
})

interface Place extends AsyncDisposable {
  readonly folder: string
  /** Of the database. */
  readonly data: string
  readonly request: Parameters<typeof loadCatalogue>[0]
  readonly database: Awaited<ReturnType<typeof openDatabase>>
  write(file: string, text: string): void
}

async function openPlace(files: Readonly<Record<string, string>>, paths = ['.']): Promise<Place> {
  const folder = join(root, String((folders += 1)))
  const write = (file: string, text: string): void => {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  mkdirSync(join(folder, '.git'), { recursive: true })
  for (const [file, text] of Object.entries(files)) write(file, text)
  const data = join(root, `data-${folders}`)
  const database = await openDatabase(data)
  return {
    folder,
    data,
    write,
    database,
    request: { project, paths, cwd: folder, environment: {} },
    [Symbol.asyncDispose]: database[Symbol.asyncDispose],
  }
}

function suite(more: string): string {
  return `version: 1
suite: { name: A }
agents: { agent: { connection: { type: http, url: "http://127.0.0.1:9" } } }
${scenarios('talks', more)}`
}

function scenarios(key: string, more: string): string {
  return `scenarios: { ${key}: { ${more}, script: { first_message: Hi. }, expect: [{ agent_says: { contains: Hi } }] } }\n`
}

/** Longer than changes are gathered. */
function later(): Promise<void> {
  return new Promise(resolve => void setTimeout(resolve, 400))
}

/** Waits until a check holds. */
async function eventually(check: () => void): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 20) {
    try {
      return check()
    } catch (cause) {
      if (waitedMs > 8000) throw cause
      await new Promise(resolve => void setTimeout(resolve, 20))
    }
  }
}
