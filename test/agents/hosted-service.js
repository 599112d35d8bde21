// A service that speaks the run-scenarios API and holds no calls: its runs move on each time they are looked at. It can be
// told to misbehave.
import { createServer } from 'node:http'

/**
 * What happens to the next requests to a path, one after the other.
 * - `lose`: it is carried out, and the connection cut before the answer.
 * - `cut`: the connection is cut, and nothing carried out.
 * - `{ status, headers, body }`: that is answered, and nothing carried out.
 *
 * @typedef {'lose' | 'cut' | { status: number, headers?: Record<string, string>, body?: unknown }} Trouble
 */

/**
 * @typedef {object} Behaviour
 * @property {(run: { id: number, scenario: number }) => Record<string, unknown>} [ended]  What a run has once it is over,
 *   beside its conversation; it succeeded where nothing is said.
 * @property {readonly string[]} [statuses]  How a run stands, look by look; then it is over.
 * @property {Record<string, Trouble[]>} [troubles]  By method and a part of the path: `POST run_scenarios`.
 * @property {string} [over]  How a result stands once its runs are over; `completed` where it is left out.
 * @property {number} [rate]  The success rate that results have.
 * @property {boolean} [isDeaf]  Whether it takes no notice of `end_calls`.
 * @property {string} [key]  The only key it takes.
 * @property {number} [lists]  After so many lists a new result is in them; from the first on where it is left out.
 */

/** @param {Behaviour} behaviour */
export async function openHostedService(behaviour = {}) {
  const { statuses = ['pending', 'in_progress'], troubles = {}, isDeaf = false, over = 'completed', key, lists = 0, rate } = behaviour
  /** @type {{ method: string, path: string, headers: import('node:http').IncomingHttpHeaders, body: any }[]} */
  const requests = []
  /** @type {Map<number, any>} */
  const results = new Map()
  let nextRun = 500
  let listed = 0

  const begin = (/** @type {any} */ body) => {
    const scenarios = Array.isArray(body.scenarios) ? body.scenarios : [11, 12]
    const id = 100 + results.size
    const runs = scenarios.flatMap((/** @type {number} */ scenario) =>
      Array.from({ length: body.frequency ?? 1 }, () => ({ id: nextRun++, scenario, scenario_name: `Scenario ${scenario}`, looks: 0 })),
    )
    results.set(id, { id, name: body.name, agent: body.agent_id, runs, ended: false, since: listed })
    return { id, name: body.name, status: 'pending', runs: runs.map((/** @type {any} */ run) => ({ ...run, status: 'pending' })) }
  }
  const shown = (/** @type {any} */ run, /** @type {any} */ result) => {
    const isOver = run.looks >= statuses.length
    if (!isOver && !(result.ended && !isDeaf))
      return { id: run.id, scenario: run.scenario, scenario_name: run.scenario_name, status: statuses[run.looks] }
    const common = { id: run.id, result_id: result.id, scenario: run.scenario, scenario_name: run.scenario_name, personality: null }
    if (!isOver)
      return { ...common, status: 'cancelled', success: false, transcript_object: [], transcript: '', duration: '00:00', metadata: {} }
    return { ...common, status: 'completed', success: true, ...conversation, ...behaviour.ended?.(run) }
  }
  const look = (/** @type {any} */ result) => {
    const runs = Object.fromEntries(result.runs.map((/** @type {any} */ run) => [run.id, shown(run, result)]))
    for (const run of result.runs) if (!result.ended || isDeaf) run.looks += 1
    const isOver = Object.values(runs).every(({ status }) => ['completed', 'failed', 'timeout', 'cancelled'].includes(status))
    return { id: result.id, name: result.name, status: isOver ? over : 'running', success_rate: rate, runs }
  }
  const answer = (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {URLSearchParams} */ query,
    /** @type {any} */ body,
  ) => {
    const [, kind, named, act] = /^([\w-]+)\/(\w+)?\/?(\w+)?/.exec(path) ?? []
    if (kind === 'aiagents') return Number(named) === 7 ? { id: 7, agent_name: 'Clinic' } : undefined
    if (method === 'POST' && kind === 'scenarios') return begin(body)
    if (kind === 'runs' && named === 'bulk') {
      const all = [...results.values()].flatMap(result => result.runs.map((/** @type {any} */ run) => shown(run, result)))
      return (query.get('run_ids') ?? '').split(',').flatMap(wanted => all.filter(run => run.id === Number(wanted)))
    }
    if (kind === 'results' && named === undefined) {
      listed += 1
      const found = [...results.values()].filter(result => result.name.includes(query.get('search') ?? '') && listed > result.since + lists)
      return { count: found.length, next: null, previous: null, results: found.map(({ id, name }) => ({ id, name })) }
    }
    const result = results.get(Number(named))
    if (act === 'end_calls' && result) result.ended = true
    return act === 'end_calls' ? { count: 1 } : result && look(result)
  }

  const server = createServer((request, reply) => {
    let text = ''
    request.on('data', piece => (text += piece)).on('end', () => take(request, reply, text))
  })
  const take = (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:http').ServerResponse} */ reply,
    /** @type {string} */ text,
  ) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const path = url.pathname.replace('/test_framework/v1/', '')
    const { method = '', headers } = request
    const body = text === '' ? undefined : JSON.parse(text)
    requests.push({ method, path: path + url.search, headers, body })
    const send = (/** @type {number} */ status, /** @type {unknown} */ said, more = {}) =>
      reply.writeHead(status, { 'content-type': 'application/json', ...more }).end(typeof said === 'string' ? said : JSON.stringify(said))
    if (key !== undefined && headers['x-cekura-api-key'] !== key) return send(403, { detail: 'Invalid API key.' })
    const trouble = Object.entries(troubles)
      .find(([place]) => `${method} ${path}`.includes(place.split(' ')[1] ?? '') && place.startsWith(method))?.[1]
      .shift()
    if (trouble === 'cut') return void request.socket.destroy()
    if (typeof trouble === 'object') return send(trouble.status, trouble.body ?? { detail: 'Trouble.' }, trouble.headers)
    const said = answer(method, path, url.searchParams, body)
    if (trouble === 'lose') return void request.socket.destroy()
    if (said === undefined) return send(404, { detail: 'Not found.' })
    return send(method === 'POST' && path.startsWith('scenarios') ? 201 : 200, said)
  }
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    results,
    /** How often it was asked for something. */
    asked: (/** @type {string} */ method, /** @type {string} */ part) =>
      requests.filter(sent => sent.method === method && sent.path.includes(part)).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const conversation = {
  transcript: '[00:00] Testing Agent: Hello.\n[00:01] Main Agent: Good morning.',
  transcript_object: [
    { role: 'Testing Agent', content: 'Hello.', start_time: 0, end_time: 0.5 },
    { role: 'Main Agent', content: 'Good morning.', start_time: 1, end_time: 2 },
  ],
  duration: '00:02',
  executed_at: '2026-01-01T09:00:00Z',
  metadata: { ended_reason: 'Testing agent-ended-call' },
}
