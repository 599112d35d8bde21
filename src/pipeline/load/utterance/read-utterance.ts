import { textsIn } from '../../../domain/fill-in-checks.js'
import { isWaveFile } from '../../../domain/noise.js'
import { soundNamed, type SoundPart } from '../../../domain/sound-tag.js'
import type { Utterance } from '../../../domain/utterance.js'
import type { Context } from '../context.js'
import { nearest } from '../nearest.js'
import { findRecording } from '../resolve/find-recording.js'
import { parseUtterance } from './parse-utterance.js'

/** Which templates a scenario's text may use. */
export interface Speaker {
  /** Whether `{{scenario.id}}` has a value. */
  readonly hasId: boolean
  /** For texts shared by all runs of a case, such as its expected outcome: `{{run.key}}` has no value there. */
  readonly isOfCase?: true
}

/** A speaker whose sounds may be files. */
export interface SoundingSpeaker extends Speaker {
  /** The folder of the suite's file, which paths are relative to. */
  readonly base: string
  /** How long its conversation may last. */
  readonly maxDurationMs: number
}

/**
 * Reads the caller's text, with tags and templates, and reports each mistake at its own place. Whether a sound's file is there only matters to
 * calls, so the plan stage reports that.
 */
export function readUtterance<Key extends string>(
  map: { readonly [Name in Key]?: string | undefined },
  key: Key,
  context: Context,
  { hasId, base, maxDurationMs, followUp = false }: SoundingSpeaker & { readonly followUp?: boolean },
): Utterance {
  const text = map[key]
  if (text === undefined) return []
  const { parts, mistakes } = parseUtterance(text, followUp, maxDurationMs)
  const { places, problems } = context
  for (const { code, details, start, end } of mistakes) {
    problems.report(code, details, places.part(map, key, { text, start, end }))
  }
  checkTemplates(map, key, context, { hasId })
  return parts.map(part =>
    part.type === 'sound' ? { ...part, ...fileOf(part, base, context), at: places.part(map, key, { text, ...part.at }) } : part,
  )
}

/** The file of a sound, if it is one and is there. */
function fileOf(tag: SoundPart<unknown>, base: string, { territory: { root, isOnDisk } }: Context): { readonly path?: string } {
  const name = soundNamed(tag)
  if (!isOnDisk || name === undefined || !isWaveFile(name)) return {}
  const { path, problem } = findRecording(name, base, root)
  return problem ? {} : { path }
}

const known: readonly string[] = ['run.key', 'scenario.key', 'scenario.id', 'scenario.name', 'personality.name', 'personality.language']

/** Reports `{{names}}` that no run could fill in. The plan stage checks the variables of test profiles. */
export function checkTemplates<Key extends string>(
  map: { readonly [Name in Key]?: string | number | undefined },
  key: Key,
  { places, problems }: Context,
  { hasId, isOfCase }: Speaker,
) {
  const text = String(map[key] ?? '')
  if (!text.includes('{{')) return
  const filled = isOfCase ? known.filter(each => each !== 'run.key') : known
  for (const match of text.matchAll(/\{\{([^{}]*)(\}\})?/g)) {
    const name = (match[1] ?? '').trim()
    const at = () => places.part(map, key, { text, start: match.index, end: match.index + match[0].length })
    if (match[2] === undefined) problems.report('TEMPLATE_NOT_CLOSED', {}, at())
    else if (name === 'scenario.id' && !hasId) problems.report('TEMPLATE_NO_ID', {}, at())
    else if (!filled.includes(name) && !/^test_profile\.[\w-]+$/.test(name)) {
      problems.report('TEMPLATE_UNKNOWN', { name, known: filled, nearest: nearestTemplate(name) }, at())
    }
  }
}

/** The same for a JSON value that all runs of a case share, at any depth, keys included. */
export function checkTemplatesIn(map: object, key: string, context: Context) {
  const value = (map as Readonly<Record<string, unknown>>)[key]
  if (typeof value === 'string') return checkTemplates({ [key]: value }, key, withPlaceOf(map, context), { hasId: true, isOfCase: true })
  for (const text of new Set(textsIn(value))) {
    checkTemplates({ [key]: text }, key, withPlaceOf(map, context), { hasId: true, isOfCase: true })
  }
}

/** A context in which everything of another map has the place of this one. */
function withPlaceOf(map: object, context: Context): Context {
  return { ...context, places: { ...context.places, part: (_container, key, stretch) => context.places.part(map, key, stretch) } }
}

function nearestTemplate(name: string): string | undefined {
  const [root = '', ...rest] = name.split('.')
  const isProfile = rest.length > 0 && !known.some(each => each.startsWith(`${root}.`)) && nearest(root, ['test_profile'])
  return isProfile ? `test_profile.${rest.join('.')}` : nearest(name, known)
}
