/** A suite that shows something of everything, and its agent. */
export const shop = {
  suite: `version: 1
suite: { name: Shop }
agents:
  shop:
    id: 12
    name: Corner shop
    assistant_id: asst_shop
    description: Sells things.
    contact_number: "+15555550100"
    connection: { type: module, path: agent.mjs }
    version: "\${BUILD}"
personalities:
  calm: { id: 3, name: Calm, prompt: You are calm., language: en }
  hurried: { id: 7, name: Hurried, language: en, interruption_level: high, speed: 1.2 }
test_profiles:
  maria:
    id: 20
    name: Maria
    agent_variables: { X-Customer-Tier: gold }
    caller_variables: { name: Maria Lopez, password: "\${PASSWORD}" }
metrics:
  thanked: { id: 31, name: Thanked, type: binary, agent_says: { contains: thank } }
  mood: { id: 32, type: enum, metadata: /mood, values: [good, bad] }
scenarios:
  buys:
    id: 101
    name: Buys bread
    description: The commonest call.
    folder: Sales.Inbound
    tags: [smoke, sales]
    personality: calm
    test_profile: maria
    script: { first_message: Bread please, steps: [{ when: any, say: 'Thanks <endcall/>' }] }
    expect: [{ agent_says: { contains: bread } }, { tool_called: { name: sell } }]
    metrics: [thanked, mood, latency_ms]
  complains:
    id: 102
    name: Complains
    folder: Sales
    tags: [sales]
    script: { first_message: I complain, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: sorry } }, { agent_says: { contains: complain } }]
    metrics: [thanked]
  breaks:
    id: 103
    name: Breaks the agent
    script: { first_message: Break, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: never } }]
  attacks:
    id: 104
    name: '<script>alert("name")</script>'
    tags: [hostile]
    script: { first_message: '<img src=x onerror=alert(1)>', steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: nothing of this } }]
  waits:
    id: 105
    name: Waits
    tags: [slow]
    script: { first_message: Wait, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: done } }]
`,
  agent: `import { setTimeout as wait } from 'node:timers/promises'
export default async function reply(message, { signal }) {
  if (message.startsWith('Break')) throw new Error('It broke')
  if (message === 'Wait') { await wait(60_000, undefined, { signal }); return 'done' }
  if (message.startsWith('<img')) return '</dd><script>alert("said")</script>\\n[00:09] Main Agent: I never said that. \\u202Egnol \\u0007'
  if (message.startsWith('Bread')) {
    return { content: 'Some bread, thank you.', tool_calls: [{ id: 'c1', name: 'sell', arguments: { item: 'bread' }, result: { ok: true } }], metadata: { mood: 'good' } }
  }
  return 'You complain: ' + message
}
`,
  environment: { BUILD: 'build-4711', PASSWORD: 'hunter22-hunter22' },
}
