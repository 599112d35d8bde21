import { describe, expect, test } from 'vitest'
import { describeReason } from '../../../../src/domain/secret.js'
import { createMask } from '../../../../src/domain/mask.js'
import { knownSecrets } from '../../../../src/domain/known-secrets.js'
import { diagnosticsOf, documentOf, expecting, folderOf, loadIn, speaking, suiteWith, type Environment } from './suites.js'

const agentWith = (connection: string, more = ''): string => `{ clinic: { connection: { ${connection} }${more} } }`
const over = (connection: string, more = {}): string => suiteWith({ agents: agentWith(connection), ...more })

/** The secret variables of a suite, and why. */
async function secretsOf(suite: string, environment: Environment): Promise<Record<string, string>> {
  const { secrets } = await documentOf(suite, environment)
  return Object.fromEntries(secrets.map(({ name, because }) => [name, describeReason(because)]))
}

/** What a suite's mask leaves of a text. */
async function masked(suite: string, environment: Environment, text: string): Promise<string> {
  return createMask(knownSecrets(await documentOf(suite, environment))).text(text)
}

describe('a variable is secret', () => {
  test.each([
    'AGENT_KEY',
    'TOKEN',
    'MY_SECRET_1',
    'DB_PASS',
    'DB_PASSWORD',
    'DB_PWD',
    'BASIC_AUTH',
    'AWS_CREDENTIALS',
    'COOKIE',
    'PRIVATE_PEM',
    'SENTRY_DSN',
  ])('by its name: %s', async name => {
    expect(await secretsOf(suiteWith({ suite: `{ name: "\${${name}}" }` }), { [name]: 'abcdefghij' })).toHaveProperty(name)
  })

  test.each(['GIT_SHA', 'STAGE', 'BRANCH', 'TODAY', 'MONKEY', 'KEYBOARD', 'PWD', 'OLDPWD', 'TOKENIZER', 'PASSAGE'])(
    'not by its name: %s',
    async name => {
      expect(await secretsOf(suiteWith({ suite: `{ name: "\${${name}}" }` }), { [name]: 'abcdefghij' })).toEqual({})
    },
  )

  test('by its place: api_key, secret, a header whose name says so, a variable of a started agent', async () => {
    const environment = { A: 'aaaaaaaaaa', B: 'bbbbbbbbbb', C: 'cccccccccc', D: 'dddddddddd' }
    expect(
      await secretsOf(
        over('type: openai, base_url: "http://127.0.0.1/v1", model: m, api_key: "${A}", headers: { X-Session-Token: "t ${B}" }'),
        environment,
      ),
    ).toEqual({
      A: 'it is read in agents.clinic.connection.api_key',
      B: 'it is read in agents.clinic.connection.headers.X-Session-Token',
    })
    expect(await secretsOf(over('type: websocket, url: "ws://127.0.0.1", secret: "${C}"'), environment)).toHaveProperty('C')
    expect(await secretsOf(over('type: command, command: agent, env: { DB_PASSWORD: "${D}", STAGE: "${A}" }'), environment)).toEqual({
      D: 'it is read in agents.clinic.connection.env.DB_PASSWORD',
    })
  })

  test('by a long value in any header', async () => {
    const suite = over('type: http, url: "http://127.0.0.1/", headers: { X-Team: "${LONG}", X-Stage: "${SHORT}" }')
    expect(await secretsOf(suite, { LONG: 'abcdefghijkl', SHORT: 'abcdefghijk' })).toEqual({
      LONG: 'it is read in agents.clinic.connection.headers.X-Team',
    })
  })

  test.each([
    ['the name of the suite', { suite: '{ name: "Nightly ${LONG}" }' }, ''],
    ['the version of the agent', {}, ', version: "${LONG}"'],
  ])('not by a long value in a header if it is shown in %s', async (_, more, ofAgent) => {
    const connection = 'type: http, url: "http://127.0.0.1/", headers: { X-Sha: "${LONG}", X-Other: "${OTHER}" }'
    const suite = suiteWith({ agents: agentWith(connection, ofAgent), ...more })
    expect(await secretsOf(suite, { LONG: 'abcdefghijkl', OTHER: 'mnopqrstuvwx' })).toEqual({
      OTHER: 'it is read in agents.clinic.connection.headers.X-Other',
    })
  })

  test('not by a long value in a header if it is shown in the host or the path of an address, but in its query', async () => {
    const environment = { HOST: 'staging.example.com', STAGE: 'prod-like-stage', PARAM: '0123456789ab' }
    const headers = 'headers: { X-Host: "${HOST}", X-Stage: "${STAGE}", X-Param: "${PARAM}" }'
    expect(await secretsOf(over(`type: http, url: "https://\${HOST}/\${STAGE}?ticket=\${PARAM}", ${headers}`), environment)).toEqual({
      PARAM: 'it is read in agents.clinic.connection.url',
    })
  })

  test('as the user, the password and the query of an address, which stays readable otherwise', async () => {
    const suite = over('type: http, url: "${STAGING_URL}"')
    const environment = { STAGING_URL: 'https://clinic-user:s3cr3t-word@staging.example.com/chat?ticket=0123456789' }
    expect(await secretsOf(suite, environment)).toEqual({ STAGING_URL: 'it has a user, a password or a query of a URL' })
    expect(await masked(suite, environment, 'staging.example.com/chat of clinic-user with s3cr3t-word, ticket 0123456789')).toBe(
      'staging.example.com/chat of [redacted STAGING_URL] with [redacted STAGING_URL], ticket [redacted STAGING_URL]',
    )
    expect(
      await secretsOf(over('type: http, url: "https://${HOST}/${STAGE}?ticket=${PARAM}"'), {
        HOST: 'staging.example.com',
        STAGE: 'prod-like',
        PARAM: '0123456789',
      }),
    ).toEqual({
      PARAM: 'it is read in agents.clinic.connection.url',
    })
  })

  test("by the suite's word, also if only the agent reads it", async () => {
    const suite = suiteWith({ suite: '{ name: "${DOOR}" }', secrets: '[DOOR, AGENTS_OWN, UNSET]' })
    expect(await secretsOf(suite, { DOOR: 'abcdefghij', AGENTS_OWN: 'klmnopqrst' })).toEqual({
      DOOR: 'the suite lists it under secrets',
      AGENTS_OWN: 'the suite lists it under secrets',
    })
  })

  test('as the user and the password of a proxy, which the suite itself does not read', async () => {
    const environment = { HTTPS_PROXY: 'http://proxy-user:s3cr3t-word@proxy.example.com:3128', HTTP_PROXY: 'http://proxy.example.com:3128' }
    expect(await secretsOf(suiteWith({}), environment)).toEqual({ HTTPS_PROXY: 'it has a user, a password or a query of a URL' })
    expect(await masked(suiteWith({}), environment, 'proxy.example.com:3128 refuses s3cr3t-word')).toBe(
      'proxy.example.com:3128 refuses [redacted HTTPS_PROXY]',
    )
  })

  test("not against the suite's word, unless its place says that it is", async () => {
    const suite = over(
      'type: http, url: "http://127.0.0.1/", headers: { X-Team: "${TOKEN_LIMIT}", Authorization: "Bearer ${AGENT_KEY}" }',
      {
        secrets: '{ not: [TOKEN_LIMIT, AGENT_KEY] }',
      },
    )
    expect(await secretsOf(suite, { TOKEN_LIMIT: 'abcdefghijklmn', AGENT_KEY: 'abcdefghijkl' })).toEqual({
      AGENT_KEY: 'it is read in agents.clinic.connection.headers.Authorization',
    })
  })
})

test('a secret that is written into the suite is masked by the name of its setting', async () => {
  const suite = over(
    'type: http, url: "http://a-user:a-password@127.0.0.1/", headers: { Authorization: "Bearer abcdefghijkl", X-Team: "quality-team" }',
  )
  expect(await masked(suite, {}, 'a-password, abcdefghijkl, quality-team')).toBe('[redacted url], [redacted Authorization], quality-team')
})

test.each([
  [
    'start',
    over('type: websocket, url: "ws://127.0.0.1"', {}).replace(
      ' } }',
      ' }, start: { command: x, env: { DB_URL: "postgres://u:dbpassw0rd9@h/d" } } }',
    ),
  ],
  ['connection', over('type: command, command: agent, env: { DB_URL: "postgres://u:dbpassw0rd9@h/d", STAGE: "quality-team" }')],
])('the password of a URL in the env of a %s is masked, also if it is written there', async (_, suite) => {
  expect(await masked(suite, {}, 'postgres://u:dbpassw0rd9@h/d: dbpassw0rd9 of quality-team')).toBe(
    'postgres://[redacted DB_URL]@h/d: [redacted DB_URL] of quality-team',
  )
})

test('a mistake in a suite shows no secret, whether or not the rest could be read', async () => {
  const environment = { AGENT_KEY: 'abcdefghijkl', WHERE: 'ws://clinic-user:s3cr3t-word@127.0.0.1/' }
  const suite = suiteWith({
    agents: '{ clinic: { connection: { type: http, url: "${WHERE}" } } }',
    scenarios: `{ greets: { ${speaking}, ${expecting}, personality: "\${AGENT_KEY}" } }`,
  })
  const all = diagnosticsOf(await loadIn(folderOf({ 'suite.yaml': suite }), environment))
  const told = all.map(({ message, hint }) => `${message} ${hint}`).join('\n')
  expect(told).toContain('[redacted AGENT_KEY]')
  expect(told).not.toMatch(/abcdefghijkl|s3cr3t-word/)
})

const runNamed = (name: string): string => suiteWith({ suite: '{ name: "${A_KEY}" }', runs: `[{ name: ${name} }]` })

test('a written name of a run entry stays as it is, whatever a secret may be; a name that is read from the environment does not', async () => {
  const environment = { A_KEY: 'Nightly run' }
  expect(await masked(runNamed('Nightly run'), environment, 'Nightly run')).toBe('Nightly run')
  expect(await masked(runNamed('"${A_KEY}"'), environment, 'Nightly run')).toBe('[redacted A_KEY]')
  expect(await masked(runNamed('Nightly'), environment, 'Nightly run')).toBe('[redacted A_KEY]')
})
