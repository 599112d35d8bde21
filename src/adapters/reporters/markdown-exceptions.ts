import { count } from '../../domain/count.js'
import { safeMarkdown } from '../../domain/safe-markdown.js'
import { shorten } from '../../domain/safe-text.js'
import type { FinishedResult } from '../../ports/reporter.js'

const mostExceptions = 50

/** What waivers cover, until when, and who answers for it. */
export function exceptionsOf({ report: { waived } }: FinishedResult): string {
  const waivers = waived?.waivers ?? []
  if (waivers.length === 0) return ''
  const rows = waivers.slice(0, mostExceptions).map(({ case: key, check, reason, issue, owner, expires, state, runs }) => {
    const what = check === undefined ? key : `${key}: ${check}`
    const covers = state === 'applied' ? `covers ${count(runs, 'run')}` : state
    return [covers, what, reason, issue, owner, `the end of ${expires}, UTC`].map(cell => safeMarkdown(shorten(cell, 500))).join(' | ')
  })
  const more = waivers.length - rows.length
  return [
    ['### Exceptions', ''],
    ['| | case | why | issue | who | until |', '|---|---|---|---|---|---|', ...rows.map(row => `| ${row} |`)],
    ...(more > 0 ? [['', `and ${count(more, 'more exception')}`]] : []),
  ]
    .flat()
    .join('\n')
}
