import { Place } from '../../../../src/domain/place.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { faultOf, partyAtFault, type Fault, type FaultCode } from '../../../../src/domain/fault.js'
import { callFaults } from '../../../../src/domain/faults/call-faults.js'
import { cassetteFaults } from '../../../../src/domain/faults/cassette-faults.js'
import { connectionFaults } from '../../../../src/domain/faults/connection-faults.js'
import { lineFaults } from '../../../../src/domain/faults/line-faults.js'
import { modelFaults } from '../../../../src/domain/faults/model-faults.js'
import { programFaults } from '../../../../src/domain/faults/program-faults.js'
import { replyFaults } from '../../../../src/domain/faults/reply-faults.js'
import { speechFaults } from '../../../../src/domain/faults/speech-faults.js'
import { serviceFaults } from '../../../../src/domain/faults/service-faults.js'
import { soundFaults } from '../../../../src/domain/faults/sound-faults.js'
import { telephonyFaults } from '../../../../src/domain/faults/telephony-faults.js'

const src = new URL('../../../../', import.meta.url).pathname

/** What every entry can be made with; each takes what it needs. */
const parameters = {
  place: new Place('http://agent/chat'),
  entry: 'tape.jsonl:3',
  agent: 'clinic',
  reason: 'the reason',
  problem: 'expired',
  code: 'ECODE',
  status: 429,
  phrase: 'Too Many Requests',
  body: 'slow down',
  location: '',
  retryAfterMs: 2000,
  withinMs: 1500,
  ms: 1500,
  bytes: 4_194_304,
  messages: 2000,
  most: 20_000,
  noun: 'agent',
  told: 77,
  asked: 1,
  said: 'finish_reason: length',
  cutOff: 'length',
  calls: 1000,
  text: '<html>',
  pointer: '/reply',
  seen: 'there is nothing',
  times: 20,
  why: 'content is not text',
  what: 'a number',
  mistakes: 'A scenario is missing.',
  how: 'ended with exit code 1',
  output: 'it failed.',
  ready: 'http://127.0.0.1:8800/',
  port: 8800,
  exitCode: 127,
  role: 'caller',
  speech: 'tts',
  voice: 'amy',
  known: ['joe', 'mary'],
  seconds: 1.5,
  rate: 44_100,
  channels: 2,
  next: 'Set models.tts.voice.',
  ways: 'Install an engine.',
  purpose: 'the next words',
  words: 'no',
  marks: 10_000,
  wrong: 'it is empty',
  model: 'small',
  keyName: 'MODEL_KEY',
  fix: undefined,
  maxTokens: 10,
  limit: 600,
  counted: 512,
  fewest: 640,
  message: 'There is no answer.',
  file: 'tape.jsonl',
  miss: 'There is no answer.',
  run: 12,
  error: 'overloaded',
  where: 'result 3 at https://service/',
  trouble: undefined,
  outcome: 'unscored',
  tool: 'book',
  detail: 'Error.',
  name: 'CALLSHEET_SECRET',
  variable: 'HTTP_PROXY',
  coding: 'gzip',
  refused: { message: 'http://agent/chat answered 429.', status: 429, retryAfterMs: 2000 },
  longestMs: 120_000,
  waitMs: 999_000,
  names: ['MODEL_KEY'],
  kind: 'Twilio media stream',
  reports: 3,
  discord: 'no codec',
  srtp: 'off',
  hasPassword: true,
  asks: undefined,
  datagramBytes: 1500,
  unread: 'its length is no number',
  other: '+15555550177',
  elsewhere: '+15555550112',
  trunk: 'main',
  cause: 'session_expired',
  number: '+19005550100',
  lacking: 'a line',
  contact: 'sip:desk@elsewhere',
  ports: { first: 10_000, last: 10_100 },
} as const

const catalogues = {
  callFaults,
  cassetteFaults,
  connectionFaults,
  lineFaults,
  modelFaults,
  programFaults,
  replyFaults,
  serviceFaults,
  speechFaults,
  soundFaults,
  telephonyFaults,
}
const entries = Object.entries(catalogues).flatMap(([catalogue, faults]) =>
  Object.entries(faults).map(([name, make]) => [`${catalogue}.${name}`, (make as (p: unknown) => Fault)(parameters)] as const),
)

test.each(entries)('%s is a sentence, and names everything it was given', (_name, { by, code, message }) => {
  expect(by).toBe(partyAtFault[code])
  expect(message).toMatch(/^[A-Zh]/)
  expect(message).not.toMatch(/undefined|\[object|\n| {2}|\.\./)
  expect(message).toMatch(/[.)]$/)
})

test('every code has its sentence in a catalogue', () => {
  expect(new Set(entries.map(([, { code }]) => code.replace('judge_', 'caller_').replace('stt', 'tts')))).toEqual(
    new Set(Object.keys(partyAtFault).filter(code => code !== 'judge_model' && code !== 'stt')),
  )
})

test("a model's faults are those of its role", () => {
  expect(
    modelFaults.timedOut({
      role: 'judge',
      purpose: 'the outcome',
      place: new Place('http://model/'),
      withinMs: 1000,
      hasBegun: false,
      wasAlone: false,
    }),
  ).toMatchObject({
    by: 'infra',
    code: 'judge_model',
    message:
      "The judge's model at http://model/ did not answer within 1 s (the outcome). Lower limits.concurrency of the suite, so that fewer runs wait for it, or raise models.judge.timeout.",
  })
})

describe('a fault', () => {
  test('has the details that are known, and no others', () => {
    expect(faultOf('closed', 'It closed.', { status: 1011, retryAfterMs: undefined, isFinal: false })).toEqual({
      by: 'agent',
      code: 'closed',
      message: 'It closed.',
      status: 1011,
    })
  })

  test('has a code that the schema of reports knows', () => {
    const schema = JSON.parse(readFileSync(join(src, 'schemas/report.schema.json'), 'utf8')) as {
      $defs: { fault: { properties: { code: { enum: FaultCode[] } } } }
    }
    expect(schema.$defs.fault.properties.code.enum).toEqual(Object.keys(partyAtFault))
  })
})

test('messages that reach clients of the API name no option of the command line, except one of a model server', () => {
  const ofServer = entries.filter(([name]) => !name.startsWith('cassetteFaults.'))
  expect(ofServer.filter(([, { message }]) => / --\w/.test(message.replace('vLLM: --max-model-len', ''))).map(([name]) => name)).toEqual([])
})
