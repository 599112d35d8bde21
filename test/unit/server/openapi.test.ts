import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shapes } from '../../../src/server/shapes.js'
import { openApi, type Answer, type Api } from './api.js'
import { shop } from './shop.js'

let api: Api
let document: Answer['body']

beforeAll(async () => {
  api = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: 'k-1' } })
  document = (await api.get('/openapi.json')).body
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

test('the description is valid OpenAPI 3.1, and needs no key', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

test('every reference in it leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
  const dangling = references.filter(reference => !(reference.replace('#/components/schemas/', '') in document.components.schemas))
  expect(references.length).toBeGreaterThan(50)
  expect(dangling).toEqual([])
})

test('every read and act of the contract is in it', () => {
  const operations = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  expect(operations).toEqual(
    expect.arrayContaining([
      'post /scenarios/run_scenarios/',
      'post /scenarios/run_scenarios_text/',
      'get /results/',
      'get /results/{id}/',
      'get /runs/',
      'get /runs/{id}/',
      'get /runs/bulk/',
      'get /aiagents/',
      'get /aiagents/{id}/',
      'get /scenarios/',
      'get /scenarios/{id}/',
      'get /scenarios/tags/',
      'get /scenarios/folders/',
      'get /personalities/',
      'get /test-profiles/',
      'get /metrics/',
      'get /scenarios/json_schema/',
      'post /results/{id}/end_calls/',
      'post /runs/{id}/end_call/',
      'post /results/{id}/rerun/',
      'post /results/{id}/create_shareable_link_token/',
    ]),
  )
})

test('requests that start runs state the defaults of frequency and mode', () => {
  const { schemas } = document.components
  for (const name of ['RunScenarios', 'RunScenariosWithWebsockets', 'RunScenariosJson']) {
    expect(schemas[name].properties.frequency).toMatchObject({ default: 1 })
    expect(schemas[name].properties.mode).toMatchObject({ default: 'same_number' })
  }
})

test('its schemas are those that validate, each under a name of its own', () => {
  const names = Object.values(shapes).flatMap(({ $defs }) => Object.keys($defs))
  expect(new Set(names).size).toBe(names.length)
  expect(Object.keys(document.components.schemas).toSorted()).toEqual(names.toSorted())
  expect(document.components.schemas.RunScenarios.properties.frequency).toMatchObject({ $ref: '#/components/schemas/Positive' })
})

test('parameters are told with their shapes, and what needs no key says so', () => {
  const { parameters, security } = document.paths['/runs/bulk/'].get
  expect(parameters).toMatchObject([{ name: 'run_ids', in: 'query', required: true }])
  expect(security).toBeUndefined()
  expect(document.paths['/scenarios/json_schema/'].get.security).toEqual([])
  expect(document.paths['/results/{id}/rerun/'].post.parameters.map(({ name }: { name: string }) => name)).toEqual([
    'id',
    'Idempotency-Key',
  ])
})
