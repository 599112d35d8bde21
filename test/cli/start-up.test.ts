import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../suites/callsheet.js'

/** Writes the address of each module to stderr as it is loaded. */
const hook = `export async function load(url, context, next) {
  process._rawDebug('loads ' + url)
  return next(url, context)
}`
/** And of each package that is required. */
const register = `import Module, { isBuiltin, register } from 'node:module'
register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)})
const load = Module._load
Module._load = function (name, ...more) {
  if (!isBuiltin(name) && /^\\w/.test(name)) process._rawDebug('loads /node_modules/' + name + '/')
  return load.call(this, name, ...more)
}`

test.each([
  ['--help', []],
  ['validate', ['ajv', 'fast-deep-equal', 're2js']],
])('callsheet %s loads only the packages that it needs', async (command, packages) => {
  const args = command === 'validate' ? ['validate', 'suites/hello/suite.yaml'] : [command]
  const imported = `data:text/javascript,${encodeURIComponent(register)}`
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', imported, join(root, 'bin/callsheet.js'), ...args], {
    cwd: root,
  })
  const loaded = [...stderr.matchAll(/^loads (\S+)/gm)].map(([, url = '']) => url)
  expect(loaded.length).toBeGreaterThan(5)
  const from = new Set(loaded.flatMap(url => /\/node_modules\/([^/]+)\//.exec(url)?.[1] ?? []))
  expect([...from].toSorted()).toEqual(packages)
  expect(loaded.filter(url => /^node:(?:tls|https?)$/.test(url))).toEqual([])
})
