import type { TestCase } from '../../../adapters/exchange/test-suite/test-suite.js'
import type { Document, Scenario } from '../../../domain/document.js'
import { namedAs, type IdempotencyKey } from '../../../ports/database.js'
import { planDocument, type Prepared } from '../../plan-document.js'
import { sealDocument } from '../../sealed-document.js'
import type { Catalogue, Project } from '../catalogue/catalogue.js'
import { inOneLine } from '../suite-json/import-suite-json.js'
import { readRunScenariosJson, refuseAll, type JsonRequest } from './read-json-request.js'
import type { ValidatedSuite } from '../generated/answers.js'
import type { RunScenariosJson } from '../generated/requests.js'
import type { Sent } from './read-run-scenarios.js'
import { collectFieldProblems } from '../refusal.js'
import type { Service } from '../service.js'
import { mediumOf } from '../answer/medium.js'
import type { StartedResult } from '../answer/result-views.js'
import { startResult } from './start-result.js'

/** `run_scenarios_json/`: runs the test suite in the request. @throws {Refusal} 400, 409 */
export async function runSuiteJson(
  service: Service,
  project: Project,
  sent: Sent<RunScenariosJson>,
  key?: IdempotencyKey,
): Promise<StartedResult> {
  const read = await readRunScenariosJson(sent, service.catalogue(project), service)
  const { warnings } = planOf(read, service)
  const { suite } = read.agent
  const document = await numberScenarios(service, project, suite.key, read.imported.document)
  const sealed = sealDocument(document, service.machine.cwd)
  await service.database.keepDocument(sealed.digest, sealed.body)
  const started = await startResult(service, project, { suite: { key: suite.key, document, sealed }, request: read.request }, key)
  return { ...started, warnings: { ...read.imported.warningsBy(warnings), ...started.warnings } }
}

/**
 * `validate_scenarios_json/`, and `run_scenarios_json/?dry_run=true`: shows what would run, and starts nothing.
 *
 * @throws {Refusal} 400
 */
export async function validateSuiteJson(service: Service, project: Project, sent: Sent<RunScenariosJson>): Promise<ValidatedSuite> {
  const catalogue = service.catalogue(project)
  const read = await readRunScenariosJson(sent, catalogue, service)
  const { plan, warnings } = planOf(read, service)
  const { agent, imported, request } = read
  return {
    dry_run: true,
    valid: true,
    warnings: imported.warningsBy(warnings),
    plan: {
      agent_id: agent.noun.id ?? 0,
      project_id: project.id,
      channel: mediumOf(plan),
      suite_name: imported.suite.suite?.name || null,
      scenario_count: imported.cases.length,
      total_runs: plan.totalRuns,
      estimated_cost: 0,
      run_overrides: { frequency: request.frequency, concurrency_limit: request.concurrencyLimit ?? null, mode: request.mode },
      agent_number: request.agentNumber ?? null,
      outbound_phone_number: request.outboundPhoneNumber ?? null,
      scenarios: imported.cases.map((each, i) => scenarioView(each, imported.document.scenarios[i], catalogue)),
    },
  }
}

/** @throws {Refusal} 400, by place, when it cannot be planned. */
function planOf({ imported, request }: JsonRequest, { machine }: Service): Prepared {
  const prepared = planDocument(imported.document, { cwd: machine.cwd, options: { request } })
  if (!('diagnostics' in prepared)) return prepared
  const problems = collectFieldProblems()
  const errors = collectFieldProblems()
  for (const each of prepared.diagnostics) {
    if (each.severity !== 'error') continue
    if (each.code === 'TOO_MANY_RUNS') problems.add('frequency', inOneLine(each))
    else errors.add(imported.placeOf(each.at), inOneLine(each))
  }
  refuseAll(problems, errors.all)
  throw new Error('A plan was refused for no reason.')
}

/** Gives the scenarios ids, so that answers can name them. The same key always gets the same id. */
async function numberScenarios({ database }: Service, project: Project, suite: string, document: Document): Promise<Document> {
  const named = document.scenarios.map(({ key }) => ({ kind: 'scenario' as const, key: `${suite}#json/${key}` }))
  const ids = await database.assignIds(project.key, named)
  return {
    ...document,
    scenarios: document.scenarios.map(scenario => ({
      ...scenario,
      id: ids.get(namedAs('scenario', `${suite}#json/${scenario.key}`)) ?? 0,
    })),
  }
}

function scenarioView(each: TestCase, scenario: Scenario | undefined, { metrics }: Catalogue): Readonly<Record<string, unknown>> {
  const ids = scenario?.metrics.flatMap(key => [...metrics.values()].find(({ noun }) => noun.key === key)?.noun.id ?? []) ?? []
  return {
    key: each.key ?? scenario?.key ?? each.name,
    name: each.name,
    type: each.type ?? 'instruction',
    frequency: scenario?.frequency ?? 1,
    metric_ids: ids,
    tags: each.tags ?? [],
    personality: personalityView(each, scenario),
    test_profile: profileView(each, scenario),
  }
}

function personalityView({ personality }: TestCase, scenario: Scenario | undefined): object {
  if (typeof personality === 'number') return { mode: 'existing', id: personality, name: scenario?.personality?.name ?? null }
  if (personality === undefined) return { mode: 'project_default' }
  return personality.base === undefined ? { mode: 'inline' } : { mode: 'override', id: personality.base }
}

function profileView({ test_profile: profile }: TestCase, scenario: Scenario | undefined): object | null {
  if (profile === undefined) return null
  if (typeof profile === 'number') return { mode: 'existing', id: profile, name: scenario?.testProfile?.name ?? null }
  const sections = [profile.agent_variables && 'main_agent_variables', profile.caller_variables && 'testing_agent_variables'].filter(
    Boolean,
  )
  return { mode: 'inline', sections }
}
