import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import { load, type Loaded } from '../../../../src/pipeline/load/load.js'
import { diagnosticsOf, folderOf, suiteWith } from './suites.js'

const text = suiteWith({
  scenarios: `{ greets: { script: { first_message: '<audio file="hi.wav"/> <noise sound="gone.wav"/>' }, expect: [{ agent_says: { contains: a } }] } }`,
})

function pathsIn(loaded: Loaded): unknown[] {
  if (!('document' in loaded))
    throw new Error(
      diagnosticsOf(loaded)
        .map(({ message }) => message)
        .join(),
    )
  const [scenario] = loaded.document.scenarios
  return scenario!.behaviour.kind === 'script' ? scenario!.behaviour.script.firstMessage.map(part => 'path' in part && part.path) : []
}

test('the file of a sound is found beside the suite that names it', async () => {
  const cwd = folderOf({ 'suite.yaml': text, 'hi.wav': '' })
  const loaded = await load({ path: 'suite.yaml', cwd, environment: {}, patterns: async () => createPatterns() })
  expect(pathsIn(loaded)).toEqual([join(cwd, 'hi.wav'), false])
})

test('a suite that is no file, as one that came with a request, gets no files of this machine', async () => {
  const cwd = folderOf({ 'hi.wav': '' })
  const loaded = await load({ path: 'spec.json', text, cwd, environment: {}, patterns: async () => createPatterns() })
  expect(pathsIn(loaded)).toEqual([false, false])
})
