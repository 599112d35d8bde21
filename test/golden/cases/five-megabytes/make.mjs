// A suite of 5 MB; or, of comments, one of more than is read.
console.log(`version: 1
suite: { name: Large }
agents:
  echo: { connection: { type: command, command: [cat] } }
scenarios:`)
for (let i = 0; i < 2500; i += 1) {
  console.log(`  scenario_${i}:
    description: ${'All about the caller. '.repeat(88)}
    script: { first_message: Hello. }
    expect: [{ agent_says: { contains: Hello } }]`)
}
