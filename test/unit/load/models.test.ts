import { expect, test } from 'vitest'
import { createPatterns } from '../../../src/adapters/patterns/re2.js'
import { load } from '../../../src/pipeline/load/load.js'
import { described, diagnosticsOf, documentOf, folderOf, loadIn, suiteWith } from './suites.js'

const local = '{ base_url: "http://127.0.0.1:11434/v1/", model: llama3 }'

test('a model has defaults for all that it leaves out', async () => {
  const { models, callerCheck } = await documentOf(suiteWith({ models: `{ caller: ${local}, judge: ${local} }` }))
  const defaults = {
    baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3', headers: {}, timeoutMs: 60_000, stream: false,
    structured: 'json_schema', limits: { concurrency: 16 }, retries: 4,
  }
  expect(models.caller).toEqual({ role: 'caller', at: expect.anything(), ...defaults })
  expect(models.judge).toEqual({ role: 'judge', at: expect.anything(), ...defaults, votes: 1 })
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
    apiKey: 'k', headers: { 'X-Team': 'quality' }, temperature: 0.7, seed: 5, maxTokens: 100, timeoutMs: 5000, stream: true,
    structured: 'prompt', limits: { concurrency: 2, requestsPerMinute: 30, tokensPerMinute: 1000 }, retries: 0,
    prices: { input: 0.4, output: 1.6, cachedInput: 0.1 },
  })
  expect(models.judge).toMatchObject({ votes: 3 })
  expect(models.judge).not.toHaveProperty('prices')
  expect([limits.maxCost, callerCheck]).toEqual([5, false])
})

test('votes are the judge\'s alone, and what two files say is told at both', async () => {
  const votes = diagnosticsOf(await loadIn(folderOf({ 'suite.yaml': suiteWith({ models: '{ caller: { base_url: "http://127.0.0.1", model: m, votes: 3 } }' }) })))
  expect(described(votes)).toEqual(['KEY_UNKNOWN suite.yaml: votes'])
  const twice = diagnosticsOf(await loadIn(folderOf({ 'suite.yaml': `${suiteWith({ include: '[more.yaml]' })}caller_check: true\n`, 'more.yaml': 'caller_check: false\n' })))
  expect(described(twice)).toEqual(['KEY_TWICE more.yaml: caller_check'])
})

test('where models are not asked, what they read from the environment may be missing; nothing else may', async () => {
  const path = folderOf({
    'suite.yaml': suiteWith({ suite: '{ name: "${TITLE}" }', models: '{ caller: { base_url: "${LLM_URL}", model: m, api_key: "${LLM_KEY}" } }' }),
  })
  const loaded = (asksModels: boolean, environment = {}) =>
    load({ path: 'suite.yaml', cwd: path, environment, patterns: async () => createPatterns(), asksModels })
  expect(described(diagnosticsOf(await loaded(true)))).toEqual(['ENV_MISSING suite.yaml: ${TITLE}', 'ENV_MISSING suite.yaml: ${LLM_URL}', 'ENV_MISSING suite.yaml: ${LLM_KEY}'])
  expect(described(diagnosticsOf(await loaded(false)))).toEqual(['ENV_MISSING suite.yaml: ${TITLE}'])
  const spared = await loaded(false, { TITLE: 'Clinic' })
  expect('document' in spared && spared.document.models.caller).toMatchObject({ model: 'm' })
})
