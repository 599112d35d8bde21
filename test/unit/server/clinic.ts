/** A suite with one agent, to start runs of. */
export const clinic = {
  suite: `version: 1
suite: { name: Clinic }
agents:
  clinic: { id: 12, name: Clinic, assistant_id: asst_1, connection: { type: module, path: agent.mjs } }
personalities:
  calm: { id: 3 }
  hurried: { id: 7 }
test_profiles:
  maria: { id: 20, caller_variables: { name: Maria } }
scenarios:
  books:
    id: 1
    folder: Sales.Inbound
    tags: [smoke]
    script: { first_message: Hello, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: Hello } }]
  cancels:
    id: 2
    folder: Sales
    script: { first_message: Cancel, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: Cancel } }]
  asks:
    id: 3
    tags: [smoke]
    script: { first_message: Ask, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: Ask } }]
`,
  agent: 'export default message => `You said: ${message}`\n',
}
