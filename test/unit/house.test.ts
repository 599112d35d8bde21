import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const sources = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => /\.tsx?$/.test(path) && !path.includes('generated/'))
  .map(path => ({ path, text: readFileSync(`${root}/src/${path}`, 'utf8') }))

test('no name stands for a type of its own in three files', () => {
  const filesOf = new Map<string, string[]>()
  for (const { path, text } of sources) {
    const names = [...text.matchAll(/^(?:export )?(?:declare )?(?:type|interface|(?:abstract )?class|enum) (\w+)/gm)].map(
      ([, name = '']) => name,
    )
    for (const name of new Set(names)) filesOf.set(name, [...(filesOf.get(name) ?? []), path])
  }
  expect(filesOf.size).toBeGreaterThan(500)
  expect([...filesOf].filter(([, files]) => files.length > 2).map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([])
})

test('half of all files have 60 lines or fewer', () => {
  const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).toSorted((a, b) => b.lines - a.lines)
  const median = lengths[Math.floor(lengths.length / 2)]?.lines
  const longest = lengths.slice(0, 20).map(({ path, lines }) => `${path}: ${lines}`)
  expect(median, `The longest files:\n${longest.join('\n')}`).toBeLessThanOrEqual(60)
})

test('every folder of test/unit is a folder of src', () => {
  const expectedOutput = 'adapters/reporters/expected'
  const known = new Set([...foldersOf('src'), expectedOutput])
  expect(foldersOf('test/unit').filter(folder => !known.has(folder))).toEqual([])
})

function foldersOf(place: string): string[] {
  return readdirSync(join(root, place), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => relative(join(root, place), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}
