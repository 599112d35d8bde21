/** A file that `callsheet init` writes; the path is relative to the target folder. */
export interface StarterFile {
  readonly path: string
  readonly text: string
}

/** A suite that passes at once, an agent to run it against, and a CI workflow. */
export function starterFiles(): StarterFile[] {
  return [
    { path: 'callsheet/suite.yaml', text: suite },
    { path: 'callsheet/agent.mjs', text: agent },
    { path: '.github/workflows/callsheet.yml', text: workflow },
    // This ignores all results, so the project's own .gitignore needs no change.
    { path: '.callsheet/.gitignore', text: '*\n' },
  ]
}

const suite = `# yaml-language-server: $schema=../node_modules/callsheet/schemas/suite.schema.json
version: 1
suite: { name: My agent }

agents:
  shop:
    # A stand-in, so that the suite runs at once. Point this at your own agent instead, for example:
    #   connection: { type: websocket, url: "ws://127.0.0.1:8765" }
    #   connection: { type: http, url: "http://127.0.0.1:8000/chat", body: { message: "{{message}}" }, reply: /reply }
    #   connection: { type: openai, base_url: "http://127.0.0.1:8000/v1", model: my-agent }
    connection: { type: module, path: agent.mjs }

test_profiles:
  ada: { caller_variables: { name: Ada, order: "1815" } }

scenarios:
  tracks_an_order:
    tags: [smoke]
    test_profile: ada
    script:
      first_message: "Hi, this is {{test_profile.name}}. Where is my order?"
      steps:                                   # the first step whose condition holds answers
        - when: { contains: order number }
          say: "It's {{test_profile.order}}."
        - when: { matches: "(?i)anything else" }
          say: No, thank you.
    expect:                                    # every one must hold
      - tool_called: { name: find_order, arguments: { order: "1815" } }
      - agent_says: { contains: on its way }
      - ended_by: agent

  refuses_refunds_without_an_order:
    script:
      first_message: I want my money back, now!
      steps:
        - when: any
          say: I have no order number. <endcall/>
    expect:
      - agent_says: { contains: order number }
      - not: { agent_says: { matches: "(?i)refunded|money is on its way" } }

thresholds:                                    # the gate: exit code 0 if it holds, 1 if not
  pass_rate: 1
  must_pass: { tags: [smoke] }
`

const agent = `// A stand-in for your agent: takes what the caller says, returns what it answers.

export default async function reply(message) {
  const order = /\\d{4}/.exec(message)?.[0]
  if (order) {
    return {
      content: 'Your order is on its way. Can I help you with anything else?',
      tool_calls: [{ name: 'find_order', arguments: { order }, result: { status: 'shipped' } }],
    }
  }
  if (/thank|bye/i.test(message)) return { content: 'You are welcome. Goodbye!', end: true }
  return 'I can look that up for you. What is your order number?'
}
`

const workflow = `# Runs the suite when you ask for it, on the Actions page. Once you trust it, let it gate: take the # off pull_request.
name: Callsheet
on:
  workflow_dispatch:
  # pull_request:

jobs:
  callsheet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npm ci
      - run: npx callsheet run callsheet/suite.yaml --junit junit.xml --junit-follows-gate
        # What the suite reads from the environment:
        # env: { AGENT_TOKEN: "\${{ secrets.AGENT_TOKEN }}" }
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: callsheet
          path: |
            junit.xml
            .callsheet/
          include-hidden-files: true
`
