import { suiteTemplates, type TextUse, type Tidy } from '../../adapters/exchange/tidy.js'
import { templateName } from '../../adapters/exchange/draft-test-profile.js'
import { diagnose } from '../../domain/diagnostic.js'
import { quote } from '../../domain/message-words.js'
import { carriesWords, textOfTag } from '../../domain/sound-tag.js'
import type { ParsedPart } from '../../pipeline/load/utterance/stretch.js'
import { parseUtterance } from '../../pipeline/load/utterance/parse-utterance.js'

/** Removes from a text what a suite does not accept. */
export const tidyText: Tidy = (text, use) => {
  let tidied = text.replaceAll('\r\n', '\n')
  const lost = new Set<string>()
  // Each removal can create text that the other one has to remove, so both repeat until nothing changes.
  for (let before; before !== tidied;) {
    before = tidied
    for (const tidy of use === 'words' ? [tidyTemplates] : [tidyTemplates, tidyTags]) {
      const each = tidy(tidied, use)
      tidied = each.text
      for (const message of each.lost) lost.add(message)
    }
  }
  return { text: tidied, lost: [...lost] }
}

type Tidied = ReturnType<Tidy>

function tidyTemplates(text: string): Tidied {
  if (!text.includes('{{')) return { text, lost: [] }
  const lost: string[] = []
  let tidied = text
  // A broken brace can meet another one and form a new opening, so this repeats until nothing changes.
  for (let before = ''; before !== tidied;) {
    before = tidied
    tidied = before.replaceAll(/\{\{([^{}]*)(\}\})?/g, (whole, inner: string, end: string | undefined) => {
      const name = inner.trim()
      if (end !== undefined && suiteTemplates.includes(name)) return whole
      const variable = end === undefined ? undefined : templateName(name)
      if (variable !== undefined) return `{{test_profile.${variable}}}`
      lost.push(`There is no value for ${quote(whole)}. The caller now says it literally, in other brackets.`)
      return end === undefined ? `{ {${inner}` : `[${name}]`
    })
  }
  return { text: tidied, lost }
}

function tidyTags(text: string, use: TextUse): Tidied {
  const lost: string[] = []
  let tidied = text
  let hasHadSound = false
  // Once an opening tag is gone, its closing tag is a new mistake. Each round removes at least one tag.
  for (;;) {
    const { parts, mistakes } = parseUtterance(tidied, use === 'follow_up')
    const findings = mistakes.map(mistake => ({ ...mistake, ...diagnose(mistake.code, mistake.details as never) }))
    const errors = firstOfEachTag(findings.filter(({ severity }) => severity === 'error'))
    const loud = parts.filter(isLoud)
    if (errors.length === 0 && loud.length > 0) {
      hasHadSound = true
      for (const part of loud.toReversed()) {
        lost.push(...lossOf(part, tidied))
        tidied = inWords(part, tidied)
      }
      continue
    }
    if (errors.length === 0) {
      if ((parts.length > 0 || hasHadSound) && parts.every(({ type }) => type === 'sound' || type === 'sound_end')) {
        lost.push('It only makes a sound; the caller is also silent for a moment, which text can carry too.')
        tidied += ' <silence time="1s"/>'
      }
      return { text: tidied === text ? text : tidied.trim(), lost }
    }
    for (const { start, end, message } of errors) {
      lost.push(`Left out: ${tidied.slice(start, end)}. ${message}`)
      const before = tidied.slice(0, start)
      tidied = before + (/(^|\s)$/.test(before) ? tidied.slice(end).trimStart() : tidied.slice(end))
    }
  }
}

type LoudPart = Extract<ParsedPart, { type: 'sound' }>

/** Whether a part has words that only sound can carry. An imported suite reaches its agent in text, which would lose them. */
function isLoud(part: ParsedPart): part is LoudPart {
  return part.type === 'sound' && carriesWords(part)
}

function lossOf(part: LoudPart, text: string): string[] {
  const tag = text.slice(part.at.start, part.at.end)
  if (part.tag === 'audio') return [`Left out: ${tag}. Only sound can carry a recording.`]
  return [`In place of ${tag} the caller says its words plainly: only sound can carry <${part.tag}>.`]
}

/** The text with the words of a tag in its place. */
function inWords(part: LoudPart, text: string): string {
  const { start, end } = part.at
  const words = textOfTag(part)
  const after = text.slice(end)
  const isOpening = words === undefined && part.tag !== 'audio'
  return text.slice(0, start) + (words ?? '') + (isOpening ? after.replace(new RegExp(`</${part.tag}\\s*>`), '') : after)
}

/** Last to first, so that removing one leaves the other offsets valid. */
function firstOfEachTag<Mistake extends { readonly start: number }>(mistakes: readonly Mistake[]): Mistake[] {
  const first = new Map(mistakes.toReversed().map(mistake => [mistake.start, mistake]))
  return [...first.values()].toSorted((a, b) => b.start - a.start)
}
