import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { described, diagnosticsOf, folderOf, loadIn } from './suites.js'

const suite = (include: string) => `
version: 1
suite: { name: Clinic }
include: ${include}
agents: { clinic: { connection: { type: module, path: agent.js } } }
`
const scenario = (key: string, more = '') =>
  `scenarios: { ${key}: { script: { first_message: Hi. }, expect: [{ ended_by: agent }]${more} } }`

async function scenariosIn(folder: string, path = 'suite.yaml', root?: string) {
  const loaded = await loadIn(folder, {}, path, root)
  if ('diagnostics' in loaded) return described(loaded.diagnostics)
  return loaded.document.scenarios.map(({ key, folder: dotted }) => (dotted === undefined ? key : `${dotted}/${key}`))
}

test('a folder includes all of its YAML files in order, and their folders below it are those of their scenarios', async () => {
  const folder = folderOf({
    'suite.yaml': suite('[scenarios/]'),
    'scenarios/b.yaml': scenario('b'),
    'scenarios/a.yml': scenario('a'),
    'scenarios/Sales/c.yaml': scenario('c'),
    'scenarios/Sales/Inbound/d.yaml': scenario('d'),
    'scenarios/Sales/Inbound/e.yaml': scenario('e', ', folder: Support'),
    'scenarios/notes.md': '# Not a suite',
    'scenarios/.hidden/f.yaml': scenario('f'),
  })

  expect(await scenariosIn(folder)).toEqual(['Sales.Inbound/d', 'Support/e', 'Sales/c', 'a', 'b'])
})

test('files, globs and nested includes are read in the order they are named, each from its own folder', async () => {
  const folder = folderOf({
    'suite.yaml': suite('[first.yaml, "more/*.yaml"]'),
    'first.yaml': `include: [deep/inner.yaml]\n${scenario('first')}`,
    'deep/inner.yaml': `include: [beside.yaml]\n${scenario('inner')}`,
    'deep/beside.yaml': scenario('beside'),
    'more/z.yaml': scenario('z'),
    'more/y.yaml': scenario('y'),
    'more/below/x.yaml': scenario('x'),
  })

  expect(await scenariosIn(folder)).toEqual(['first', 'inner', 'beside', 'y', 'z'])
})

test('a file with brackets in its name is a file, not a glob', async () => {
  const folder = folderOf({ 'suite.yaml': suite('["[a].yaml"]'), '[a].yaml': scenario('a') })

  expect(await scenariosIn(folder)).toEqual(['a'])
})

test('a file that is reached twice is loaded once, and keeps the folder that one of the ways gives it', async () => {
  const folder = folderOf({
    'suite.yaml': suite('[scenarios/Sales/a.yaml, scenarios/, "scenarios/**/*.yaml"]'),
    'scenarios/Sales/a.yaml': scenario('a'),
  })

  expect(await scenariosIn(folder)).toEqual(['Sales/a'])
})

test('an included file of comments alone adds nothing', async () => {
  const folder = folderOf({
    'suite.yaml': suite('[later.yaml, a.yaml]'),
    'later.yaml': '# to come\n',
    'a.yaml': scenario('a'),
  })

  expect(await scenariosIn(folder)).toEqual(['a'])
})

test('sections of all files are put together', async () => {
  const folder = folderOf({
    'suite.yaml': `${suite('[a.yaml, b.yaml]')}limits: { concurrency: 3 }\nruns: [{ name: One }]\n`,
    'a.yaml': `${scenario('a')}\nlimits: { max_runs: 7 }\nruns: [{ name: Two, personalities: [calm] }]`,
    'b.yaml': 'personalities: { calm: { id: 3 } }\nretries: { failed: 1 }\nthresholds: { pass_rate: 0.5 }',
  })

  const loaded = await loadIn(folder)

  expect(loaded).toMatchObject({
    document: {
      limits: { concurrency: 3, maxRuns: 7 },
      retries: { infraError: 2, failed: 1 },
      thresholds: { passRate: { min: 0.5 } },
      entries: [{ name: 'One' }, { name: 'Two', personalities: [{ key: 'calm' }] }],
      sources: [{ path: 'suite.yaml' }, { path: 'a.yaml' }, { path: 'b.yaml' }],
    },
  })
})

test('what is twice in two files points at both places', async () => {
  const folder = folderOf({ 'suite.yaml': suite('[a.yaml, b.yaml]'), 'a.yaml': scenario('a'), 'b.yaml': scenario('a') })

  const [diagnostic] = diagnosticsOf(await loadIn(folder))

  expect(diagnostic).toMatchObject({
    code: 'KEY_TWICE',
    at: { file: { path: 'b.yaml' } },
    related: { at: { file: { path: 'a.yaml' } } },
  })
})

test('includes may go up within the git work tree, and not beyond it', async () => {
  const inside = folderOf({
    'repo/suites/suite.yaml': suite('[../shared/a.yaml]'),
    'repo/shared/a.yaml': scenario('a'),
  })
  mkdirSync(join(inside, 'repo/.git'))
  const outside = folderOf({
    'repo/suite.yaml': suite('[../a.yaml, "../*.yaml", ../none.yaml]'),
    'a.yaml': scenario('a'),
  })
  mkdirSync(join(outside, 'repo/.git'))

  expect(await scenariosIn(inside, 'repo/suites/suite.yaml')).toEqual(['a'])
  expect(await scenariosIn(outside, 'repo/suite.yaml')).toEqual([
    'INCLUDE_OUTSIDE repo/suite.yaml: ../a.yaml',
    'INCLUDE_OUTSIDE repo/suite.yaml: "../*.yaml"',
    'INCLUDE_OUTSIDE repo/suite.yaml: ../none.yaml',
  ])
})

test('a folder that is named holds the files of a suite, where there is no git and where there is', async () => {
  const folder = folderOf({
    'repo/suites/suite.yaml': suite('[../shared/a.yaml, "../shared/*.yaml", ../../outside.yaml]'),
    'repo/shared/a.yaml': scenario('a'),
    'outside.yaml': scenario('b'),
  })
  const root = join(folder, 'repo')
  expect(await scenariosIn(folder, 'repo/suites/suite.yaml', root)).toEqual(['INCLUDE_OUTSIDE repo/suites/suite.yaml: ../../outside.yaml'])
  mkdirSync(join(folder, 'repo/suites/.git'))
  expect(await scenariosIn(folder, 'repo/suites/suite.yaml', root)).toEqual(['INCLUDE_OUTSIDE repo/suites/suite.yaml: ../../outside.yaml'])
  expect(await scenariosIn(folder, 'repo/suites/suite.yaml', folder)).toEqual(['a', 'b'])
})

test('a work tree of git has a .git file, and counts like a folder of that name', async () => {
  const folder = folderOf({
    'tree/.git': 'gitdir: elsewhere',
    'tree/suites/suite.yaml': suite('[../a.yaml]'),
    'tree/a.yaml': scenario('a'),
  })

  expect(await scenariosIn(folder, 'tree/suites/suite.yaml')).toEqual(['a'])
})

test('links to files and folders are followed inside the work tree, and refused where they lead out', async () => {
  const folder = folderOf({
    'repo/suite.yaml': suite('[scenarios/, linked.yaml, outside.yaml, "glob/*.yaml", tree/]'),
    'repo/real/a.yaml': scenario('a'),
    'repo/scenarios/b.yaml': scenario('b'),
    'repo/glob/c.yaml': scenario('c'),
    'repo/tree/d.yaml': scenario('d'),
    'elsewhere/x.yaml': scenario('x'),
  })
  mkdirSync(join(folder, 'repo/.git'))
  symlinkSync('../real', join(folder, 'repo/scenarios/linked'))
  symlinkSync('real/a.yaml', join(folder, 'repo/linked.yaml'))
  symlinkSync('../elsewhere/x.yaml', join(folder, 'repo/outside.yaml'))
  symlinkSync('../../elsewhere/x.yaml', join(folder, 'repo/glob/x.yaml'))
  symlinkSync('../../elsewhere', join(folder, 'repo/tree/x'))

  expect(await scenariosIn(folder, 'repo/suite.yaml')).toEqual([
    'INCLUDE_OUTSIDE repo/suite.yaml: outside.yaml',
    'INCLUDE_OUTSIDE repo/suite.yaml: "glob/*.yaml"',
    'INCLUDE_OUTSIDE repo/suite.yaml: tree/',
  ])
})

test('a link that leads back up does not go on forever', async () => {
  const folder = folderOf({
    'suite.yaml': suite('[scenarios/, "scenarios/**/*.yaml"]'),
    'scenarios/Sales/a.yaml': scenario('a'),
  })
  symlinkSync('..', join(folder, 'scenarios/Sales/up'))
  symlinkSync('.', join(folder, 'scenarios/Sales/here'))

  expect(await scenariosIn(folder)).toEqual(['Sales/a'])
})

test('a link to nothing is a missing file', async () => {
  const folder = folderOf({ 'suite.yaml': suite('[gone.yaml]') })
  symlinkSync('nowhere.yaml', join(folder, 'gone.yaml'))

  expect(await scenariosIn(folder)).toEqual(['INCLUDE_MISSING suite.yaml: gone.yaml'])
})

test('paths are shown as the suite was typed: from where one stands, or absolute', async () => {
  const folder = folderOf({ 'suites/suite.yaml': suite('[a.yaml]'), 'suites/a.yaml': 'scenarios: 5' })

  const typed = diagnosticsOf(await loadIn(folder, {}, 'suites/suite.yaml'))
  const absolute = diagnosticsOf(await loadIn(folder, {}, join(folder, 'suites/suite.yaml')))

  expect(typed.map(({ at }) => at?.file.path)).toEqual(['suites/a.yaml'])
  expect(absolute.map(({ at }) => at?.file.path)).toEqual([join(folder, 'suites/a.yaml')])
})
