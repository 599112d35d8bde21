import { causeId } from '../../../domain/cause-id.js'
import { shapedShortfalls } from '../../../domain/cause-shape.js'
import { worseCases } from '../../../domain/comparison-text.js'
import { conditionsOf } from '../../../domain/conditions.js'
import type { CaseSummary, RunEnded, SuiteStarted } from '../../../domain/event.js'
import { exceptionsOf } from '../../../domain/exceptions.js'
import { requestSlug } from '../../../domain/request-slug.js'
import { canRepeat, repeatCommand } from '../../../domain/repeat-command.js'
import { identityText } from '../../../domain/identity.js'
import type { Report } from '../../../domain/report.js'
import { caseOfRun } from '../../../domain/plan.js'
import type { Review } from '../../../domain/review.js'
import type { FinishedResult, ReportOptions } from '../../../ports/reporter.js'
import { mostExamples } from '../../../view/model/example.js'
import { createColumns } from '../../../view/model/run-columns.js'
import { leftOutText } from '../../../view/model/left-out.js'
import { runView, type RunView } from '../../../view/model/run-view.js'
import type { ViewIndex } from '../../../view/model/view-index.js'
import { createConversations } from './conversations.js'
import { createJoins } from './joins.js'
import { createPageSound, type EmbeddedAudio } from './page-sound.js'

const usualLimitBytes = 5 * 1024 * 1024

/** What a page is made of. */
export interface GatheredPage {
  readonly index: ViewIndex
  /** Of causes, by the index of the run. */
  readonly examples: ReadonlyMap<number, RunView>
  readonly chunks: readonly string[]
  readonly audio: readonly EmbeddedAudio[]
}

/** One pass over the runs of a result collects what lists show, and packs the conversations. */
export async function gatherPage(
  result: FinishedResult,
  { html: { commands = { folder: result.place }, ...own } = {}, compared, agreement, reviews = [] }: ReportOptions,
): Promise<GatheredPage> {
  const { started, report, contradiction } = result
  const { content, limitBytes = usualLimitBytes, title, journal, history, signatures, audio } = own
  const columns = createColumns()
  const conversations = createConversations(content, limitBytes)
  const causesOf = createCausePlaces(report)
  const isWaived = createWaivedRuns(started)
  const joinOf = createJoins(started)
  const longestWaitS = longestWaitIn(started)
  const recordings = audio && createPageSound(audio(result.place))
  const reviewsOf = createReviewsOfRuns(reviews)
  const wanted = new Set((report.causes ?? []).slice(0, mostExamples).map(({ example }) => example.index))
  const examples = new Map<number, RunView>()
  for await (const batch of result.runs()) {
    for (const run of batch) {
      columns.add(run, causesOf(run), isWaived(run))
      const how = {
        join: joinOf(run),
        longestWaitS,
        reviews: reviewsOf.get(run.run),
        ...(recordings && { audio: await recordings.addressesOf(run) }),
      }
      conversations.add(run, how)
      if (wanted.has(run.index)) examples.set(run.index, runView(run, { ...how, isSilent: content === 'none' }))
    }
  }

  const { chunks, content: shown } = conversations.finish()
  const slug = requestSlug(started)
  const index: ViewIndex = {
    title: title ?? started.suite.name,
    started,
    report,
    commands,
    again: repeatCommands(started),
    ...(journal !== undefined && { journal }),
    ...(contradiction !== undefined && { contradiction }),
    runs: columns.columns(),
    agents: Object.fromEntries(started.plan.entries.map(({ agent }) => [agent.key, identityText(agent.key, agent.identity)])),
    conditions: conditionsOf(started),
    ...(slug !== undefined && { slug }),
    content: shown,
    ...(shown.leftOut > 0 && { leftOutNote: leftOutText(shown, commands) }),
    ...(signatures && signatures.length > 0 && { signatures }),
    ...(compared && { worse: [...worseCases(compared.comparison)] }),
    ...(history && { history }),
    ...(agreement && { agreement }),
  }
  return { index, examples, chunks, audio: recordings?.embedded() ?? [] }
}

function createReviewsOfRuns(reviews: readonly Review[]): ReadonlyMap<string, readonly Review[]> {
  const ofRuns = new Map<string, Review[]>()
  for (const each of reviews) {
    const own = ofRuns.get(each.run)
    if (own) own.push(each)
    else ofRuns.set(each.run, [each])
  }
  return ofRuns
}

/** By the index of the case. */
function repeatCommands(started: SuiteStarted): (string | null)[] {
  const commands: (string | null)[] = []
  for (const entry of started.plan.entries) {
    for (const own of entry.cases) commands[own.index] = canRepeat(started, entry) ? repeatCommand(started, own) : null
  }
  return commands
}

/** Places of a run's causes in the report. */
function createCausePlaces({ causes = [] }: Report): (run: RunEnded) => readonly number[] {
  const places = new Map(causes.map(({ id }, place) => [id, place]))
  const ofShapes = new Map<string, number | undefined>()
  return ({ outcome }) =>
    shapedShortfalls(outcome).flatMap(({ shape }) => {
      if (!ofShapes.has(shape)) ofShapes.set(shape, places.get(causeId(shape)))
      const place = ofShapes.get(shape)
      return place === undefined ? [] : [place]
    })
}

/** Whether waivers cover all for which a run failed. */
function createWaivedRuns(started: SuiteStarted): (run: RunEnded) => boolean {
  const exceptions = exceptionsOf(started)
  if (!exceptions) return () => false
  const cases = new Map<string, CaseSummary>(started.plan.entries.flatMap(entry => entry.cases.map(own => [own.key, own] as const)))
  return ({ run, outcome }) => {
    const own = cases.get(caseOfRun(run))
    return own !== undefined && exceptions.coverOf(own, outcome) !== undefined
  }
}

/** The least bound on replies of the suite or of a run entry, in seconds; `undefined` if there is none. */
function longestWaitIn({ plan }: SuiteStarted): number | undefined {
  const bounds = [plan.thresholds, ...plan.entries.map(({ thresholds }) => thresholds)]
    .flatMap(own => own?.metrics ?? [])
    .flatMap(({ metric, bounds: { max } }) => (metric === 'reply_latency' && max !== undefined ? [max / 1000] : []))
  return bounds.length === 0 ? undefined : Math.min(...bounds)
}
