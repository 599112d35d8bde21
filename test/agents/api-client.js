// A client as a team may have one in its CI: it knows the run-scenarios API's contract, and Node's fetch. Nothing of
// Callsheet is imported here, and nothing is to be added that only Callsheet answers.

const terminal = ['completed', 'failed', 'timeout', 'cancelled']

/**
 * @param {string} baseUrl  Of the service.
 * @param {string} key
 * @param {string} [suffix]  `-external`, as some clients write the paths.
 */
export function createClient(baseUrl, key, suffix = '') {
  /** @param {'GET' | 'POST'} method @param {string} path @param {object} [body] */
  const call = async (method, path, body) => {
    const [first, ...rest] = path.split('/')
    const answer = await fetch(`${baseUrl}/test_framework/v1/${first}${suffix}/${rest.join('/')}`, {
      method,
      headers: { 'X-CEKURA-API-KEY': key, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const said = /** @type {any} */ (await answer.json())
    if (!answer.ok) throw new Error(`${answer.status} ${JSON.stringify(said)}`)
    return { status: answer.status, said }
  }
  const client = {
    /** @param {object} body */
    async start(body) {
      const { status, said } = await call('POST', 'scenarios/run_scenarios/', body)
      if (status !== 201 || typeof said.id !== 'number' || !Array.isArray(said.runs)) throw new Error('Nothing was started.')
      return said
    },
    /** Polls until the result is over. @param {number} id */
    async finished(id) {
      for (;;) {
        const { said } = await call('GET', `results/${id}/`)
        if (terminal.includes(said.status)) return said
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },
    /** Whether the release may go out: completed, and every run a success. @param {any} result */
    gate: result => result.status === 'completed' && Object.values(result.runs).every(({ success }) => success === true),
    /** Transcripts of what did not succeed, by scenario. @param {any} result */
    async failures(result) {
      const ids = Object.values(result.runs)
        .filter(({ success }) => success !== true)
        .map(({ id }) => id)
      const { said } = await call('GET', `runs/bulk/?run_ids=${ids.join(',')}`)
      return said.map((/** @type {any} */ run) => ({
        scenario: run.scenario_name,
        transcript: run.transcript,
        why: run.expected_outcome?.explanation ?? [],
      }))
    },
    /** @param {number} id */
    async share(id) {
      const expires = new Date(Date.now() + 3_600_000).toISOString()
      return (await call('POST', `results/${id}/create_shareable_link_token/`, { expire_at: expires })).said.shareable_link
    },
    /** @param {number} id */
    endCalls: async id => (await call('POST', `results/${id}/end_calls/`, {})).said,
    /** @param {number} id */
    rerun: async id => (await call('POST', `results/${id}/rerun/`, {})).said,
    list: async () => (await call('GET', 'results/?page_size=5')).said,
  }
  return client
}
