import type { Environment } from './environment.js'
import type { CiContext, WorkTree } from './start-context.js'

/** What a CI service says about its run, in the environment of its jobs. */
export interface CiFacts {
  readonly ci: CiContext
  readonly vcs: WorkTree
}

/** What a service's variables are called; a value of several is joined. */
interface CiNames {
  readonly provider: string
  /** Set only there. */
  readonly mark: string
  readonly url: (get: (name: string) => string | undefined) => string | undefined
  readonly run: string
  readonly job?: string
  readonly actor?: string
  readonly commit: string
  readonly branch: readonly string[]
  readonly repository?: string
}

const services: readonly CiNames[] = [
  {
    provider: 'GitHub Actions',
    mark: 'GITHUB_ACTIONS',
    url: get => {
      const [server, repository, run] = [get('GITHUB_SERVER_URL'), get('GITHUB_REPOSITORY'), get('GITHUB_RUN_ID')]
      return server && repository && run && `${server}/${repository}/actions/runs/${run}`
    },
    run: 'GITHUB_RUN_ID',
    job: 'GITHUB_JOB',
    actor: 'GITHUB_ACTOR',
    commit: 'GITHUB_SHA',
    branch: ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME'],
    repository: 'GITHUB_REPOSITORY',
  },
  {
    provider: 'GitLab CI',
    mark: 'GITLAB_CI',
    url: get => get('CI_PIPELINE_URL'),
    run: 'CI_PIPELINE_ID',
    job: 'CI_JOB_NAME',
    actor: 'GITLAB_USER_LOGIN',
    commit: 'CI_COMMIT_SHA',
    branch: ['CI_COMMIT_REF_NAME'],
    repository: 'CI_PROJECT_URL',
  },
  {
    provider: 'Azure Pipelines',
    mark: 'TF_BUILD',
    url: get => {
      const [server, project, run] = [get('SYSTEM_COLLECTIONURI'), get('SYSTEM_TEAMPROJECT'), get('BUILD_BUILDID')]
      return server && project && run && `${server}${encodeURIComponent(project)}/_build/results?buildId=${run}`
    },
    run: 'BUILD_BUILDID',
    job: 'SYSTEM_JOBDISPLAYNAME',
    actor: 'BUILD_REQUESTEDFOR',
    commit: 'BUILD_SOURCEVERSION',
    branch: ['BUILD_SOURCEBRANCHNAME'],
    repository: 'BUILD_REPOSITORY_NAME',
  },
  {
    provider: 'Jenkins',
    mark: 'JENKINS_URL',
    url: get => get('BUILD_URL'),
    run: 'BUILD_TAG',
    job: 'JOB_NAME',
    actor: 'BUILD_USER_ID',
    commit: 'GIT_COMMIT',
    branch: ['BRANCH_NAME', 'GIT_BRANCH'],
  },
  {
    provider: 'CircleCI',
    mark: 'CIRCLECI',
    url: get => get('CIRCLE_BUILD_URL'),
    run: 'CIRCLE_WORKFLOW_ID',
    job: 'CIRCLE_JOB',
    actor: 'CIRCLE_USERNAME',
    commit: 'CIRCLE_SHA1',
    branch: ['CIRCLE_BRANCH'],
  },
  {
    provider: 'Buildkite',
    mark: 'BUILDKITE',
    url: get => get('BUILDKITE_BUILD_URL'),
    run: 'BUILDKITE_BUILD_ID',
    job: 'BUILDKITE_LABEL',
    actor: 'BUILDKITE_BUILD_CREATOR',
    commit: 'BUILDKITE_COMMIT',
    branch: ['BUILDKITE_BRANCH'],
  },
]

/** The CI service whose job this is; `undefined` outside of CI, or in one that is not known. */
export function ciFacts(environment: Environment): CiFacts | undefined {
  const get = (name: string | undefined): string | undefined => (name === undefined ? undefined : environment[name] || undefined)
  const names = services.find(({ mark }) => get(mark) !== undefined)
  if (!names) return undefined
  const { provider, run, job, actor, commit, branch, repository } = names
  return {
    ci: present({ provider, url: names.url(get), run: get(run), job: get(job), actor: get(actor) }),
    vcs: present({ commit: get(commit), branch: branch.map(get).find(name => name !== undefined), repository: get(repository) }),
  }
}

function present<Facts extends object>(facts: Facts): { [Key in keyof Facts]: Exclude<Facts[Key], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as ReturnType<typeof present<Facts>>
}
