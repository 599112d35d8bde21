import type { ReportOptions, FinishedResult } from '../../../../src/ports/reporter.js'
import { sampleComparison } from './sample-comparison.js'
import { sampleHistory } from './sample-history.js'
import { sampleResult } from './sample-result.js'

/** Texts of the product, by which it decides; in those of all other properties, words of others can stand. */
const ownTexts = new Set(
  [
    'stopped status type by kind verdict holds at startedAt endedAt signedAt relation code state came result run key slug entry channel from decision',
    'meaning changed what isOfResult id index result reporter rescoredFrom release metric because_of join algorithm expires digest sha256 suite_digest',
  ].flatMap(line => line.split(' ')),
)
const digests = new Set(['digests', 'totals', 'ran'])

/** The same value, with words behind every text in it that others wrote. */
export function planted<Value>(value: Value, words: string, key = ''): Value {
  if (typeof value === 'string') return (ownTexts.has(key) ? value : value + words) as Value
  if (typeof value !== 'object' || value === null || digests.has(key)) return value
  if (Array.isArray(value)) return value.map(each => planted<unknown>(each, words, key)) as Value
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, planted<unknown>(own, words, name)])) as Value
}

/** A result with everything that a page can show, each text of which ends with the same words. */
export async function plantedResult(words: string): Promise<readonly [FinishedResult, Partial<ReportOptions>]> {
  const { started, report, place, runs } = sampleResult()
  const waiver = { case: 'smoke/*', check: 'says', reason: 'Known', issue: 'CLINIC-7', owner: 'lead', expires: '2026-12-31' }
  const context = {
    ci: { provider: 'github', run: '7', job: 'test', actor: 'ada', url: 'https://ci.example/7' },
    vcs: { commit: '0a1b', branch: 'main', dirty: true, repository: 'clinic' },
    machine: { os: 'linux', arch: 'x64', node: '20' },
    startedBy: 'ada',
    environment: 'staging',
  }
  const result = {
    started: { ...started, context, changed: { bar: [{ scope: 'suite', rule: 'gone', required: '>= 1' }] } },
    report: {
      ...report,
      warnings: ['Something is odd'],
      waived: { verdict: 'failed', allowed: false, runs: 2, waivers: [{ ...waiver, state: 'applied', runs: 2 }] } as const,
      controls: [{ control: 'Says no', holds: 'no', because: 'it says yes' } as const],
    },
  }
  const signoff = {
    kind: 'signoff',
    keys: ['1f'],
    isOfResult: false,
    decision: 'approved',
    meaning: 'approval',
    signedAt: '2026-11-29T09:12:00.000Z',
    reason: 'Fine',
    validUntil: '2026-12-31',
    exceptions: [waiver],
    signer: { name: 'Ada', role: 'QA lead' },
  } as const
  const agreement = {
    people: 1,
    agreed: 1,
    answers: 2,
    unclear: 0,
    parts: [
      { what: 'claims', agreed: 1, answers: 1 },
      { what: 'csat', agreed: 0, answers: 1 },
    ],
    yesOrNo: { bothYes: 1, bothNo: 0, judgeYes: 0, judgeNo: 0 },
  }
  const options = {
    html: { title: 'Clinic', history: sampleHistory(), signatures: [signoff] },
    compared: await sampleComparison(),
    agreement,
  }
  const whole = {
    ...planted(result, words),
    place,
    async *runs() {
      for await (const batch of runs()) yield planted(batch, words)
    },
  } as unknown as FinishedResult
  return [whole, planted(options, words) as unknown as Partial<ReportOptions>]
}
