import type { DetailsOf } from '../../../domain/diagnostic.js'
import type { Scope, SoundTag, SoundTagName } from '../../../domain/sound-tag.js'
import { parseDuration } from '../resolve/read-duration.js'
import type { Tag } from './read-tag.js'

/** The syntax of a sound tag. */
interface Form {
  readonly example: string
  /**
   * Its attributes, except `text`: the domain's key and the reader of each. The reader returns `undefined` for an invalid
   * value.
   */
  readonly attributes: Readonly<Record<string, readonly [key: string, read: (text: string) => unknown]>>
  /** Required attributes. */
  readonly needs?: readonly string[]
  /** How many of its attributes are required: exactly one, or at least one. */
  readonly needsOne?: 'exactly' | 'at least'
  readonly needsWords?: true
  /** Whether it covers words, and whether these may be in its own `text`. Without it, the tag is self-closing. */
  readonly scope?: 'words' | 'words or text'
}

const anyText = (text: string): string | undefined => (text.trim() === '' ? undefined : text)

const forms: Readonly<Record<SoundTagName, Form>> = {
  speed: { example: '<speed ratio="1.1"/>', attributes: { ratio: ['ratio', between(0.1, 2)] }, needs: ['ratio'], scope: 'words or text' },
  volume: { example: '<volume ratio="0.5"/>', attributes: { ratio: ['ratio', between(0, 2)] }, needs: ['ratio'], scope: 'words or text' },
  voice: {
    example: '<voice id="rachel" text="Hello."/>',
    attributes: { id: ['id', anyText], provider: ['provider', anyText], model: ['model', anyText] },
    needs: ['id'],
    scope: 'words or text',
  },
  background_noise: {
    example: '<background_noise sound="street" volume="0.3">...</background_noise>',
    attributes: { sound: ['sound', anyText], volume: ['volume', between(0, 1)] },
    needs: ['sound'],
    scope: 'words',
  },
  noise: {
    example: '<noise sound="beep"/>',
    attributes: { sound: ['sound', anyText], volume: ['volume', between(0, 1)], time: ['ms', milliseconds] },
    needs: ['sound'],
  },
  audio: { example: '<audio file="greeting.wav"/>', attributes: { id: ['id', anyText], file: ['file', anyText] }, needsOne: 'exactly' },
  network_simulation: {
    example: '<network_simulation packet_loss="5" latency="200"/>',
    attributes: { packet_loss: ['packetLoss', percent], jitter: ['jitterMs', milliseconds], latency: ['latencyMs', milliseconds] },
    needsOne: 'at least',
    scope: 'words',
  },
  ivr: { example: '<ivr text="For sales, press 1."/>', attributes: {}, needsWords: true, scope: 'words or text' },
  voicemail: { example: '<voicemail text="Leave a message."/>', attributes: {}, needsWords: true, scope: 'words or text' },
  ignore_interruptions: { example: '<ignore_interruptions>...</ignore_interruptions>', attributes: {}, scope: 'words' },
}

export const soundTagNames = Object.keys(forms) as SoundTagName[]

export function isSoundTag(name: string): name is SoundTagName {
  return Object.hasOwn(forms, name)
}

export function soundExample(name: SoundTagName): string {
  return forms[name].example
}

/** Whether a tag can enclose words. */
export function enclosesWords(name: SoundTagName): boolean {
  return forms[name].scope !== undefined
}

/** A mistake in a sound tag. */
export type SoundMistake = {
  readonly [Code in 'TAG_ATTRIBUTE' | 'TAG_NEEDS_ONE' | 'TAG_SELF_CLOSING' | 'TAG_VALUE']: {
    readonly code: Code
    readonly details: DetailsOf<Code>
  }
}['TAG_ATTRIBUTE' | 'TAG_NEEDS_ONE' | 'TAG_SELF_CLOSING' | 'TAG_VALUE']

/** Reads a sound tag, or the mistake in it. */
export function readSound(
  name: SoundTagName,
  { kind, attributes }: Tag,
): { readonly sound: SoundTag } | { readonly mistake: SoundMistake } {
  const form = forms[name]
  const about = { tag: name, example: form.example }
  const wrongValue = (attribute: string, value: string | undefined): { readonly mistake: SoundMistake } => ({
    mistake: { code: 'TAG_VALUE', details: { ...about, attribute, value } },
  })

  const values: Record<string, unknown> = {}
  for (const [attribute, value] of attributes) {
    if (attribute === 'text' && form.scope === 'words or text') continue
    const known = Object.hasOwn(form.attributes, attribute) ? form.attributes[attribute] : undefined
    if (!known) return { mistake: { code: 'TAG_ATTRIBUTE', details: { ...about, attribute } } }
    const [key, read] = known
    values[key] = read(value)
    if (values[key] === undefined) return wrongValue(attribute, value)
  }
  const missing = form.needs?.find(attribute => !attributes.has(attribute))
  if (missing !== undefined) return wrongValue(missing, undefined)
  const given = Object.keys(values).length
  if (form.needsOne && (given === 0 || (form.needsOne === 'exactly' && given > 1))) {
    return { mistake: { code: 'TAG_NEEDS_ONE', details: { ...about, attributes: Object.keys(form.attributes) } } }
  }

  const text = attributes.get('text')
  if (kind !== 'alone' && (text !== undefined || !form.scope)) return { mistake: { code: 'TAG_SELF_CLOSING', details: about } }
  if (text?.trim() === '') return wrongValue('text', text)
  // An announcement consists only of its words.
  if (kind === 'alone' && text === undefined && form.needsWords) return wrongValue('text', undefined)
  const scope: Scope = text !== undefined ? { text } : kind === 'alone' ? 'rest' : 'enclosed'
  return { sound: { tag: name, ...values, ...(form.scope && { scope }) } as SoundTag }
}

function between(least: number, most: number): (text: string) => number | undefined {
  return text => {
    const number = /^(\d+(\.\d+)?|\.\d+)$/.test(text) ? Number(text) : NaN
    return number >= least && number <= most ? number : undefined
  }
}

/** `5` and `5%` are 0.05. */
function percent(text: string): number | undefined {
  const number = between(0, 100)(text.replace(/%$/, ''))
  return number === undefined ? undefined : number / 100
}

/** A duration; a bare number is milliseconds. */
function milliseconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? parseDuration(`${text}ms`) : parseDuration(text)
}
