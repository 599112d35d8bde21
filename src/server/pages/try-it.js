// Runs in the browser: a form for every operation of /openapi.json. Sets text only as text, never as HTML.
const place = document.querySelector('#operations')
const keyField = document.querySelector('#key input')
document.querySelector('#key').addEventListener('submit', (event) => event.preventDefault())

fetch('/openapi.json')
  .then((answer) => answer.json())
  .then(show)
  .catch((cause) => place.append(element('p', { class: 'bad' }, `The description could not be read: ${cause.message}`)))

function show(api) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  for (const tag of new Set(operations.flatMap(({ operation }) => operation.tags))) {
    place.append(element('h2', {}, tag))
    for (const each of operations) if (each.operation.tags.includes(tag)) place.append(operationDetails(each, api))
  }
}

function operationDetails({ path, method, operation }, api) {
  const fields = (operation.parameters ?? []).map((parameter) => ({ parameter, input: fieldOf(parameter) }))
  const shape = operation.requestBody && resolve(operation.requestBody.content['application/json'].schema, api)
  const body = shape && element('textarea', { spellcheck: 'false', 'aria-label': 'Body' })
  if (body) body.value = JSON.stringify(exampleOf(shape, api), null, 2)
  const output = element('pre', { hidden: '' })
  const form = element('form', {},
    ...fields.map(({ parameter, input }) => element('label', {}, element('span', {}, parameter.name), input)),
    ...(body ? [body] : []),
    element('button', {}, 'Send'),
    output,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    output.hidden = false
    output.textContent = 'Sent ...'
    void send({ api, path, method, fields, body }).then((text) => (output.textContent = text))
  })
  const summary = element('summary', {}, element('span', { class: 'method' }, method), element('code', { class: 'name' }, path), element('span', { class: 'soft' }, operation.summary))
  return element('details', {}, summary, element('div', {}, form))
}

function fieldOf({ name, required, description, schema }) {
  const [example] = schema.examples ?? []
  const hint = [description, example === undefined ? '' : `e.g. ${example}`].filter(Boolean).join(' ')
  return element('input', { name, placeholder: hint, ...(required && { required: '' }) })
}

/** Sends the form's request. Returns the answer as text. */
async function send({ api, path, method, fields, body }) {
  const url = new URL(api.servers[0].url + path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(valueOf(fields, name, 'path'))), location.origin)
  const headers = {}
  if (keyField.value !== '') headers['X-CEKURA-API-KEY'] = keyField.value
  for (const { parameter, input } of fields) {
    if (input.value === '') continue
    if (parameter.in === 'query') url.searchParams.set(parameter.name, input.value)
    if (parameter.in === 'header') headers[parameter.name] = input.value
  }
  if (body) headers['Content-Type'] = 'application/json'
  try {
    const answer = await fetch(url, { method, headers, ...(body && { body: body.value }) })
    return `${answer.status} ${answer.statusText}\n\n${laidOut(await answer.text())}`
  } catch (cause) {
    return `It could not be sent: ${cause.message}`
  }
}

function valueOf(fields, name, where) {
  return fields.find(({ parameter }) => parameter.name === name && parameter.in === where)?.input.value ?? ''
}

function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function resolve(schema, api) {
  const name = /^#\/components\/schemas\/(.*)$/.exec(schema.$ref ?? '')?.[1]
  return name === undefined ? schema : api.components.schemas[name]
}

/** An example with the required properties, or else with the first ones. */
function exampleOf({ properties = {}, required }, api) {
  const names = required ?? Object.keys(properties).filter((name) => ['agent_id', 'scenarios', 'name'].includes(name))
  return Object.fromEntries(names.map((name) => [name, resolve(properties[name] ?? {}, api).examples?.[0] ?? null]))
}

function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
