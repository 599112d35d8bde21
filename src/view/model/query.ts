import { caseStatusOf } from '../../domain/case-status.js'
import { titleOf } from '../../domain/case-title.js'
import type { ViewIndex } from './view-index.js'
import type { Row } from './rows.js'

/** What a list is filtered by: `is:failed tag:smoke said:"two o'clock" -refund`. */
export interface Query {
  readonly terms: readonly Term[]
  /** Words that were said somewhere in the conversation, in lower case. */
  readonly said: readonly string[]
  /** Parts that mean nothing here. */
  readonly unknown: readonly string[]
}

export interface Term {
  readonly key: TermKey
  /** In lower case. */
  readonly value: string
  readonly isNot: boolean
}

type TermKey = 'words' | 'is' | 'tag' | 'entry' | 'person' | 'profile' | 'cause' | 'tool' | 'latency'

const keys = ['is', 'tag', 'entry', 'person', 'profile', 'cause', 'tool', 'latency', 'said'] as const
export const states = ['failed', 'inconclusive', 'passed', 'flaky', 'not_run', 'retried', 'call', 'worse', 'waived'] as const

/** Reads a query. Nothing in it is an error: what means nothing is told. */
export function readQuery(text: string): Query {
  const terms: Term[] = []
  const said: string[] = []
  const unknown: string[] = []
  for (const [whole, not, name, quoted, plain = ''] of text.matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi)) {
    const value = (quoted ?? plain).toLowerCase()
    const isNot = not === '-'
    const key = keys.find(each => each === name?.toLowerCase())
    if (value === '') continue
    if (name === undefined) terms.push({ key: 'words', value, isNot })
    else if (key === undefined) terms.push({ key: 'words', value: whole.replace(/^-/, '').toLowerCase(), isNot })
    else if (key === 'said' && !isNot) said.push(value)
    else if (key === 'said' || !isKnown(key, value)) unknown.push(whole)
    else terms.push({ key, value, isNot })
  }
  return { terms, said, unknown }
}

function isKnown(key: (typeof keys)[number], value: string): boolean {
  if (key === 'is') return states.some(state => state === value)
  return key !== 'latency' || /^[<>]\d+$/.test(value)
}

/** Whether a run is in the list, as far as its row tells; what was said is in its conversation. */
export function matchesRow({ terms }: Pick<Query, 'terms'>, row: Row, index: ViewIndex): boolean {
  return terms.every(term => matches(term, row, index) !== term.isNot)
}

function matches({ key, value }: Term, row: Row, index: ViewIndex): boolean {
  const { scenario, personality, testProfile } = row.case
  switch (key) {
    case 'is':
      return isIn(value, row, index)
    case 'tag':
      return scenario.tags.some(tag => tag.toLowerCase() === value)
    case 'entry':
      return includes(value, row.entry.name, row.entry.slug)
    case 'person':
      return includes(value, personality?.key, personality?.name)
    case 'profile':
      return includes(value, testProfile?.key, testProfile?.name)
    case 'cause':
      return (row.mark.causes ?? []).some(place => includes(value, index.report.causes?.[place]?.id, index.report.causes?.[place]?.check))
    case 'tool':
      return (row.mark.tools ?? []).some(place => includes(value, index.runs.tools[place]))
    case 'latency':
      return row.slowestMs >= 0 && (value.startsWith('>') ? row.slowestMs > Number(value.slice(1)) : row.slowestMs < Number(value.slice(1)))
    case 'words':
      return includes(value, row.key, titleOf(row.case), scenario.folder, row.mark.why)
    default:
      return key satisfies never
  }
}

function isIn(state: string, { status, mark, case: own }: Row, { worse = [] }: ViewIndex): boolean {
  switch (state as (typeof states)[number]) {
    case 'failed':
    case 'passed':
    case 'not_run':
      return caseStatusOf(status) === state
    case 'inconclusive':
      return caseStatusOf(status) === 'could_not_tell'
    case 'flaky':
      return mark.flaky === true
    case 'retried':
      return mark.attempts !== undefined
    case 'call':
      return mark.sound === true
    case 'worse':
      return worse.includes(own.key)
    case 'waived':
      return mark.waived === true
  }
}

function includes(value: string, ...texts: readonly (string | undefined)[]): boolean {
  return texts.some(text => text?.toLowerCase().includes(value))
}
