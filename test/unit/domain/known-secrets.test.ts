import { expect, test } from 'vitest'
import type { Model } from '../../../src/domain/model.js'
import { knownSecrets } from '../../../src/domain/known-secrets.js'
import { createMask } from '../../../src/domain/mask.js'
import { agent, document, somewhere } from '../../support/build.js'

const caller: Model = {
  role: 'caller',
  at: somewhere,
  baseUrl: 'http://127.0.0.1/v1',
  model: 'talker',
  headers: {},
  timeoutMs: 1000,
  stream: false,
  structured: 'json_schema',
  limits: { concurrency: 1 },
  retries: 0,
}

test('keys that are written in a suite are masked like those of its environment, which keep their names', () => {
  const suite = document({
    models: { caller: { ...caller, apiKey: 'sk-written-in-it' } },
    agents: [
      agent({ connection: { type: 'websocket', url: 'ws://127.0.0.1', secret: 'the-secret-of-it' } }),
      agent({ connection: { type: 'openai', baseUrl: 'http://127.0.0.1', model: 'm', apiKey: 'sk-from-elsewhere' } }),
    ],
    secrets: [{ name: 'AGENT_KEY', value: 'from-elsewhere', because: { kind: 'name', word: 'KEY' } }],
  })
  const redact = createMask(knownSecrets(suite)).text
  expect(redact('sk-written-in-it, the-secret-of-it, sk-from-elsewhere')).toBe(
    '[redacted api_key], [redacted secret], sk-[redacted AGENT_KEY]',
  )
})

test('what local servers take for a key is no secret', () => {
  const mask = createMask(knownSecrets(document({ models: { caller: { ...caller, apiKey: 'ollama' } } })))
  expect(mask.isEmpty).toBe(true)
})
