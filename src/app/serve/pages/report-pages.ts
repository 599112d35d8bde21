import { deflated } from '../../../adapters/reporters/html/conversations.js'
import { gatherPage, type GatheredPage } from '../../../adapters/reporters/html/gather-page.js'
import { renderScreens } from '../../../adapters/reporters/html/generated/render.js'
import { indexFor } from '../../../adapters/reporters/html/index-for.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import type { Recordings } from '../../../ports/recordings.js'
import { envelopesFile } from '../../../domain/attestation.js'
import { agreementOf, type Review } from '../../../domain/review.js'
import { recounted } from '../../finish.js'
import type { CommandNames } from '../../../domain/repeat-command.js'
import type { Adapters } from '../../registry.js'
import { createRecent } from '../answer/recent.js'
import { notFound } from '../refusal.js'
import { historyUpTo } from './past-results.js'
import { reviewsOf } from './review-result.js'
import { signaturesOf } from './sign-result.js'

/** A result that is over, as its page shows it. */
export interface ReportPage {
  readonly title: string
  readonly screens: ReturnType<typeof renderScreens>
  /** Changes when the page does. */
  readonly version: string
  readonly hasSound: boolean
  /** Whether a model judged its runs. */
  readonly hasJudge: boolean
  /** A part that the page fetches: `index`, or a chunk such as `chunk-0`. @throws {Refusal} 404 */
  part(name: string): string
}

/**
 * @param address  Of the result, for commands. Absent for whoever has only a link: the page is then without the record, the results before
 *   and commands.
 */
export type ReportPageOf = (record: ResultRecord, address: string | undefined) => Promise<ReportPage>

interface PagesUse extends Pick<Adapters, 'store'> {
  readonly database: Database
  readonly recordings: Recordings
}

/** The pages of so many results are kept, each with at most so many bytes of conversations, packed. */
const keptPages = 4
const limitBytes = 16 * 1024 * 1024

export function createReportPages(use: PagesUse): ReportPageOf {
  const gathered = createRecent<string, Promise<GatheredPage>>(keptPages)
  const pages = createRecent<string, Promise<ReportPage>>(2 * keptPages)
  return async (record, address) => {
    // Whoever has only a link does not see who reviewed the judge, and who signed.
    const isShared = address === undefined
    const reviews = isShared ? [] : await reviewsOf(use.database, record.id)
    const signed = isShared ? 0 : (await use.database.linesOf(record.id, envelopesFile)).length
    const added = reviews.length + signed > 0 ? `-${reviews.length}-${signed}` : ''
    const version = `${record.id}-${record.revision}${added}`
    return pages.get(`${record.project} ${version} ${address}`, async () => {
      const page = await gathered.get(`${record.project} ${version}`, () => gather(use, record, { reviews, isSigned: signed > 0 }))
      return pageOf(page, version, address === undefined ? undefined : savedFrom(record.id, address))
    })
  }
}

async function gather(
  use: PagesUse,
  record: ResultRecord,
  { reviews, isSigned }: { readonly reviews: readonly Review[]; readonly isSigned: boolean },
): Promise<GatheredPage> {
  const { database, recordings } = use
  const result = await recounted(await database.read(record.id), String(record.id))
  const history = await historyUpTo(database, record, result)
  const agreement = agreementOf(reviews)
  return gatherPage(result, {
    ...(agreement && { agreement, reviews }),
    colour: false,
    junitPerRun: false,
    html: {
      limitBytes,
      ...(history && { history }),
      ...(isSigned && { signatures: await signaturesOf(record.id, use) }),
      audio: () => ({
        kind: 'beside',
        // The server has the recording of the last attempt at hand.
        take: async (recording, { run, isLast }) =>
          isLast && (await recordings.find(String(record.id), recording.path)) ? `recordings/${run}` : undefined,
      }),
    },
  })
}

/** How commands name a result of the server. */
export function savedFrom(id: number, address: string): CommandNames {
  return { folder: `result-${id}`, address }
}

function pageOf({ index: whole, examples, chunks }: GatheredPage, own: string, commands: CommandNames | undefined): ReportPage {
  const index = indexFor(whole, commands)
  const isShared = commands === undefined
  const version = isShared ? `${own}-shared` : own
  const screens = renderScreens(index, examples)
  let packed: string | undefined
  return {
    title: `${index.title}: ${index.report.gate.verdict.replaceAll('_', ' ')}`,
    screens: isShared ? { ...screens, record: '' } : screens,
    version,
    hasJudge: index.started.plan.judge !== undefined,
    hasSound: index.runs.marks.some(({ sound }) => sound),
    part(name) {
      if (name === 'index') return (packed ??= deflated(index))
      const [, place = ''] = /^chunk-(\d{1,6})$/.exec(name) ?? []
      const chunk = place === '' ? undefined : chunks[Number(place)]
      if (chunk === undefined) throw notFound()
      return chunk
    },
  }
}
