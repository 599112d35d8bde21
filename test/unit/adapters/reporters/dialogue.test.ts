import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ctrf } from '../../../../src/adapters/reporters/ctrf.js'
import { html } from '../../../../src/adapters/reporters/html.js'
import { junit } from '../../../../src/adapters/reporters/junit.js'
import { markdown } from '../../../../src/adapters/reporters/markdown.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { Reporter } from '../../../../src/ports/reporter.js'
import { textOf } from './report-text.js'
import { resultOf, runsWith, startedWith, transcriptOf } from './sample-result.js'

/** A dialogue, longer than what any report shows of it. */
const dialogueOf = (number: string): string =>
  `0.001 s: sent to 192.0.2.1:5060 over UDP\nINVITE sip:${number}@192.0.2.1 SIP/2.0\n\n${'X-Filler: 1\n'.repeat(3_000)}\n0.400 s: received\nSIP/2.0 486 Busy at ${number}\n`

function telephoneResult() {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 2]] }])
  const outcomes: Outcome[] = [
    {
      status: 'agent_error',
      transcript: { ...transcriptOf('Hello.'), dialogue: dialogueOf('+15555550100') },
      fault: { by: 'agent', code: 'busy', message: 'It is busy.' },
    },
    {
      status: 'passed',
      transcript: { ...transcriptOf('Hello.'), dialogue: dialogueOf('+15555550199') },
      verdict: { holds: 'yes', checks: [], metrics: [] },
    },
  ]
  return resultOf(started, runsWith(started, outcomes))
}

const reporters: Readonly<Record<string, Reporter>> = { junit, markdown, ctrf, html }

describe('the SIP dialogue of a telephone call', () => {
  test.each(Object.keys(reporters))('%s shows both ends of it for a run that did not pass, and none of one that did', async name => {
    const page = await textOf(reporters[name]!, telephoneResult(), { junitPerRun: true, junitOutput: 'all' })
    const text = name === 'html' ? `${page} ${unpacked(page)}` : page
    expect(text).toContain('INVITE sip:+15555550100@192.0.2.1 SIP/2.0')
    expect(text).toContain('SIP/2.0 486 Busy at +15555550100')
    expect(text).not.toContain('INVITE sip:+15555550199')
    // Only the page, which is packed, has all of it.
    expect(/\[\.\.\. \d+ characters cut \.\.\.\]/.test(text)).toBe(name !== 'html')
  })
})

function unpacked(page: string): string {
  const [, base64 = ''] = /id="chunk-0">([A-Za-z0-9+/=]*)</.exec(page) ?? []
  return inflateRawSync(Buffer.from(base64, 'base64')).toString()
}
