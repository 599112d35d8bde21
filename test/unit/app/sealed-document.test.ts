import { expect, test } from 'vitest'
import { openDocument, sealDocument } from '../../../src/app/sealed-document.js'
import type { Document } from '../../../src/domain/document.js'
import { diagnosticsOf, folderOf, loadIn, suiteWith } from '../pipeline/load/suites.js'

test('the files of sounds are relative in a sealed document, and lie where it is opened', async () => {
  const folder = folderOf({
    'suite.yaml': suiteWith({
      personalities: '{ p: { background_noise: street.wav } }',
      scenarios: `{ greets: { script: { first_message: 'Hi. <noise sound="dog.wav"/>' }, expect: [{ agent_says: { contains: help } }] } }`,
    }),
    'street.wav': '',
    'dog.wav': '',
  })
  const loaded = await loadIn(folder)
  if (!('document' in loaded))
    throw new Error(
      diagnosticsOf(loaded)
        .map(({ message }) => message)
        .join(),
    )
  const { body } = sealDocument(loaded.document, folder)
  expect(body).not.toContain(folder)
  const opened = openDocument(body, {}, '/elsewhere')
  if (!('document' in opened)) throw new Error('a variable is missing')
  expect(filesOf(loaded.document)).toEqual([`${folder}/street.wav`, `${folder}/dog.wav`])
  expect(filesOf(opened.document)).toEqual(['/elsewhere/street.wav', '/elsewhere/dog.wav'])
})

function filesOf({ personalities, scenarios }: Document): (string | undefined)[] {
  const [{ behaviour }] = scenarios as [Document['scenarios'][number]]
  const sounds = behaviour.kind === 'script' ? behaviour.script.firstMessage.flatMap(part => ('path' in part ? part.path : [])) : []
  return [personalities[0]?.sound?.backgroundNoise?.file, ...sounds]
}
