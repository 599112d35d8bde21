import { describe, expect, test } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import { load } from '../../../../src/pipeline/load/load.js'
import type { ModelNeed } from '../../../../src/pipeline/load/read/environment.js'
import { described, diagnosticsOf, documentOf, folderOf, loadIn, suiteWith } from './suites.js'

const local = '{ base_url: "http://127.0.0.1:11434/v1/", model: llama3 }'

test('a model has defaults for all that it leaves out', async () => {
  const { models, callerCheck } = await documentOf(suiteWith({ models: `{ caller: ${local}, judge: ${local} }` }))
  const defaults = {
    baseUrl: 'http://127.0.0.1:11434/v1',
    model: 'llama3',
    headers: {},
    timeoutMs: 60_000,
    stream: false,
    structured: 'json_schema',
    limits: {},
    retries: 4,
  }
  expect(models.caller).toEqual({ role: 'caller', at: expect.anything(), ...defaults })
  expect(models.judge).toEqual({ role: 'judge', at: expect.anything(), ...defaults, votes: 1, emptyControl: true })
  expect(callerCheck).toBe(true)
})

test('a model takes what it says, and the prices of its name', async () => {
  const text = suiteWith({
    models: `
  caller: { base_url: "http://127.0.0.1/v1", model: small, api_key: k, headers: { X-Team: quality }, temperature: 0.7, seed: 5, max_tokens: 100, timeout: 5s, stream: true, structured: prompt, limits: { concurrency: 2, requests_per_minute: 30, tokens_per_minute: 1000 }, retries: 0 }
  judge: { base_url: "http://127.0.0.1/v1", model: large, votes: 3 }
prices: { small: { input: 0.4, output: 1.6, cached_input: 0.1 }, other: { input: 1, output: 1 } }
caller_check: false`,
    limits: '{ max_cost: 5 }',
  })
  const { models, limits, callerCheck } = await documentOf(text)
  expect(models.caller).toMatchObject({
    apiKey: 'k',
    headers: { 'X-Team': 'quality' },
    temperature: 0.7,
    seed: 5,
    maxTokens: 100,
    timeoutMs: 5000,
    stream: true,
    structured: 'prompt',
    limits: { concurrency: 2, requestsPerMinute: 30, tokensPerMinute: 1000 },
    retries: 0,
    prices: { input: 0.4, output: 1.6, cachedInput: 0.1 },
  })
  expect(models.judge).toMatchObject({ votes: 3 })
  expect(models.judge).not.toHaveProperty('prices')
  expect([limits.maxCost, callerCheck]).toEqual([5, false])
})

test("votes are the judge's alone, and what two files say is told at both", async () => {
  const votes = diagnosticsOf(
    await loadIn(folderOf({ 'suite.yaml': suiteWith({ models: '{ caller: { base_url: "http://127.0.0.1", model: m, votes: 3 } }' }) })),
  )
  expect(described(votes)).toEqual(['KEY_UNKNOWN suite.yaml: votes'])
  const twice = diagnosticsOf(
    await loadIn(
      folderOf({ 'suite.yaml': `${suiteWith({ include: '[more.yaml]' })}caller_check: true\n`, 'more.yaml': 'caller_check: false\n' }),
    ),
  )
  expect(described(twice)).toEqual(['KEY_TWICE more.yaml: caller_check'])
})

describe('what models read from the environment', () => {
  const text = suiteWith({
    suite: '{ name: "${TITLE}" }',
    models: `
  caller:
    base_url: "\${LLM_URL}"
    model: "\${LLM_MODEL}"
    api_key: "\${LLM_KEY}"
    temperature: \${HEAT:-0.7}`,
  })
  const loaded = (models: ModelNeed, environment = {}) =>
    load({ path: 'suite.yaml', cwd: folderOf({ 'suite.yaml': text }), environment, patterns: async () => createPatterns(), models })

  test.each<[ModelNeed, string[]]>([
    ['asked', ['${TITLE}', '${LLM_URL}', '${LLM_MODEL}', '${LLM_KEY}']],
    ['replayed', ['${TITLE}', '${LLM_MODEL}']],
    ['unused', ['${TITLE}']],
  ])('is needed as far as it is used: where models are %s', async (need, missing) => {
    expect(described(diagnosticsOf(await loaded(need)))).toEqual(missing.map(each => `ENV_MISSING suite.yaml: ${each}`))
  })

  test('is secret only where it is a key', async () => {
    const read = await loaded('asked', {
      TITLE: 'Clinic',
      LLM_URL: 'http://127.0.0.1/v1',
      LLM_MODEL: 'model-4711',
      HEAT: '0.75',
      LLM_KEY: 'key-4711',
    })
    if (!('document' in read)) throw new Error('It does not load.')
    expect(read.document.secrets.map(({ name }) => name)).toEqual(['LLM_KEY'])
    expect(read.document.models.caller).toMatchObject({ model: 'model-4711', temperature: 0.75, apiKey: 'key-4711' })
  })
})
