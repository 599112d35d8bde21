import type { Document } from '../../../domain/document.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { IdempotencyKey } from '../../../ports/database.js'
import type { Project } from '../catalogue/catalogue.js'
import { collectFieldProblems, notFound, Refusal } from '../refusal.js'
import type { Service } from '../service.js'
import type { StartedResult } from '../answer/result-views.js'
import { startResult } from './start-result.js'
import { openStoredSuite } from './stored-suite.js'

/**
 * `POST results/{id}/rerun/`: repeats the request with the current suite, or with the scenarios that the request contained.
 *
 * @throws {Refusal} 404; 400 when the suite no longer has what the request names.
 */
export async function rerun(service: Service, project: Project, id: number, key?: IdempotencyKey): Promise<StartedResult> {
  const result = await service.database.result(project.key, id)
  if (!result) throw notFound()
  if (result.request.bringsScenarios) {
    return startResult(service, project, { suite: await openStoredSuite(service, result), request: result.request, rerunOf: id }, key)
  }
  const suite = service.catalogue(project).suites.find(each => each.key === result.suite)
  if (!suite) throw new Refusal(400, { non_field_errors: [`The suite ${result.suite} is no longer served.`] })
  refuseWhatIsGone(result.request, suite.document)
  return startResult(service, project, { suite, request: result.request, rerunOf: id }, key)
}

function refuseWhatIsGone(request: RunRequest, document: Document): void {
  const problems = collectFieldProblems()
  const check = (field: string, keys: readonly string[], nouns: readonly { readonly key: string }[]): void => {
    const gone = keys.filter(key => !nouns.some(noun => noun.key === key))
    if (gone.length > 0) problems.add(field, `The suite no longer has: ${gone.join(', ')}.`)
  }
  check('agent_id', [request.agent], document.agents)
  check('scenarios', request.scenarios.kind === 'keys' ? request.scenarios.keys : [], document.scenarios)
  check('personality_ids', request.personalities, document.personalities)
  check('test_profile_ids', request.testProfiles, document.testProfiles)
  problems.throwIfAny()
}
