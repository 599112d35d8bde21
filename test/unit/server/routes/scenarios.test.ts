import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi, type Answer, type Api } from '../api.js'
import { clinic } from '../clinic.js'

let api: Api

beforeAll(async () => {
  api = await openApi(clinic)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

const start = (body: object, path = 'run_scenarios'): Promise<Answer> => api.post(`scenarios/${path}/`, body)

/** Ids of the scenarios that were started, in order. */
const startedBy = async (body: object): Promise<number[]> => {
  const answer = await start(body)
  expect(answer).toMatchObject({ status: 201 })
  return answer.body.runs.map((run: { scenario: number }) => run.scenario)
}

const refused = async (body: object, path?: string): Promise<unknown> => {
  const answer = await start(body, path)
  expect(answer).toMatchObject({ status: 400 })
  return answer.body
}

describe('scenarios are selected', () => {
  test.each([
    ['by their ids', { scenarios: [2, 1] }, [2, 1]],
    ['by their ids as strings, each once', { scenarios: ['2', 2, '02'] }, [2]],
    ['by how many', { scenarios: 2 }, [1, 2]],
    ['by how many, as a string', { scenarios: '2' }, [1, 2]],
    ['as all of the agent', { scenarios: 'all' }, [1, 2, 3]],
    ['by a folder among scenarios', { scenarios: 'Sales', project_id: 1 }, [1, 2]],
    ['by a folder of its own, below it too', { folder_path: 'Sales', project_id: '1' }, [1, 2]],
    ['by a folder that lies deep', { folder_path: 'Sales.Inbound', project_id: 1 }, [1]],
    ['by any of some tags', { tags: ['smoke', 'none'] }, [1, 3]],
    ['by ids that have a tag', { scenarios: [1, 2], tags: ['smoke'] }, [1]],
    ['by the first of a tag', { scenarios: 1, tags: ['smoke'] }, [1]],
    ['by tags, beside an empty list', { scenarios: [], tags: ['smoke'] }, [1, 3]],
    ['by a folder, beside empty lists', { scenarios: [], tags: [], folder_path: 'Sales', project_id: 1 }, [1, 2]],
    ['whatever is null', { scenarios: 'all', tags: null, folder_path: null, personality_ids: null, name: null }, [1, 2, 3]],
  ])('%s', async (_, selection, ids) => {
    expect(await startedBy({ agent_id: 12, ...selection })).toEqual(ids)
  })

  test('of the agent that is named by its assistant_id', async () => {
    expect((await start({ assistant_id: 'asst_1', scenarios: 1 })).body).toMatchObject({ agent: 12 })
  })

  test('of the only agent of their suite, where none is named', async () => {
    expect((await start({ scenarios: [1] })).body).toMatchObject({ agent: 12 })
  })
})

test('the answer has the test profile of each run, and null without one', async () => {
  const { body } = await start({ agent_id: 12, scenarios: 1, test_profile_ids: [20] })
  const maria = { id: 20, name: 'maria', main_agent_variables: {}, testing_agent_variables: { name: 'Maria' } }
  expect(body.runs.map((run: { test_profile_data: unknown }) => run.test_profile_data)).toEqual([maria])
  const without = await start({ agent_id: 12, scenarios: 1 })
  expect(without.body.runs.map((run: { test_profile_data: unknown }) => run.test_profile_data)).toEqual([null])
})

const settings = async (sent: object): Promise<object> => {
  const { body } = await start({ agent_id: 12, scenarios: 1, ...sent })
  return (await api.get(`results/${body.id}/`)).body.run_settings
}

describe('telephone numbers', () => {
  test('are normalised, and an empty one is as left out', async () => {
    expect(await settings({ outbound_phone_number: '+1 (555) 555-0100', agent_number: '0049 30 1234567' })).toMatchObject({
      outbound_phone_number: '+15555550100',
      agent_number: '+49301234567',
    })
    expect(await settings({ outbound_phone_number: '', agent_number: '' })).toMatchObject({
      outbound_phone_number: null,
      agent_number: null,
    })
  })

  test('without a country are refused', async () => {
    expect(await refused({ agent_id: 12, scenarios: 1, outbound_phone_number: '555 0100' })).toEqual({
      outbound_phone_number: ['Must be a telephone number in E.164, such as +1234567890.'],
    })
  })
})

describe('runs are as many as', () => {
  test.each([
    ['frequency says', { frequency: 3 }, 3],
    ['freq says', { freq: '3' }, 3],
    ['personalities multiply', { personality_ids: [3, '7'] }, 2],
    ['one more personality multiplies', { personality_ids: [3], personality_id: 7 }, 2],
    ['personalities, profiles and frequency multiply', { personality_ids: [3, 7], test_profile_id: 20, frequency: 2 }, 4],
  ])('%s', async (_, more, count) => {
    expect(await startedBy({ agent_id: 12, scenarios: [1], ...more })).toHaveLength(count)
  })
})

test('numbers and mode are kept, and shown', async () => {
  const { body } = await start({
    agent_id: 12,
    scenarios: [1],
    name: 'Nightly',
    mode: 'different_numbers',
    outbound_phone_number: '+15555550123',
    agent_number: '+15555550199',
    concurrency_limit: '2',
    mock_tool_names: [],
  })
  expect(body).toMatchObject({ name: 'Nightly', run_as_text: true, runs: [{ number: null, inbound_number: null }] })
  expect(body.warnings).toEqual({
    mode: [expect.stringContaining('mode: different_numbers has no effect for "clinic" over module.')],
    outbound_phone_number: [expect.stringContaining('Nothing is dialled there.')],
    agent_number: [expect.stringContaining('agent_number has no effect')],
  })
  expect((await api.get(`runs/${body.runs[0].id}/`)).body).toMatchObject({ outbound_number: null, inbound_number: null })
  await api.service.conductor.settled(body.id)
  expect((await api.get(`results/${body.id}/`)).body.run_settings).toMatchObject({
    mode: 'different_numbers',
    outbound_phone_number: '+15555550123',
    agent_number: '+15555550199',
    concurrency_limit: 2,
    mock_tool_names: [],
  })
})

describe('what is wrong is told by field:', () => {
  test.each([
    ['nothing at all', {}, { agent_id: ['Send agent_id or assistant_id.'], scenarios: ['Send scenarios, tags or folder_path.'] }],
    ['an agent that is not there', { agent_id: 9, scenarios: 'all' }, { agent_id: ['There is no agent 9.'] }],
    [
      'numbers that parsing rounds',
      { agent_id: 2 ** 53, project_id: 2 ** 60, scenarios: [2 ** 53] },
      {
        agent_id: ['There is no agent (a number too large for an id).'],
        project_id: ['There is no project (a number too large for an id).'],
        scenarios: ['Not found: (a number too large for an id).'],
      },
    ],
    [
      'an agent that is another',
      { agent_id: 12, assistant_id: 'asst_2', scenarios: 'all' },
      { assistant_id: ['There is no agent asst_2.'] },
    ],
    ['an agent that is no integer', { agent_id: 1.5, scenarios: 'all' }, { agent_id: ['Must be an integer.'] }],
    ['scenarios that are not there', { agent_id: 12, scenarios: [7, 1, '9'] }, { scenarios: ['Not found: 7, 9.'] }],
    ['scenarios of no kind', { agent_id: 12, scenarios: { a: 1 } }, { scenarios: ['Must be ids, the first N, "all", or a folder.'] }],
    ['no scenario', { agent_id: 12, scenarios: [] }, { scenarios: ['Send scenarios, tags or folder_path.'] }],
    ['the first none', { agent_id: 12, scenarios: '0' }, { scenarios: ['The first N: N must be 1 or more.'] }],
    ['the first minus one', { agent_id: 12, scenarios: -1 }, { scenarios: ['Must be ids, the first N, "all", or a folder.'] }],
    ['tags that nothing has', { agent_id: 12, tags: ['none'] }, { tags: ['This selects no scenario of agent 12.'] }],
    ['a folder without project_id', { agent_id: 12, folder_path: 'Sales' }, { project_id: ['A folder needs project_id.'] }],
    ['a folder among scenarios without project_id', { agent_id: 12, scenarios: 'Sales' }, { project_id: ['A folder needs project_id.'] }],
    ['a folder of another project', { agent_id: 12, folder_path: 'Sales', project_id: 2 }, { project_id: ['There is no project 2.'] }],
    [
      'a folder that is empty',
      { agent_id: 12, folder_path: 'Support', project_id: 1 },
      { folder_path: ['This selects no scenario of agent 12.'] },
    ],
    [
      'a folder beside scenarios',
      { agent_id: 12, folder_path: 'Sales', scenarios: [1], project_id: 1 },
      { folder_path: ['folder_path cannot be combined with scenarios or tags.'] },
    ],
    ['frequency 0', { agent_id: 12, scenarios: 'all', frequency: 0 }, { frequency: ['Must be an integer from 1.'] }],
    ['a mode that is none', { agent_id: 12, scenarios: 'all', mode: 'both' }, { mode: ['Must be same_number or different_numbers.'] }],
    [
      'a number that is none',
      { agent_id: 12, scenarios: 'all', agent_number: '555' },
      { agent_number: ['Must be a telephone number in E.164, such as +1234567890.'] },
    ],
    ['a name with NUL', { agent_id: 12, scenarios: 'all', name: 'a\0b' }, { name: ['Must not contain the character NUL.'] }],
    [
      'mock tools that are not there',
      { agent_id: 12, scenarios: 'all', mock_tool_names: ['find'] },
      { mock_tool_names: ['The agent has no mock tool named: find.'] },
    ],
  ])('%s', async (_, body, answer) => {
    expect(await refused(body)).toEqual(answer)
  })

  test('a million runs', async () => {
    expect(await refused({ agent_id: 12, scenarios: [1], frequency: 1_000_000 })).toEqual({
      frequency: ['The plan has 1000000 runs, but limits.max_runs is 2000. Select fewer, or raise limits.max_runs in the suite.'],
    })
  })

  test('everything, shapes and what is not there alike', async () => {
    const answer = await refused({
      agent_id: 9,
      assistant_id: 3,
      scenarios: [1, 77],
      tags: 'smoke',
      folder_path: 7,
      project_id: 'x',
      frequency: 0,
      name: '',
      outbound_phone_number: 5,
      agent_number: '555',
      mode: 1,
      personality_ids: [99],
      personality_id: {},
      test_profile_ids: ['x'],
      test_profile_id: 77,
      concurrency_limit: 0,
      mock_tool_names: 'find',
    })
    expect(Object.keys(answer as object).toSorted()).toEqual(
      [
        'agent_id',
        'assistant_id',
        'scenarios',
        'tags',
        'folder_path',
        'project_id',
        'frequency',
        'name',
        'outbound_phone_number',
        'agent_number',
        'mode',
        'personality_ids',
        'personality_id',
        'test_profile_ids',
        'test_profile_id',
        'concurrency_limit',
        'mock_tool_names',
      ].toSorted(),
    )
  })
})

/** Sends a body as it is. */
const send = (type: string, payload: string): Promise<Answer> =>
  api.send({ method: 'POST', url: '/test_framework/v1/scenarios/run_scenarios/', headers: { 'content-type': type }, payload })

describe('bodies may be', () => {
  const boundary = '----x'
  const multipart = (fields: Record<string, string>): string =>
    `${Object.entries(fields)
      .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('')}--${boundary}--\r\n`

  test.each([
    ['agent_id=12&scenarios=1&scenarios=3&frequency=2&name=A+form', [1, 1, 3, 3]],
    ['agent_id=12&scenarios=1,3', [1, 3]],
    ['agent_id=12&scenarios=[1,3]&personality_ids=3', [1, 3]],
    ['agent_id=12&scenarios[]=1&scenarios[]=2&name=', [1, 2]],
    ['agent_id=12&scenarios=2', [1, 2]],
    ['agent_id=12&scenarios=all', [1, 2, 3]],
    ['agent_id=12&tags=smoke', [1, 3]],
  ])('a form: %s', async (payload, ids) => {
    const answer = await send('application/x-www-form-urlencoded', payload)
    expect(answer).toMatchObject({ status: 201 })
    expect(answer.body.runs.map((run: { scenario: number }) => run.scenario)).toEqual(ids)
  })

  test('multipart', async () => {
    const { status, body } = await send(
      `multipart/form-data; boundary=${boundary}`,
      multipart({ agent_id: '12', scenarios: '[1, 2]', name: 'Parts' }),
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'Parts', runs: [{ scenario: 1 }, { scenario: 2 }] })
  })

  test.each([
    '{"agent_id": 12, "scenarios": [1], "__proto__": {"frequency": 7}}',
    '{"agent_id": 12, "scenarios": [1], "constructor": {"prototype": {"frequency": 7}}}',
  ])('%s, of which only the fields are read', async payload => {
    const { status, body } = await send('application/json', payload)
    expect({ status, runs: body.runs.length }).toEqual({ status: 201, runs: 1 })
  })

  test('a field of one value that is given twice is refused, also by both of its spellings', async () => {
    for (const payload of ['agent_id=1&agent_id=12&scenarios=[1]', 'agent_id=1&agent_id[]=12&scenarios=[1]']) {
      const { status, body } = await send('application/x-www-form-urlencoded', payload)
      expect(body).toEqual({ agent_id: ['Must be given only once.'] })
      expect(status).toBe(400)
    }
  })

  test('wrong as forms too', async () => {
    expect((await send('application/x-www-form-urlencoded', 'agent_id=x&scenarios=9,1&frequency=0')).body).toEqual({
      agent_id: ['Must be an integer.'],
      scenarios: ['Not found: 9.'],
      frequency: ['Must be an integer from 1.'],
    })
  })

  test.each([
    ['truncated JSON', 'application/json', '{"agent_id": 12, "scen', 400],
    ['JSON with NUL', 'application/json', '{"agent_id": 12,\0}', 400],
    ['nothing', 'application/json', '', 400],
    ['a list', 'application/json', '[1]', 400],
    ['truncated multipart', `multipart/form-data; boundary=${boundary}`, `--${boundary}\r\nContent-Disposition: form-da`, 400],
    ['multipart without boundary', 'multipart/form-data', 'x', 400],
    ['another type', 'text/plain', '{}', 415],
    ['over 1 MiB', 'application/json', JSON.stringify({ name: 'x'.repeat(1 << 20) }), 413],
    ['nested too deeply', 'application/json', `{"scenarios": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['a long list', 'application/json', JSON.stringify({ agent_id: 12, scenarios: Array.from({ length: 20_000 }, (_, i) => i) }), 400],
  ])('no %s', async (_, type, payload, status) => {
    expect(await send(type, payload)).toMatchObject({ status })
  })
})

describe('voice', () => {
  test('is refused, saying what is missing', async () => {
    expect(await refused({ agent_id: 12, scenarios: 'all' }, 'run_scenarios_sip')).toEqual({
      sip_endpoint: ['Agent must have a SIP connection: agent 12 has a module connection. Send sip_endpoint.'],
    })
    expect(await refused({ agent_id: 12, scenarios: 'all' }, 'run_scenarios_chirp')).toEqual({
      websocket_url: ['Agent must have CHIRP credentials configured: agent 12 has a module connection. Send websocket_url.'],
    })
  })

  test('names the service that calls a hosted agent', async () => {
    const connection = '{ type: hosted, base_url: "http://127.0.0.1:1", agent_id: 3 }'
    const scenarios = '{ greets: { script: { first_message: Hi. }, expect: [{ agent_says: { contains: help } }] } }'
    const suite = `version: 1\nsuite: { name: Elsewhere }\nagents: { a: { id: 4, connection: ${connection} } }\nscenarios: ${scenarios}\n`
    await using hosted = await openApi({ suite, agent: '' })
    expect((await hosted.post('scenarios/run_scenarios_sip/', { agent_id: 4, scenarios: 'all' })).body).toEqual({
      sip_endpoint: ['Agent must have a SIP connection: a hosted service calls agent 4. Send the request to that service.'],
    })
  })

  test('is refused where nothing speaks, saying how to get what does', async () => {
    const sent = { agent_id: 12, scenarios: 'all', websocket_url: 'wss://agent.example.com' }
    expect(await refused(sent, 'run_scenarios_chirp')).toEqual({ non_field_errors: [expect.stringMatching(/models\.(tts|stt)/)] })
  })

  describe('of an agent that is called', () => {
    let called: Api
    beforeAll(async () => {
      const speech = `{ engine: command, command: [${process.execPath}] }`
      const connection = '{ type: twilio_stream, url: "ws://127.0.0.1:1", from: "+15555550111", to: "+15555550100" }'
      const scenarios = '{ greets: { id: 1, script: { first_message: Hi. }, expect: [{ agent_says: { contains: help } }] } }'
      const suite = `version: 1\nsuite: { name: Called }\nmodels: { tts: ${speech}, stt: ${speech} }\nagents: { a: { id: 4, connection: ${connection} } }\nscenarios: ${scenarios}\n`
      called = await openApi({ suite, agent: '' })
    })
    afterAll(() => called[Symbol.asyncDispose]())

    test('has the numbers of its connection, or the one that is dialled', async () => {
      const { body } = await called.post('scenarios/run_scenarios/', { agent_id: 4, scenarios: 'all' })
      expect(body).toMatchObject({ run_as_text: false, runs: [{ number: null, inbound_number: '+15555550111' }] })
      const dialled = await called.post('scenarios/run_scenarios/', {
        agent_id: 4,
        scenarios: 'all',
        outbound_phone_number: '+15555550199',
      })
      expect((await called.get(`runs/${body.runs[0].id}/`)).body).toMatchObject({ outbound_number: '+15555550100', audio_metrics: null })
      expect((await called.get(`runs/${dialled.body.runs[0].id}/`)).body).toMatchObject({ outbound_number: '+15555550199' })
      for (const { id } of [body, dialled.body]) {
        await called.post(`results/${id}/end_calls/`)
        await called.service.conductor.settled(id)
      }
      expect((await called.get(`results/${body.id}/`)).body).toMatchObject({ run_as_text: false, run_type: 'voice' })
    })

    test('is not placed where text is asked for', async () => {
      expect((await called.post('scenarios/run_scenarios_text/', { agent_id: 4, scenarios: 'all' })).body).toEqual({
        websocket_url: ['Agent 4 has a twilio_stream connection, which carries voice. Send websocket_url, or use run_scenarios/.'],
      })
      expect((await called.post('scenarios/run_scenarios_chirp/', { agent_id: 4, scenarios: 'all' })).body).toEqual({
        websocket_url: [
          'Agent must have CHIRP credentials configured: agent 4 has a twilio_stream connection. Send websocket_url, or use run_scenarios/.',
        ],
      })
    })

    test('has no link to a recording that was not made', async () => {
      const { body } = await called.post('scenarios/run_scenarios/', { agent_id: 4, scenarios: 'all' })
      const path = `runs/${body.runs[0].id}/get_listen_url/`
      expect(await called.get(path)).toMatchObject({ status: 404 })
      await called.post(`results/${body.id}/end_calls/`)
      await called.service.conductor.settled(body.id)
      expect(await called.get(path)).toMatchObject({ status: 404, body: { detail: 'This run has no recording.' } })
      expect((await called.get(`runs/${body.runs[0].id}/`)).body.voice_recording_url).toBeNull()
    })
  })

  describe('of agents on a telephone trunk', () => {
    let phones: Api
    beforeAll(async () => {
      const speech = `{ engine: command, command: [${process.execPath}] }`
      const trunk = '{ registrar: "sip:127.0.0.1:1;transport=tcp", register: true, numbers: ["+15555550111", "+15555550112"] }'
      const number = 'contact_number: "+15555550100"'
      const connection = 'connection: { type: sip, trunk: main }'
      const agents = `{ a: { id: 4, ${number}, ${connection} }, b: { id: 5, inbound: false, ${number}, ${connection} } }`
      const expected = 'expect: [{ agent_says: { contains: help } }]'
      const scenarios = `{ greets: { id: 1, script: { first_message: Hi. }, ${expected} } }`
      const suite = `version: 1\nsuite: { name: Phones }\ntelephony: { trunks: { main: ${trunk} } }\nmodels: { tts: ${speech}, stt: ${speech} }\nagents: ${agents}\nscenarios: ${scenarios}\nruns: [{ agent: a }, { agent: b }]\n`
      phones = await openApi({ suite, agent: '' })
    })
    afterAll(() => phones[Symbol.asyncDispose]())

    const placed = async (sent: object, path = 'run_scenarios') => {
      const { status, body } = await phones.post(`scenarios/${path}/`, { scenarios: 'all', ...sent })
      if (status === 201) {
        await phones.post(`results/${body.id}/end_calls/`)
        await phones.service.conductor.settled(body.id)
      }
      return { status, body }
    }

    test('has one number for all runs, or one for each in turn', async () => {
      const same = await placed({ agent_id: 4, frequency: 2 })
      expect(same.body.runs.map(({ inbound_number }: { inbound_number: string }) => inbound_number)).toEqual([
        '+15555550111',
        '+15555550111',
      ])
      const { body } = await placed({ agent_id: 4, frequency: 3, mode: 'different_numbers', outbound_phone_number: '+15555550199' })
      expect(body.runs.map(({ inbound_number }: { inbound_number: string }) => inbound_number)).toEqual([
        '+15555550111',
        '+15555550112',
        '+15555550111',
      ])
      expect(body.runs[0]).toMatchObject({ number: null, outbound_dial_window_seconds: null })
      expect((await phones.get(`runs/${body.runs[1].id}/`)).body).toMatchObject({
        inbound_number: '+15555550112',
        outbound_number: '+15555550199',
      })
    })

    test('says which number an agent is to call that calls us, and for how long', async () => {
      const { body } = await placed({ agent_id: 5 })
      expect(body.runs).toEqual([
        expect.objectContaining({ number: '+15555550111', inbound_number: null, outbound_dial_window_seconds: 300 }),
      ])
      const other = await placed({ agent_id: 5, outbound_phone_number: '+15555550112' })
      expect(other.body.runs).toEqual([expect.objectContaining({ number: '+15555550112' })])
    })

    test('is refused at a number that the trunk does not have', async () => {
      expect(await placed({ agent_id: 5, outbound_phone_number: '+15555550113' })).toEqual({
        status: 400,
        body: { outbound_phone_number: [expect.stringContaining('is to call +15555550113, but the trunk does not have that number.')] },
      })
    })

    test('warns of the number of an agent that does not call', async () => {
      const { body } = await placed({ agent_id: 4, agent_number: '+15555550122' })
      expect(body.warnings).toEqual({ agent_number: [expect.stringContaining('agent_number has no effect for "a" over sip.')] })
    })

    test('is placed over SIP, at its own number or at another address', async () => {
      expect(await placed({ agent_id: 4 }, 'run_scenarios_sip')).toMatchObject({ status: 201, body: { run_as_text: false } })
      const elsewhere = await placed({ agent_id: 4, sip_endpoint: 'sip:desk@agents.example.com' }, 'run_scenarios_sip')
      expect(elsewhere).toMatchObject({ status: 201, body: { runs: [{ inbound_number: null }] } })
      expect(await placed({ agent_id: 4, sip_endpoint: 'sip:desk@127.0.0.1' }, 'run_scenarios_sip')).toEqual({
        status: 400,
        body: { sip_endpoint: [expect.stringMatching(/127\.0\.0\.1.*Use a public address, or have the server allow this host\.$/)] },
      })
    })
  })

  test('tells all else that is wrong too', async () => {
    const answer = await refused({ agent_id: 12, scenarios: [77], sip_endpoint: 'no', frequency: 0 }, 'run_scenarios_sip')
    expect(answer).toEqual({
      scenarios: ['Not found: 77.'],
      frequency: ['Must be an integer from 1.'],
      sip_endpoint: ['Must be a SIP address, such as sip:agent@example.com.'],
    })
  })
})

test('nothing of this was a mistake of ours', () => {
  expect(api.log).toEqual([])
})
