import { resolve } from 'node:path'
import type { Hearing } from '../../../domain/hearing.js'
import type { SpeechPrices as RawPrices, Stt as RawStt, Tts as RawTts } from '../../../domain/generated/suite.js'
import {
  speechDefaults,
  type SpeechEngine,
  type SpeechPreset,
  type SpeechRole,
  type SpeechSettings,
} from '../../../domain/speech-settings.js'
import type { DetectorName } from '../../../domain/sound.js'
import type { Context } from '../context.js'
import { given, type Loose } from '../loose.js'
import type { Sections } from '../merge-sections.js'
import type { LoadedFile } from '../read/read-files.js'
import { checkAddress, checkHeaderNames, checkHeaderValues } from './check-address.js'
import { readDuration } from './read-duration.js'

/** Any setting of a speech engine. Those of the other role or of other engines are reported before they are read. */
type Raw = Loose<Omit<Partial<RawTts> & RawStt, 'engine' | 'preset'>> & {
  readonly engine?: SpeechEngine | undefined
  readonly preset?: SpeechPreset | undefined
}

/** The settings that belong to one engine: those it needs, and those it may have. All others belong to every engine. */
const ownKeys: Readonly<Record<SpeechEngine, { readonly needs: readonly string[]; readonly may: readonly string[] }>> = {
  openai: { needs: ['base_url', 'model'], may: ['api_key', 'headers', 'rate'] },
  sherpa: { needs: ['models'], may: [] },
  command: { needs: [], may: ['command', 'preset', 'models', 'rate'] },
  flite: { needs: [], may: [] },
}
const someKeys = new Set(Object.values(ownKeys).flatMap(({ needs, may }) => [...needs, ...may]))

/** What speaks and what hears in a suite's calls, and when it hears. */
export function resolveSpeech(
  { models }: Pick<Sections, 'models'>,
  files: readonly LoadedFile[],
  context: Context,
): {
  readonly engines: { readonly tts?: SpeechSettings; readonly stt?: SpeechSettings }
  readonly hear: Hearing | undefined
  readonly detector: DetectorName | undefined
} {
  const { tts, stt } = models
  return {
    engines: given({
      tts: tts && resolveEngine('tts', tts, files, context),
      stt: stt && resolveEngine('stt', stt, files, context),
    }),
    hear: stt?.hear,
    detector: stt?.detector,
  }
}

function resolveEngine(role: SpeechRole, raw: Raw, files: readonly LoadedFile[], context: Context): SpeechSettings | undefined {
  const { engine } = raw
  if (engine === undefined) {
    // What is said of hearing alone leaves the engine to the machine.
    if (Object.keys(raw).some(key => key !== 'hear' && key !== 'detector')) {
      const details = { key: 'engine', of: 'hearing engine', description: undefined, example: 'sherpa' }
      if (!('engine' in raw)) context.problems.report('KEY_MISSING', details, context.places.whole(raw))
    }
    return undefined
  }
  checkKeys(raw, engine, context)
  checkAddress(raw, 'base_url', context)
  checkHeaderNames(raw, context)
  checkHeaderValues(raw, ['api_key'], context)
  checkHeaderValues(raw.headers ?? {}, Object.keys(raw.headers ?? {}), context)
  const { voice, speed, language, retries, limits = {}, prices, rate, preset } = raw
  const any = {
    role,
    at: context.places.value(raw, 'engine'),
    timeoutMs: readDuration(raw, 'timeout', context) ?? speechDefaults.timeoutMs,
    retries: retries ?? speechDefaults.retries,
    limits: given({ concurrency: limits.concurrency, requestsPerMinute: limits.requests_per_minute }),
    ...given({ voice, speed, language, prices: prices && readPrices(prices) }),
  }
  const folder = (key: string): string =>
    files.find(({ source }) => source === context.places.value(raw, key).file)?.base ?? context.territory.root
  const models = raw.models === undefined ? undefined : resolve(folder('models'), raw.models)
  switch (engine) {
    case 'openai':
      return {
        ...any,
        engine,
        baseUrl: (raw.base_url ?? '').replace(/\/+$/, ''),
        model: raw.model ?? '',
        headers: given(raw.headers ?? {}) as Readonly<Record<string, string>>,
        ...given({ apiKey: raw.api_key, rate }),
      }
    case 'sherpa':
      return { ...any, engine, models: models ?? '' }
    case 'command': {
      const command = raw.command as string | readonly string[] | undefined
      return { ...any, engine, cwd: folder('command'), ...given({ command, preset, models, rate }) }
    }
    default:
      return { ...any, engine }
  }
}

/** Reports settings of other engines, and those that are missing. */
function checkKeys(raw: Raw, engine: SpeechEngine, { places, problems }: Context): void {
  const { needs, may } = ownKeys[engine]
  const own = [...needs, ...may]
  const of = `${engine} engine`
  for (const key of Object.keys(raw)) {
    if (!someKeys.has(key) || own.includes(key)) continue
    problems.report('KEY_UNKNOWN', { key, of, known: own, nearest: undefined }, places.key(raw, key))
  }
  for (const key of needs) {
    if (!(key in raw)) {
      problems.report('KEY_MISSING', { key, of, description: undefined, example: undefined }, places.value(raw, 'engine'))
    }
  }
  if (engine === 'command' && 'command' in raw === 'preset' in raw) {
    problems.report('SPEECH_PROGRAM', { both: 'command' in raw }, places.value(raw, 'engine'))
  }
}

function readPrices({ per_character: perCharacter, per_second: perSecond }: Loose<RawPrices>): SpeechSettings['prices'] {
  return given({ perCharacter, perSecond })
}
