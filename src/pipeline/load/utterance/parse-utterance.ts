import { addAll } from '../../../domain/add-all.js'
import type { DetailsOf } from '../../../domain/diagnostic.js'
import { spelledOut } from '../../../domain/spelled-out.js'
import { areTelephoneKeys, withoutFormatting } from '../../../domain/utterance.js'
import type { SoundTagName } from '../../../domain/sound-tag.js'
import type { TextPart } from '../../../domain/utterance.js'
import { nearest } from '../nearest.js'
import { parseDuration } from '../resolve/read-duration.js'
import { EndOfCall } from './end-of-call.js'
import { readTag, type Tag } from './read-tag.js'
import { createStretch, type Offsets, type ParsedPart } from './stretch.js'
import { enclosesWords, isSoundTag, readSound, soundExample, soundTagNames } from './sound-forms.js'

/** A mistake in the caller's text. Offsets refer to that text. */
export type UtteranceMistake = Offsets &
  {
    readonly [Code in MistakeCode]: { readonly code: Code; readonly details: DetailsOf<Code> }
  }[MistakeCode]

type MistakeCode =
  | 'TAG_AFTER_ENDCALL'
  | 'TAG_ATTRIBUTE'
  | 'TAG_CROSSED'
  | 'TAG_INTERRUPTION_PLACE'
  | 'TAG_MALFORMED'
  | 'TAG_NEEDS_ONE'
  | 'TAG_NOT_CLOSED'
  | 'TAG_NOT_OPENED'
  | 'TAG_SELF_CLOSING'
  | 'TAG_SPELL_TEMPLATE'
  | 'TAG_TOO_LONG'
  | 'UTTERANCE_TAG_UNKNOWN'
  | 'TAG_VALUE'

interface ParsedUtterance {
  readonly parts: readonly ParsedPart[]
  readonly mistakes: readonly UtteranceMistake[]
}

/** Self-closing tags, each with its one required attribute. */
const acts = {
  silence: { attribute: 'time', example: '<silence time="2s"/>' },
  hold: { attribute: 'time', example: '<hold time="2s"/>' },
  interruption: { attribute: 'time', example: '<interruption time="3s"/>' },
  dtmf: { attribute: 'digits', example: '<dtmf digits="12#"/>' },
  endcall: { attribute: undefined, example: '<endcall/>' },
} as const

type Act = keyof typeof acts

const knownTags: readonly string[] = [...Object.keys(acts), 'spell', ...soundTagNames]

/**
 * Parses the caller's text: words, and tags between them.
 *
 * A `<` that begins no tag is an ordinary character. Words separated only by sound tags keep the blanks between them, so
 * that they become one text again without the tags.
 *
 * @param followUp  Whether the text follows another step rather than the agent; only then may it begin with an interruption.
 * @param longestMs  How long the conversation may last, which ends any longer wait.
 */
export function parseUtterance(text: string, followUp: boolean, longestMs = Infinity): ParsedUtterance {
  const mistakes: UtteranceMistake[] = []
  const parts: ParsedPart[] = []
  const stretch = createStretch()
  const open: Tag[] = []
  /** Tags that should have closed themselves; their closing tags are not a second mistake. */
  const forgiven = new Set<string>()
  let wordsFrom = 0
  const call = new EndOfCall()

  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', Math.max(at + 1, wordsFrom))) {
    const tag = readTag(text, at)
    if (!tag || !isMeant(tag)) continue
    addWords(at)
    wordsFrom = tag.end
    readMeant(tag)
  }
  addWords(text.length)
  for (const tag of open) complain(tag, 'TAG_NOT_CLOSED', { tag: tag.name })
  flush()
  if (call.late) mistakes.push({ code: 'TAG_AFTER_ENDCALL', details: {}, ...call.late })
  return { parts, mistakes }

  function readMeant(tag: Tag) {
    if (!tag.wellFormed) complain(tag, 'TAG_MALFORMED', { tag: tag.name, example: exampleOf(tag.name) })
    else if (!knownTags.includes(tag.name)) {
      complain(tag, 'UTTERANCE_TAG_UNKNOWN', { tag: tag.name, known: knownTags, nearest: nearest(tag.name, knownTags) })
    } else if (tag.kind === 'closing') close(tag)
    else if (isAct(tag.name)) act(tag, tag.name)
    else if (isSoundTag(tag.name)) sound(tag, tag.name)
    else {
      if (tag.name === 'spell' && /^[^<]*\{\{/.test(text.slice(tag.end))) complain(tag, 'TAG_SPELL_TEMPLATE', {})
      if (tag.kind === 'opening') open.push(tag)
    }
  }

  function close(tag: Tag) {
    if (forgiven.delete(tag.name)) return
    const from = open.findLastIndex(({ name }) => name === tag.name)
    if (from === -1) complain(tag, 'TAG_NOT_OPENED', { tag: tag.name })
    else {
      const inner = open.at(-1)
      if (inner && inner.name !== tag.name) complain(tag, 'TAG_CROSSED', { tag: tag.name, inner: inner.name })
      open.splice(from, 1)
      if (isSoundTag(tag.name)) stretch.add({ type: 'sound_end', tag: tag.name })
    }
  }

  function sound(tag: Tag, name: SoundTagName) {
    const read = readSound(name, tag)
    const at = { start: tag.start, end: tag.end }
    if ('mistake' in read) mistakes.push({ ...read.mistake, ...at })
    else {
      stretch.add({ type: 'sound', at, ...read.sound })
      call.noteSound(read.sound, at)
    }
    if (tag.kind !== 'opening') return
    if (enclosesWords(name)) open.push(tag)
    else forgiven.add(name)
  }

  function act(tag: Tag, name: Act) {
    const { attribute, example } = acts[name]
    if (tag.kind === 'opening') {
      forgiven.add(name)
      complain(tag, 'TAG_SELF_CLOSING', { tag: name, example })
    }
    flush()
    const value = attribute && tag.attributes.get(attribute)
    const part = partOf(name, value)
    if (part && 'ms' in part && part.ms > longestMs) complain(tag, 'TAG_TOO_LONG', { tag: name, ms: part.ms, longestMs })
    const unknown = [...tag.attributes.keys()].find(given => given !== attribute)
    if (unknown !== undefined) complain(tag, 'TAG_ATTRIBUTE', { tag: name, attribute: unknown, example })
    else if (!part) complain(tag, 'TAG_VALUE', { tag: name, attribute: attribute ?? '', value, example })
    else if (part.type === 'interruption' && (!followUp || parts.some(({ type }) => type !== 'sound' && type !== 'sound_end'))) {
      complain(tag, 'TAG_INTERRUPTION_PLACE', {})
    } else if (!call.isPast) parts.push(part)
    if (name === 'endcall') call.isPast = true
    else call.note(tag)
  }

  /** Adds the words since the last tag. */
  function addWords(to: number) {
    const added = text.slice(wordsFrom, to)
    if (added === '') return
    call.noteWords(added, wordsFrom)
    const isSpelled = open.some(({ name }) => name === 'spell') && !added.includes('{{')
    stretch.say(isSpelled ? spelledOut(added) : added)
  }

  function flush() {
    if (!call.isPast) addAll(parts, stretch.take())
  }

  function complain<Code extends MistakeCode>({ start, end }: Tag, code: Code, details: DetailsOf<Code>) {
    mistakes.push({ code, details, start, end } as UtteranceMistake)
  }
}

function partOf(name: Act, value: string | undefined): TextPart | undefined {
  if (name === 'endcall') return { type: 'endcall' }
  if (value === undefined) return undefined
  if (name === 'dtmf') {
    const isDigits = withoutFormatting(value) !== '' && areTelephoneKeys(withoutFormatting(value.replaceAll(/\{\{[^{}]*\}\}/g, '')))
    return isDigits ? { type: 'dtmf', digits: value.includes('{{') ? value : withoutFormatting(value) } : undefined
  }
  const ms = parseDuration(value)
  return ms === undefined ? undefined : { type: name, ms }
}

/** Whether angle brackets are a tag of ours rather than words: the name is known or resembles one, or the tag closes itself. */
function isMeant({ name, kind, wellFormed }: Tag): boolean {
  if (knownTags.includes(name)) return true
  return wellFormed && (kind === 'alone' || nearest(name, knownTags) !== undefined)
}

function isAct(name: string): name is Act {
  return Object.hasOwn(acts, name)
}

function exampleOf(name: string): string {
  if (isSoundTag(name)) return soundExample(name)
  return isAct(name) ? acts[name].example : `<${name}>...</${name}>`
}
