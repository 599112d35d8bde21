import type { FastifyInstance } from 'fastify'
import { compareStored } from '../../app/serve/pages/compare-results.js'
import { listResults } from '../../app/serve/pages/list-results.js'
import { comparisonText, historyText, listText } from '../../app/serve/pages/page-texts.js'
import { readPast } from '../../app/serve/pages/past-results.js'
import type { Service } from '../../app/serve/service.js'
import { Refusal } from '../../app/serve/refusal.js'
import type { ListFilter } from '../../domain/listed-result.js'
import { idOf } from '../ids.js'
import { sendServed } from '../pages/send-served.js'

interface WithQuery {
  readonly Querystring: Readonly<Record<string, string | string[] | undefined>>
}

/** ui/: results, how two of them compare, and how suites fared. */
export function siteRoutes(server: FastifyInstance, service: Service): void {
  server.get<WithQuery>('/', async ({ query, project, site }, reply) => {
    const page = textOf(query['page']) ?? '1'
    if (!/^[1-9]\d{0,8}$/.test(page)) throw new Refusal(404, { detail: 'There is no such page.' })
    return sendServed(reply, listText(await listResults(service, project, filterOf(query), Number(page)), site))
  })

  server.get<WithQuery>('/compare', async ({ query, project, site }, reply) => {
    const [base, next] = [textOf(query['base']), textOf(query['new'])]
    if (base === undefined || next === undefined) throw new Refusal(400, { detail: 'Pick two results in the list.' })
    return sendServed(reply, comparisonText(await compareStored(service, project, idOf(base), idOf(next)), site))
  })

  server.get<WithQuery>('/history', async ({ query, project, site }, reply) =>
    sendServed(reply, historyText(await readPast(service.database, project, textOf(query['suite'])), site)),
  )
}

const verdicts = ['passed', 'failed', 'could_not_tell'] as const

function filterOf(query: WithQuery['Querystring']): ListFilter {
  const [suite, branch] = [textOf(query['suite']), textOf(query['branch'])]
  const verdict = verdicts.find(each => each === query['verdict'])
  return { ...(suite !== undefined && { suite }), ...(verdict && { verdict }), ...(branch !== undefined && { branch }) }
}

/** What a form left empty is not asked for, and no text has what databases cannot store. */
function textOf(value: string | string[] | undefined): string | undefined {
  const text = [value].flat()[0]?.replaceAll('\0', '').trim()
  return text === '' ? undefined : text
}
