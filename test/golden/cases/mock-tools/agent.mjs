// Does what it is told: look_up_patient {...} is a call of that tool, over HTTP; where, its call says.
export default async function reply(message, { mockTools }) {
  const [, name, args = '{}'] = /^(\w+)(?: (\{.*\}))?$/.exec(message) ?? []
  if (name === undefined) return 'You are welcome.'
  if (!mockTools) return 'I have no tools.'
  const response = await fetch(`${mockTools.url}/${name}`, { method: 'POST', body: args })
  const result = JSON.stringify(await response.json())
  return response.ok ? `It is done: ${result}` : `Sorry: ${result}`
}
