import { envelopesFile, type Signoff, signoffType } from '../../../domain/attestation.js'
import { agentsText } from '../../../domain/identity.js'
import type { ListedResult, ListFilter, ResultListing, SinceResult } from '../../../domain/listed-result.js'
import type { CaseReport, Report } from '../../../domain/report.js'
import { renaming } from '../../../domain/request-slug.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import { envelopesIn } from '../../attest/envelopes.js'
import { isOf } from '../../attest/verify-lines.js'
import { keptText } from '../answer/kept-text.js'
import type { Project } from '../catalogue/catalogue.js'
import { refuseBeyond } from '../answer/read-page.js'
import type { Service } from '../service.js'

const resultsOnAPage = 20

/** The results of a project, the newest first. @param page  From 1. @throws {Refusal} 404 for a page after the last. */
export async function listResults(
  { database, catalogue }: Pick<Service, 'database' | 'catalogue'>,
  project: Project,
  filter: ListFilter,
  page: number,
): Promise<ResultListing> {
  const of = { page, size: resultsOnAPage }
  const { count, items } = refuseBeyond(await database.results(project.key, filter, of), of)
  return {
    results: await Promise.all(items.map(async (record, i) => listed(record, items.slice(i + 1), await signedOff(database, record)))),
    suites: catalogue(project).suites.map(({ key, document }) => ({ key, name: document.name })),
    filter,
    count,
    page,
    pages: Math.max(1, Math.ceil(count / resultsOnAPage)),
  }
}

/** @param older  The results below it in the list. */
function listed(record: ResultRecord, older: readonly ResultRecord[], signed: ListedResult['signed']): ListedResult {
  const { id, request, started, state, report, counts, createdAt } = record
  const { startedBy, ci, vcs } = started.context ?? {}
  const by = startedBy ?? ci?.actor
  const before = older.find(each => each.suite === record.suite && each.report !== undefined)
  return {
    id,
    name: request.name,
    suite: started.suite.name,
    agents: agentsText(started.plan.entries),
    state: state === 'ended' ? (report?.gate.verdict ?? 'could_not_tell') : state,
    runs: counts.total,
    ended: counts.ended,
    counted: report ? countedIn(report.totals) : counts.scored,
    passed: report?.totals.passed ?? counts.passed,
    startedAt: createdAt,
    signed,
    ...(by !== undefined && { startedBy: by }),
    ...(vcs?.branch !== undefined && { branch: vcs.branch }),
    ...(report && before?.report && { since: sinceThen(before.id, before.report, report, renaming(before.started, started)) }),
  }
}

async function signedOff(database: Database, { id, state }: ResultRecord): Promise<ListedResult['signed']> {
  if (state !== 'ended') return []
  return envelopesIn(await keptText(database, id, envelopesFile))
    .filter(isOf<Signoff>(signoffType))
    .map(({ statement }) => {
      const { signer, decision } = statement.predicate
      return { name: signer.name, role: signer.role, decision }
    })
}

function countedIn({ passed, failed, agent_error: broken }: Report['totals']): number {
  return passed + failed + broken
}

/** @param renamed  A key of then as it is now. */
function sinceThen(result: number, before: Report, now: Report, renamed: (key: string) => string): SinceResult {
  const then = new Map(casesOf(before).map(each => [renamed(each.key), each]))
  const both = casesOf(now).flatMap(each => {
    const past = then.get(each.key)
    return past && countedIn(past.totals) > 0 && countedIn(each.totals) > 0 ? [[past, each] as const] : []
  })
  return {
    result,
    failing: both.filter(([past, own]) => isClean(past) && !isClean(own)).length,
    mended: both.filter(([past, own]) => !isClean(past) && isClean(own)).length,
  }
}

function casesOf({ entries }: Report): CaseReport[] {
  return entries.flatMap(({ cases }) => cases)
}

function isClean({ totals }: CaseReport): boolean {
  return totals.passed === countedIn(totals)
}
