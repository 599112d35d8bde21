import type { Place } from '../place.js'
import { faultOf, type Fault } from '../fault.js'
import type { SpeechRole } from '../speech-settings.js'
import { fixTls, tlsFailed, type TlsFailure } from './tls-words.js'

/** What was to speak or to hear: an address without credentials and query, a program, or a model. */
export interface AskedEngine {
  readonly speech: SpeechRole
  readonly place: Place
}

/** ... and what a server answered instead. */
export interface EngineAnswered extends AskedEngine {
  readonly status: number
  readonly words: string
}

interface Printed {
  /** A program's last output, on one line; `''` if it printed nothing. */
  readonly output: string
}

/** Faults of speech engines. A fault is final (`isFinal`) if the engine would fail the same way again. */
export const speechFaults = {
  // a server refuses
  keyRefused: (p: EngineAnswered & { keyName: string | undefined }) => final(p, answered(p), `Correct ${keyOf(p)}.`),
  keyMissing: (p: EngineAnswered) => final(p, answered(p), `Give it a key with ${own(p)}.api_key.`),
  notPermitted: (p: EngineAnswered & { keyName: string | undefined }) => final(p, answered(p), `Check what ${keyOf(p)} may use.`),
  notFound: (p: EngineAnswered & { model: string }) =>
    final(p, answered(p), `Correct ${own(p)}.base_url, or ${own(p)}.model, which is ${p.model}.`),
  hasMoved: (p: EngineAnswered) => final(p, answered(p), `Put the address that it has moved to into ${own(p)}.base_url.`),
  refused: (p: EngineAnswered & { model: string; voice: string | undefined }) => {
    const { voice } = p
    if (p.speech === 'stt') return final(p, answered(p), `Check ${own(p)}.model, which is ${p.model}, and ${own(p)}.language.`)
    const check = voice === undefined ? `It was asked for no voice: set ${own(p)}.voice` : `Check the voice, which is ${voice}`
    return final(p, answered(p), `${check}, and ${own(p)}.model, which is ${p.model}.`)
  },

  // a server fails, for now
  tooManyRequests: (p: EngineAnswered) => fault(p, answered(p), `Lower ${own(p)}.limits to what the server allows.`),
  longWait: (p: EngineAnswered & { waitMs: number }) =>
    fault(
      p,
      `${answered(p)}, and asked to wait for ${Math.round(p.waitMs / 1000)} s (Retry-After)`,
      `Lower ${own(p)}.limits to what the server allows, or run again after that time.`,
    ),
  serverFailed: (p: EngineAnswered) => fault(p, answered(p), 'Check the server, then run again.'),
  timedOut: (p: AskedEngine & { withinMs: number; hasBegun: boolean }) =>
    fault(
      p,
      `did not answer within ${p.withinMs / 1000} s${p.hasBegun ? ': its answer began, and did not end' : ''}`,
      `Raise ${own(p)}.timeout, or lower ${own(p)}.limits.concurrency.`,
    ),

  noSilero: () =>
    faultOf(
      'stt',
      'The voice detector Silero has no model here. Put silero_vad.onnx into the folder that CALLSHEET_SPEECH_MODELS names, or change models.stt.detector.',
    ),

  // the connection
  tls: (p: AskedEngine & TlsFailure) => {
    const make = p.problem === 'cut_off' ? fault : final
    return make(p, `cannot be asked: ${tlsFailed(p)}`, fixTls(p, `${own(p)}.base_url`))
  },
  noSuchHost: (p: AskedEngine) => final(p, 'cannot be asked, because there is no such host', `Correct ${own(p)}.base_url.`),
  notListening: (p: AskedEngine) =>
    fault(p, 'cannot be asked, because nothing listens there', `Start the server, or correct ${own(p)}.base_url.`),
  lost: (p: AskedEngine & { reason: string }) =>
    fault(p, `was lost (${p.place.quote(p.reason, 200)})`, 'Check the server, and the network in between.'),

  // the answer cannot be used
  tooLarge: (p: AskedEngine & { most: number }) =>
    final(p, `answered more than ${p.most >> 20} MiB`, 'Check what it is asked for, or let the caller say less at a time.'),
  notSound: (p: AskedEngine & { problem: string; next: string }) =>
    final(p, `made no sound that can be read: its answer ${p.place.quote(p.problem, 200)}`, p.next),
  silent: (p: AskedEngine & { text: string; seconds: number }) =>
    fault(
      p,
      p.seconds === 0
        ? `made no sound of "${p.place.quote(p.text, 60)}"`
        : `made ${p.seconds.toFixed(1)} s of silence of "${p.place.quote(p.text, 60)}"`,
      `Check that ${own(p)}'s voice can speak this language, or use another one.`,
    ),
  notWords: (p: AskedEngine & { wrong: string }) =>
    final(p, `answered nothing that can be read as words: ${p.place.quote(p.wrong, 200)}`, `Check that ${own(p)} leads to speech-to-text.`),

  // a program
  programMissing: (p: AskedEngine & { next: string }) => final(p, 'was not found', p.next),
  programFailed: (p: AskedEngine & { how: string } & Printed) =>
    fault(p, p.how, p.output ? `It printed: ${p.output}` : 'It printed nothing.'),
  voiceMissing: (p: AskedEngine & { voice: string; known: readonly string[] }) =>
    final(p, `has no voice ${p.voice}`, p.known.length > 0 ? `Use one of ${listed(p.known)}.` : 'Use another one.'),

  // a model of this machine
  modelUnusable: (p: AskedEngine & { problem: string }) =>
    final(p, `cannot be used: ${p.place.quote(p.problem, 300)}`, `Correct ${own(p)}.models.`),

  // nothing to ask
  notInstalled: (p: { speech: SpeechRole; message: string }) => faultOf(p.speech, p.message, { isFinal: true }),
  noEngine: (p: { speech: SpeechRole; ways: string }) =>
    faultOf(
      p.speech,
      `${p.speech === 'tts' ? 'The caller has nothing to speak with' : 'Nothing is there to hear the agent with'}. ${p.ways}`,
      {
        isFinal: true,
      },
    ),
}

const nouns: Readonly<Record<SpeechRole, string>> = { tts: 'Text-to-speech', stt: 'Speech-to-text' }

type WithStatus = AskedEngine & { readonly status?: number }

function fault({ speech, place, status }: WithStatus, what: string, next: string, isFinal = false): Fault {
  return faultOf(speech, `${nouns[speech]} (${place.name}) ${what}. ${next}`, { status, isFinal })
}

function final(p: WithStatus, what: string, next: string): Fault {
  return fault(p, what, next, true)
}

function answered({ place, status, words }: EngineAnswered): string {
  return `answered ${status}${words && `, "${place.quote(words, 200)}"`}`
}

/** Where the suite describes the engine. */
function own({ speech }: { readonly speech: SpeechRole }): string {
  return `models.${speech}`
}

/** @param keyName  The environment variable that the key comes from, if any. */
function keyOf(p: AskedEngine & { keyName: string | undefined }): string {
  return `${own(p)}.api_key${p.keyName === undefined ? '' : ` (read from ${p.keyName})`}`
}

const mostListed = 12

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostListed).join(', ')
  return names.length > mostListed ? `${shown} and ${names.length - mostListed} more` : shown
}
