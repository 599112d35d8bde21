import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { described, diagnosticsOf, documentOf, folderOf, loadIn, loadText, suiteWith } from './suites.js'

const at = expect.anything()
const usual = { timeoutMs: 30_000, retries: 2, limits: {} }

test('an engine has defaults for all that it leaves out', async () => {
  const { models, hear, recordings } = await documentOf(
    suiteWith({
      models:
        '{ tts: { engine: openai, base_url: "http://127.0.0.1:8000/v1/", model: kokoro }, stt: { engine: command, preset: whisper.cpp } }',
    }),
  )
  expect(models.tts).toEqual({
    role: 'tts',
    at,
    engine: 'openai',
    baseUrl: 'http://127.0.0.1:8000/v1',
    model: 'kokoro',
    headers: {},
    ...usual,
  })
  expect(models.stt).toMatchObject({ role: 'stt', engine: 'command', preset: 'whisper.cpp', ...usual })
  expect({ hear, recordings }).toEqual({ hear: undefined, recordings: 'default' })
})

test('an engine takes what the suite says, and paths are relative to the file that says it', async () => {
  const folder = folderOf({
    'suite.yaml': `recordings: failed\nrecording_format: opus\n${suiteWith({ include: '[voices/models.yaml]' })}`,
    'voices/models.yaml': `
models:
  tts: { engine: sherpa, models: ./kokoro, voice: am_michael, speed: 1.1, language: en, timeout: 5s, retries: 0, limits: { concurrency: 2, requests_per_minute: 60 } }
  stt: { engine: openai, hear: live, base_url: "http://h/v1", model: whisper-1, api_key: k, headers: { X-Team: quality }, prices: { per_second: 0.0001 } }
`,
  })
  const loaded = await loadIn(folder)
  if ('diagnostics' in loaded) throw new Error(described(loaded.diagnostics).join())
  const { models, hear, recordings, recordingFormat } = loaded.document
  expect(models.tts).toEqual({
    role: 'tts',
    at,
    engine: 'sherpa',
    models: resolve(folder, 'voices/kokoro'),
    voice: 'am_michael',
    speed: 1.1,
    language: 'en',
    timeoutMs: 5000,
    retries: 0,
    limits: { concurrency: 2, requestsPerMinute: 60 },
  })
  expect(models.stt).toMatchObject({ apiKey: 'k', headers: { 'X-Team': 'quality' }, prices: { perSecond: 0.0001 } })
  expect({ hear, recordings, recordingFormat }).toEqual({ hear: 'live', recordings: 'failed', recordingFormat: 'opus' })
})

test('a program runs in the folder of the file that names it', async () => {
  const folder = folderOf({
    'suite.yaml': suiteWith({ include: '[voices/tts.yaml]' }),
    'voices/tts.yaml': 'models: { tts: { engine: command, command: [speak, --wav], rate: 22050 } }',
  })
  const loaded = await loadIn(folder)
  expect('document' in loaded && loaded.document.models.tts).toMatchObject({
    command: ['speak', '--wav'],
    rate: 22_050,
    cwd: resolve(folder, 'voices'),
  })
})

test('when to hear may be said without naming an engine', async () => {
  const { models, hear } = await documentOf(suiteWith({ models: '{ stt: { hear: claimed } }' }))
  expect({ stt: models.stt, hear }).toEqual({ stt: undefined, hear: 'claimed' })
})

test.each([
  ['{ tts: { engine: flite, base_url: "http://h" } }', ['KEY_UNKNOWN suite.yaml: base_url']],
  ['{ tts: { engine: sherpa, model: kokoro } }', ['KEY_UNKNOWN suite.yaml: model', 'KEY_MISSING suite.yaml: sherpa']],
  ['{ stt: { engine: openai } }', ['KEY_MISSING suite.yaml: openai', 'KEY_MISSING suite.yaml: openai']],
  ['{ stt: { language: en } }', ['KEY_MISSING suite.yaml: { language: en }']],
  ['{ stt: { engine: flite } }', ['VALUE_UNKNOWN suite.yaml: flite']],
  ['{ stt: { engine: sherpa, models: m, voice: alloy } }', ['KEY_UNKNOWN suite.yaml: voice']],
  ['{ tts: { engine: command, preset: pocketsphinx } }', ['VALUE_UNKNOWN suite.yaml: pocketsphinx']],
  ['{ tts: {} }', ['KEY_MISSING suite.yaml: tts']],
  ['{ tts: { engine: openai, base_url: "http://h", model: m, api_key: "a\\nb" } }', ['HEADER_VALUE_INVALID suite.yaml: "a\\nb"']],
])('%s is refused where it is wrong', async (models, told) => {
  expect(described(diagnosticsOf(await loadText(suiteWith({ models }))))).toEqual(told)
})

test('what an engine is called with is secret by its place', async () => {
  const text = suiteWith({
    models:
      '{ tts: { engine: openai, base_url: "${VOICE_URL}", model: m, api_key: "${VOICE_LOGIN}", headers: { Authorization: "Bearer ${VOICE_PASS_PHRASE}" } } }',
  })
  const { secrets } = await documentOf(text, {
    VOICE_URL: 'https://user:pass-phrase@voice.example/v1',
    VOICE_LOGIN: 'abcdefgh-1',
    VOICE_PASS_PHRASE: 'abcdefgh-2',
  })
  expect(secrets.map(({ name, because }) => `${name} ${'place' in because ? because.place : because.kind}`)).toEqual([
    'VOICE_URL url',
    'VOICE_LOGIN models.tts.api_key',
    'VOICE_PASS_PHRASE models.tts.headers.Authorization',
  ])
})
