import { expect, test } from 'vitest'
import { renderReview } from '../../../../src/adapters/reporters/html/generated/render.js'
import type { ReviewPage } from '../../../../src/adapters/reporters/html/review-page.js'
import type { RunKey } from '../../../../src/domain/ids.js'

const page = (text: string): ReviewPage => ({
  id: 7,
  name: 'Nightly',
  formToken: 'token',
  by: 'Ada',
  next: {
    item: '0f',
    run: 'shop/a#1' as RunKey,
    claim: 'It is polite.',
    type: 'yes_or_no',
    asked: 'The claim: It is polite.',
    conversation: {
      lines: [
        { kind: 'said', by: 'agent', turn: 1, startS: 0, text },
        { kind: 'tool', turn: 1, startS: 0, name: 'look_up', sent: '{}', got: JSON.stringify({ text }) },
      ] as never,
      ending: 'over',
      endedS: 1,
    },
  },
  done: 0,
  of: 1,
})

test('who reviews reads every word, as nothing on this page can show the rest later', () => {
  const text = `${'so '.repeat(2000)}and the last words`
  const html = renderReview(page(text))
  expect(html.split('and the last words')).toHaveLength(3)
  expect(html).not.toContain('more characters<')
})

test('words of agents and names of runs are no markup there', () => {
  const html = renderReview({ ...page('<img src=x onerror=alert(1)>\u202E'), name: '<i>', by: '"><script>' })
  expect(html).not.toMatch(/<img|<script|<i>|\u202E/)
})
